/** The network and its subnets. */
import type { KopsRelease } from "../../releases/release";
import { ipv4Range, parseIpv4Range, rangeContains, rangesOverlap, type Ipv4Range } from "../../model/cidr";
import { allocateSubnets, planSubnets, subnetName, SubnetSpaceError } from "../../resolve/network";
import type { ClusterInputs, Subnet } from "../../schema/types.gen";
import { checkIpv4Range } from "./addresses";
import { show, showList } from "../report/display";
import { eachDuplicate, items } from "./entries";
import { dnsNameRule, isDnsName } from "./formats";
import type { Problems } from "../report/problem";

/** What AWS takes for a VPC and for a subnet. */
const longestPrefix = 28;
const shortestPrefix = 16;

export function checkNetwork(
  inputs: Partial<ClusterInputs>,
  zones: readonly string[],
  release: KopsRelease,
  problems: Problems,
): void {
  const before = problems.all.length;
  const cidr = inputs.network?.cidr ?? release.defaults.networkCidr;
  const range = checkNetworkCidr(cidr, release.network.nonMasqueradeCidr, problems);
  const subnets = inputs.network?.subnets;
  if (subnets !== undefined) {
    checkSubnets(subnets, zones, inputs.network?.topology ?? "public", range, problems);
  }
  // Allocation counts on all of the above.
  if (problems.all.length === before && range !== undefined && zones.length > 0) {
    checkAllocation(cidr, zones, inputs.network ?? {}, problems);
  }
}

function checkNetworkCidr(cidr: string, taken: string, problems: Problems): Ipv4Range | undefined {
  const path = "network.cidr";
  const range = checkIpv4Range(cidr, path, problems);
  if (range === undefined) {
    return undefined;
  }
  if (!hasSubnetSize(range)) {
    problems.add(path, `wrong size, got ${show(cidr)}; must be /${shortestPrefix} to /${longestPrefix}`);
    return undefined;
  }
  if (rangesOverlap(range, ipv4Range(taken))) {
    problems.add(path, `overlaps the addresses of pods and services, got ${show(cidr)}; must be outside ${taken}`);
  }
  return range;
}

function hasSubnetSize(range: Ipv4Range): boolean {
  return range.prefixLength >= shortestPrefix && range.prefixLength <= longestPrefix;
}

function checkSubnets(
  subnets: readonly Subnet[],
  zones: readonly string[],
  topology: "public" | "private",
  network: Ipv4Range | undefined,
  problems: Problems,
): void {
  const path = "network.subnets";
  if (subnets.length === 0) {
    problems.add(path, "empty, got no subnets; must have one for each zone, or leave it out");
    return;
  }
  const entries = items(subnets, path);
  for (const [subnet, subnetPath] of entries) {
    checkSubnet(subnet, subnetPath, zones, topology, problems);
  }
  const nodeType = topology === "private" ? "Private" : "Public";
  const named = entries.map(
    ([subnet, subnetPath]) => [subnetName(subnet, subnet.type ?? nodeType), subnetPath] as const,
  );
  eachDuplicate(named, (name, subnetPath, first) => {
    problems.add(`${subnetPath}.name`, `given twice, got ${show(name)}; ${first} has that name`);
  });
  checkSubnetRanges(entries, network, problems);
  for (const zone of new Set(zones)) {
    if (!entries.some(([subnet]) => subnet.zone === zone && (subnet.type ?? nodeType) === nodeType)) {
      problems.add(
        path,
        `no subnet for nodes in a zone of the cluster, got none in ${show(zone)}; must have one of type ${nodeType}`,
      );
    }
  }
}

function checkSubnet(
  subnet: Subnet,
  path: string,
  zones: readonly string[],
  topology: "public" | "private",
  problems: Problems,
): void {
  if (subnet.name !== undefined && !isDnsName(subnet.name)) {
    problems.add(`${path}.name`, `not a subnet name, got ${show(subnet.name)}; ${dnsNameRule}`);
  }
  if (zones.length > 0 && !zones.includes(subnet.zone)) {
    problems.add(
      `${path}.zone`,
      `not a zone of the cluster, got ${show(subnet.zone)}; must be one of ${showList(zones)}`,
    );
  }
  if (topology === "public" && subnet.type !== undefined && subnet.type !== "Public") {
    problems.add(`${path}.type`, `not for topology public, got ${show(subnet.type)}; must be "Public"`);
  }
  if (topology === "private" && subnet.type === "Public") {
    problems.add(`${path}.type`, `not for topology private, got "Public"; must be one of "Private", "Utility"`);
  }
}

function checkSubnetRanges(
  entries: readonly (readonly [Subnet, string])[],
  network: Ipv4Range | undefined,
  problems: Problems,
): void {
  const placed: { readonly range: Ipv4Range; readonly text: string; readonly path: string }[] = [];
  for (const [{ cidr }, subnetPath] of entries) {
    const path = `${subnetPath}.cidr`;
    const range = cidr === undefined ? undefined : checkIpv4Range(cidr, path, problems);
    if (cidr === undefined || range === undefined) {
      continue;
    }
    if (!hasSubnetSize(range)) {
      problems.add(path, `wrong size, got ${show(cidr)}; must be /${shortestPrefix} to /${longestPrefix}`);
    } else if (network !== undefined && !rangeContains(network, range)) {
      problems.add(path, `outside the network, got ${show(cidr)}; must be inside network.cidr`);
    }
    const other = placed.find((earlier) => rangesOverlap(earlier.range, range));
    if (other !== undefined) {
      problems.add(
        path,
        `overlaps another subnet, got ${show(cidr)}; must be apart from ${other.text} of ${other.path}`,
      );
    }
    placed.push({ range, text: cidr, path });
  }
}

function checkAllocation(
  cidr: string,
  zones: readonly string[],
  network: NonNullable<ClusterInputs["network"]>,
  problems: Problems,
): void {
  const planned = planSubnets(zones, network.topology ?? "public", network.subnets);
  try {
    const small = allocateSubnets(cidr, planned).find((subnet) => {
      const range = parseIpv4Range(subnet.cidr);
      return range !== undefined && range.prefixLength > longestPrefix;
    });
    if (small !== undefined) {
      const reason = `too small for its subnets, got ${show(cidr)}; must leave each at least a /${longestPrefix}`;
      problems.add("network.cidr", `${reason}, and ${small.name} would get ${small.cidr}`);
    }
  } catch (error) {
    if (!(error instanceof SubnetSpaceError)) {
      throw error;
    }
    const given = `got ${show(cidr)} for ${planned.length} subnets`;
    problems.add(
      "network.cidr",
      `no room for all subnets, ${given}; kOps cuts it into at most 8 parts, so give each a cidr`,
    );
  }
}
