/** The HTTP proxy by which nodes reach what is outside the cluster. */
import { addressAt, ipv4Range } from "./cidr";
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
  const { additionalCidrs, cidr, nonMasqueradeCidr } = cluster.network;
  const { clusterDomain } = cluster.declared.network ?? {};
  const own = [
    "127.0.0.1",
    "localhost",
    ...(clusterDomain === undefined ? [] : [clusterDomain]),
    ...(cluster.dns.type === "public" ? [dnsNames(cluster.name).api] : []),
    cluster.name,
    addressAt(ipv4Range(nonMasqueradeCidr), 1),
    nonMasqueradeCidr,
    metadataAddress,
    cidr,
    ...additionalCidrs,
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
