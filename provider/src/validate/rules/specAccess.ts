/** How the cluster is reached, and reaches what is outside, in kOps's own terms. */
import type { ResolvedCluster } from "../../model/cluster";
import { isOutput } from "../../schema/input";
import { checkAccess } from "../kit/addresses";
import type { Checks } from "../kit/checks";
import { securityGroupId } from "../kit/formats";

type Fields = Readonly<Record<string, unknown>>;

export function checkAccessSettings(cluster: ResolvedCluster, checks: Checks): void {
  checkLoadBalancer(cluster, checks);
  checkNodePorts(cluster, checks);
  checkKeyName(cluster, checks);
  checkProxy(cluster, checks);
}

function checkLoadBalancer({ clusterSpec, dns }: ResolvedCluster, checks: Checks): void {
  const path = "clusterSpec.api.loadBalancer";
  const given = clusterSpec.api?.["loadBalancer"];
  if (!isPlain(path, given, checks) || given === undefined) return;
  const { additionalSecurityGroups: groups, crossZoneLoadBalancing } = given as Fields;
  if (isPlain(`${path}.additionalSecurityGroups`, groups, checks) && Array.isArray(groups)) {
    const entries = checks.items(`${path}.additionalSecurityGroups`, groups as readonly string[]);
    checks.matchAll(entries, securityGroupId);
    checks.unique(entries);
  }
  // kOps switches it on in any case (kops pkg/model/awsmodel/api_loadbalancer.go:268).
  if (crossZoneLoadBalancing === false && dns.type === "none") {
    const rule = 'must be true unless dns.type is "public" or "private"';
    checks.problem(`${path}.crossZoneLoadBalancing`, "required without DNS", crossZoneLoadBalancing, rule);
  }
}

function checkNodePorts({ clusterSpec }: ResolvedCluster, checks: Checks): void {
  checkAccess("clusterSpec.nodePortAccess", clusterSpec.nodePortAccess ?? [], checks);
  if (clusterSpec.nodePortAccess === undefined) return;
  isPlain(
    "clusterSpec.kubeAPIServer.serviceNodePortRange",
    clusterSpec.kubeAPIServer?.["serviceNodePortRange"],
    checks,
  );
}

function checkKeyName({ clusterSpec: { sshKeyName }, ssh }: ResolvedCluster, checks: Checks): void {
  const path = "clusterSpec.sshKeyName";
  checks.conflictsWith(path, sshKeyName, "sshPublicKey", ssh.publicKey !== undefined);
  if (sshKeyName === "") checks.problem(path, "empty name", sshKeyName, "must be the name of an EC2 key pair");
}

/** kOps writes what it gets into files that nodes read. */
function checkProxy({ clusterSpec: { egressProxy } }: ResolvedCluster, checks: Checks): void {
  if (egressProxy === undefined) return;
  const path = "clusterSpec.egressProxy";
  const { httpProxy, excludes } = egressProxy;
  if (!isPlain(`${path}.httpProxy`, httpProxy, checks)) return;
  const { host, port } = (httpProxy ?? {}) as Fields;
  if (host === undefined) {
    checks.report.add(`${path}.httpProxy.host`, "required, got nothing; must be a host name or an address");
  } else if (typeof host === "string" && !/^[A-Za-z0-9.-]+$/.test(host)) {
    checks.problem(
      `${path}.httpProxy.host`,
      "invalid host",
      host,
      "must be a host name or an address, without http://",
    );
  }
  if (typeof port === "number") checks.between(`${path}.httpProxy.port`, port, { least: 1, most: 65_535 });
  if (typeof excludes === "string" && !/^[\w.:/*,-]*$/.test(excludes)) {
    checks.problem(`${path}.excludes`, "invalid list", excludes, "must be hosts and ranges, separated by commas");
  }
}

/** Reports an output in the place of what decides which resources exist, or what they are. */
export function isPlain(path: string, value: unknown, checks: Checks): boolean {
  if (isOutput(value)) checks.report.add(path, "must be a plain value, not an output");
  return !isOutput(value);
}
