/**
 * The address ranges of subnets for which none is given. A range follows from the network, the subnet's zone and its
 * kind, and from nothing else: adding, removing or reordering zones never moves a subnet that is in use, and there is
 * always room for the region's other zones.
 */
import { splitRange, type Ipv4Range } from "../model/cidr";
import type { ResolvedNetwork, ResolvedSubnet } from "../model/cluster";

/** The first block is for utility subnets, so seven letters have a block of their own. */
export const lastZoneLetter = "g";
const eighths = 3;

/** AWS's smallest subnet, and VPC. */
export const longestSubnetPrefix = 28;

export function hasDefaultRange(zone: string): boolean {
  const letter = zone.slice(-1);
  return letter >= "a" && letter <= lastZoneLetter;
}

/** The smallest network that has a default range for every subnet. */
export function longestNetworkPrefix(topology: ResolvedNetwork["topology"]): number {
  return longestSubnetPrefix - (topology === "private" ? 2 * eighths : eighths);
}

/**
 * An eighth of the network for the nodes of a zone: the second for zone `a`, the eighth for zone `g`. The first eighth
 * is cut into eight again, for utility subnets. These are the ranges that kOps chooses for five private zones from `a`
 * to `e` (upup/pkg/fi/cloudup/subnets.go:46). Undefined where the zone has none, or the network is too small.
 */
export function defaultSubnetRange(
  network: Ipv4Range,
  { zone, type }: Pick<ResolvedSubnet, "zone" | "type">,
): Ipv4Range | undefined {
  if (!hasDefaultRange(zone)) {
    return undefined;
  }
  const letter = zone.charCodeAt(zone.length - 1) - "a".charCodeAt(0);
  const [first, ...others] = splitRange(network, eighths);
  const range = type === "Utility" ? first && splitRange(first, eighths)[letter] : others[letter];
  return range !== undefined && range.prefixLength <= longestSubnetPrefix ? range : undefined;
}
