/** The network and its subnets. */
import { parseIpv4Range, rangeContains, rangesOverlap, type Ipv4Range } from "../../model/cidr";
import type { ResolvedCluster, ResolvedNetwork, ResolvedSubnet } from "../../model/cluster";
import { hasDefaultRange, lastZoneLetter, longestNetworkPrefix, longestSubnetPrefix } from "../../resolve/subnetRanges";
import type { Subnet } from "../../schema/types.gen";
import { checkIpv4Range } from "../kit/addresses";
import type { Checks, Entry } from "../kit/checks";
import { dnsName } from "../kit/formats";
import { show, showList } from "../report/display";
import { at } from "../report/report";
import { checkAddressRanges } from "./addressRanges";

/** AWS's largest VPC and subnet. */
const shortestPrefix = 16;
const sizeRule = `must be /${shortestPrefix} to /${longestSubnetPrefix}`;

const path = "network.cidr";
const subnetsPath = "network.subnets";
const topologyPath = "network.topology";

export function checkNetwork(cluster: ResolvedCluster, checks: Checks): void {
  const { network, declared } = cluster;
  const range = checkNetworkCidr(network.cidr, checks);
  checkAddressRanges(cluster, checks);
  if (declared.network?.subnets !== undefined) {
    checkSubnets(cluster, range, checks);
  }
  // Which ranges the subnets get depends on all of the above.
  if (checks.report.isSound("zones", path, subnetsPath, topologyPath) && declared.zones.length > 0) {
    checkDefaultRanges(cluster, checks);
  }
}

function checkNetworkCidr(cidr: string, checks: Checks): Ipv4Range | undefined {
  const range = checks.report.isUsable(path) ? checkIpv4Range(path, cidr, checks) : undefined;
  if (range === undefined) {
    return undefined;
  }
  if (!hasSubnetSize(range)) {
    checks.problem(path, "wrong size", cidr, sizeRule);
    return undefined;
  }
  return range;
}

function hasSubnetSize(range: Ipv4Range): boolean {
  return range.prefixLength >= shortestPrefix && range.prefixLength <= longestSubnetPrefix;
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
  const further = network.additionalCidrs.map(parseIpv4Range).filter((each) => each !== undefined);
  checkRanges(entries, range === undefined ? [] : [range, ...further], checks);
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

function checkRanges(entries: readonly Entry<Subnet>[], network: readonly Ipv4Range[], checks: Checks): void {
  const placed: { readonly range: Ipv4Range; readonly text: string; readonly path: string }[] = [];
  for (const [{ cidr }, at] of entries) {
    const rangePath = `${at}.cidr`;
    const range = cidr === undefined ? undefined : checkIpv4Range(rangePath, cidr, checks);
    if (cidr === undefined || range === undefined) {
      continue;
    }
    if (!hasSubnetSize(range)) {
      checks.problem(rangePath, "wrong size", cidr, sizeRule);
    } else if (network.length > 0 && !network.some((whole) => rangeContains(whole, range))) {
      const whole = network.length > 1 ? "network.cidr or network.additionalCidrs" : "network.cidr";
      checks.problem(rangePath, "outside the network", cidr, `must be inside ${whole}`);
    }
    const other = placed.find((earlier) => rangesOverlap(earlier.range, range));
    if (other !== undefined) {
      checks.problem(rangePath, "overlaps another subnet", cidr, `must not overlap ${other.text} of ${other.path}`);
    }
    placed.push({ range, text: cidr, path: rangePath });
  }
}

/** Default ranges follow from the zone alone, so not every zone, and not every network, has one for each subnet. */
function checkDefaultRanges({ declared, network }: ResolvedCluster, checks: Checks): void {
  const { cidr, subnets } = network;
  const given = declared.network?.subnets;
  const unnamed = subnets.find((subnet) => subnet.cidr === "" && !hasDefaultRange(subnet.zone));
  if (unnamed !== undefined) {
    const zonePath = at("zones", declared.zones.indexOf(unnamed.zone));
    const rule = `must be one of zones a to ${lastZoneLetter}, or list the subnets in ${subnetsPath}, each with a cidr`;
    const reason = `no default range for the zone, got ${show(unnamed.zone)}; ${rule}`;
    checks.report.add(zonePath, reason, { unlessLookedUp: true });
  } else if (subnets.some((subnet) => subnet.cidr === "")) {
    const rule = `must be /${longestNetworkPrefix(network.topology)} or larger, or set cidr on each subnet`;
    checks.problem(path, "too small for default subnets", cidr, rule);
  }
  const ranges = subnets.map((subnet) => parseIpv4Range(subnet.cidr));
  ranges.forEach((range, index) => {
    const other = ranges.findIndex((each, at) => at !== index && bothOverlap(range, each));
    if (other >= 0 && given !== undefined && given[index]?.cidr === undefined) {
      const at = `${subnetsPath}[${index}].cidr`;
      const rule = `must be set, since the default ${subnets[index]?.cidr ?? ""} overlaps ${subnetsPath}[${other}]`;
      checks.report.add(at, `no free default range; ${rule}`);
    }
  });
}

function bothOverlap(left: Ipv4Range | undefined, right: Ipv4Range | undefined): boolean {
  return left !== undefined && right !== undefined && rangesOverlap(left, right);
}
