/** The HTTP proxy by which nodes reach what is outside the cluster. */
import { ipv4Range, formatIpv4Range } from "./cidr";
import type { UnwrappedCluster } from "./cluster";
import { dnsNames } from "./names";

export interface EgressProxy {
  readonly url: string;
  /** Separated by commas. */
  readonly excludes: string;
}

/** Of EC2, at which instances learn about themselves. */
const metadataAddress = "169.254.169.254";

export function egressProxy(cluster: UnwrappedCluster): EgressProxy | undefined {
  const given = cluster.clusterSpec.egressProxy;
  if (given === undefined) return undefined;
  const { host, port } = given["httpProxy"] as { readonly host: string; readonly port?: number };
  return { url: `http://${host}${port === undefined ? "" : `:${port}`}`, excludes: proxyExcludes(cluster) };
}

/** The user's, and what nodes reach without a proxy (kops upup/pkg/fi/cloudup/defaults.go:227). */
export function proxyExcludes(cluster: UnwrappedCluster): string {
  const given = (cluster.clusterSpec.egressProxy?.["excludes"] as string | undefined) ?? "";
  const { nonMasqueradeCidr } = cluster.release.network;
  const own = [
    "127.0.0.1",
    "localhost",
    ...(cluster.dns.type === "public" ? [dnsNames(cluster.name).api] : []),
    cluster.name,
    firstAddress(nonMasqueradeCidr),
    nonMasqueradeCidr,
    metadataAddress,
    cluster.network.cidr,
  ];
  // By a part of the user's text, as kOps looks.
  return [...(given === "" ? [] : [given]), ...own.filter((each) => !given.includes(each))].join(",");
}

/** As programs read them, sorted by name; kOps sets both spellings of the exclusions. */
export function proxyVariables({ url, excludes }: EgressProxy): readonly (readonly [name: string, value: string])[] {
  return [
    ["NO_PROXY", excludes],
    ["http_proxy", url],
    ["https_proxy", url],
    ["no_proxy", excludes],
  ];
}

function firstAddress(range: string): string {
  const { start } = ipv4Range(range);
  return formatIpv4Range({ start: start + 1, prefixLength: 32 }).replace("/32", "");
}
