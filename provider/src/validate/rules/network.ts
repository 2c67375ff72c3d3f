/** The network and its subnets. */
import { ipv4Range, parseIpv4Range, rangeContains, rangesOverlap, type Ipv4Range } from "../../model/cidr";
import type { ResolvedCluster, ResolvedNetwork, ResolvedSubnet } from "../../model/cluster";
import type { Subnet } from "../../schema/types.gen";
import { checkIpv4Range } from "../kit/addresses";
import type { Checks, Entry } from "../kit/checks";
import { dnsName } from "../kit/formats";
import { show, showList } from "../report/display";

/** What AWS accepts for a VPC and for a subnet. */
const longestPrefix = 28;
const shortestPrefix = 16;
const sizeRule = `must be /${shortestPrefix} to /${longestPrefix}`;

const path = "network.cidr";
const subnetsPath = "network.subnets";
const topologyPath = "network.topology";

export function checkNetwork(cluster: ResolvedCluster, checks: Checks): void {
  const { network, declared, release } = cluster;
  const range = checkNetworkCidr(network.cidr, release.network.nonMasqueradeCidr, checks);
  if (declared.network?.subnets !== undefined) {
    checkSubnets(cluster, range, checks);
  }
  // Which ranges the subnets get depends on all of the above.
  if (checks.report.isSound("zones", path, subnetsPath, topologyPath) && declared.zones.length > 0) {
    checkAllocation(network, checks);
  }
}

function checkNetworkCidr(cidr: string, podRange: string, checks: Checks): Ipv4Range | undefined {
  const range = checks.report.isUsable(path) ? checkIpv4Range(path, cidr, checks) : undefined;
  if (range === undefined) {
    return undefined;
  }
  if (!hasSubnetSize(range)) {
    checks.problem(path, "wrong size", cidr, sizeRule);
    return undefined;
  }
  if (rangesOverlap(range, ipv4Range(podRange))) {
    checks.problem(path, "overlaps the addresses of pods and services", cidr, `must be outside ${podRange}`);
  }
  return range;
}

function hasSubnetSize(range: Ipv4Range): boolean {
  return range.prefixLength >= shortestPrefix && range.prefixLength <= longestPrefix;
}

function checkSubnets({ declared, network }: ResolvedCluster, range: Ipv4Range | undefined, checks: Checks): void {
  const { zones, network: { subnets } = {} } = declared;
  checks.notEmpty(subnetsPath, subnets, "list one for each zone, or omit it");
  const entries = checks.items(subnetsPath, subnets);
  for (const [{ name, zone, type }, at] of entries) {
    checks.matches(`${at}.name`, name, dnsName("subnet name"));
    if (zones.length > 0 && checks.report.isUsable("zones")) {
      checks.oneOf(`${at}.zone`, zone, zones, "not a zone of the cluster");
    }
    checkType(`${at}.type`, type, network.topology, checks);
  }
  checkRanges(entries, range, checks);
  const resolved = checks.items(subnetsPath, network.subnets);
  checks.unique(
    resolved.map(([{ name }, at]) => [name, `${at}.name`] as const),
    "subnet name",
  );
  if (resolved.length > 0 && checks.report.isUsable(subnetsPath, "zones", topologyPath)) {
    checkCoverage(resolved, zones, network.topology, checks);
  }
}

/** Every zone has a subnet for nodes. */
function checkCoverage(
  entries: readonly Entry<ResolvedSubnet>[],
  zones: readonly string[],
  topology: ResolvedNetwork["topology"],
  checks: Checks,
): void {
  const nodeType = topology === "private" ? "Private" : "Public";
  for (const zone of new Set(zones)) {
    if (!entries.some(([subnet]) => subnet.zone === zone && subnet.type === nodeType)) {
      checks.report.add(
        subnetsPath,
        `no subnet for nodes, got none in ${show(zone)}; must have one of type ${nodeType} in each zone of the cluster`,
      );
    }
  }
}

function checkType(at: string, type: Subnet["type"], topology: ResolvedNetwork["topology"], checks: Checks): void {
  const allowed = topology === "public" ? ["Public"] : ["Private", "Utility"];
  if (type !== undefined && !allowed.includes(type) && checks.report.isUsable(topologyPath)) {
    checks.problem(at, `not allowed with network.topology "${topology}"`, type, `must be one of ${showList(allowed)}`);
  }
}

function checkRanges(entries: readonly Entry<Subnet>[], network: Ipv4Range | undefined, checks: Checks): void {
  const placed: { readonly range: Ipv4Range; readonly text: string; readonly path: string }[] = [];
  for (const [{ cidr }, at] of entries) {
    const rangePath = `${at}.cidr`;
    const range = cidr === undefined ? undefined : checkIpv4Range(rangePath, cidr, checks);
    if (cidr === undefined || range === undefined) {
      continue;
    }
    if (!hasSubnetSize(range)) {
      checks.problem(rangePath, "wrong size", cidr, sizeRule);
    } else if (network !== undefined && !rangeContains(network, range)) {
      checks.problem(rangePath, "outside the network", cidr, "must be inside network.cidr");
    }
    const other = placed.find((earlier) => rangesOverlap(earlier.range, range));
    if (other !== undefined) {
      checks.problem(rangePath, "overlaps another subnet", cidr, `must not overlap ${other.text} of ${other.path}`);
    }
    placed.push({ range, text: cidr, path: rangePath });
  }
}

/** A subnet that found no room has no range. */
function checkAllocation({ cidr, subnets }: ResolvedNetwork, checks: Checks): void {
  if (subnets.some((subnet) => subnet.cidr === "")) {
    const rule = "kOps cuts it into at most 8 parts, so set cidr on each subnet";
    checks.report.add(path, `no room for all subnets, got ${show(cidr)} for ${subnets.length} subnets; ${rule}`);
    return;
  }
  const small = subnets.find((subnet) => (parseIpv4Range(subnet.cidr)?.prefixLength ?? 0) > longestPrefix);
  if (small !== undefined) {
    const rule = `must leave each at least a /${longestPrefix}, but ${small.name} would get ${small.cidr}`;
    checks.problem(path, "too small for its subnets", cidr, rule);
  }
}
