/**
 * Which ranges AWS adds to a VPC, after those that it has ("IPv4 CIDR block association restrictions" of
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html). An existing VPC has its ranges.
 */
import { ipv4Range, parseIpv4Range, rangeContains, type Ipv4Range } from "../../model/cidr";
import type { ResolvedCluster } from "../../model/cluster";
import type { Checks } from "../kit/checks";

const primaryPath = "network.cidr";
const furtherPath = "network.additionalCidrs";

/** RFC 1918. */
const privateBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const linkLocal = "169.254.0.0/16";
const reserved = "198.19.0.0/16";

/** Pairs that fail although both are of one private block. */
const within: readonly (readonly [existing: string, added: string])[] = [
  ["10.0.0.0/15", "10.0.0.0/16"],
  ["172.16.0.0/12", "172.31.0.0/16"],
];

export function checkVpcAssociations({ network }: ResolvedCluster, checks: Checks): void {
  if (network.vpcId !== undefined) return;
  const primary = sound(primaryPath, network.cidr, checks);
  if (primary !== undefined) checkLinkLocal(primaryPath, network.cidr, primary, checks);
  const added: Ipv4Range[] = [];
  for (const [text, path] of checks.items(furtherPath, network.additionalCidrs)) {
    const range = sound(path, text, checks);
    if (range === undefined || !checkLinkLocal(path, text, range, checks)) continue;
    const reason =
      (primary === undefined ? undefined : primaryObjection(primary, range)) ??
      // AWS gets the further ranges in any order: a pair of them fails for sure only if it does both ways.
      added.map((other) => objection(range, other) && objection(other, range)).find((each) => each !== undefined);
    if (reason === undefined) added.push(range);
    else checks.problem(path, "AWS does not add this range to the VPC", text, reason);
  }
}

function sound(path: string, text: string, checks: Checks): Ipv4Range | undefined {
  return checks.report.isSound(path) ? parseIpv4Range(text) : undefined;
}

/** False: it is one. */
function checkLinkLocal(path: string, text: string, range: Ipv4Range, checks: Checks): boolean {
  const isLinkLocal = isIn(range, linkLocal);
  if (isLinkLocal) checks.problem(path, "range of link-local addresses", text, `AWS has no VPC in ${linkLocal}`);
  return !isLinkLocal;
}

/** Why AWS does not add a range to a VPC that has the other. */
type Objection = (existing: Ipv4Range, added: Ipv4Range) => string | undefined;

const primaryObjection: Objection = (existing, added) => {
  const block = blockOf(existing);
  const other = blockOf(added);
  return block === undefined && other !== undefined
    ? `a VPC with a range of ${other} must have it as ${primaryPath}`
    : objection(existing, added);
};

const objection: Objection = (existing, added) => {
  if (isIn(added, reserved) && !isIn(existing, reserved)) return `must be outside ${reserved}`;
  const block = blockOf(existing);
  const other = blockOf(added);
  if (block !== undefined && other !== undefined && block !== other)
    return `must not be of ${other}, since the VPC has a range of ${block}`;
  const pair = within.find(([has, gets]) => isIn(existing, has) && isIn(added, gets));
  return pair === undefined ? undefined : `must be outside ${pair[1]}, since the VPC has a range of ${pair[0]}`;
};

function blockOf(range: Ipv4Range): string | undefined {
  return privateBlocks.find((block) => isIn(range, block));
}

/** Ranges of a VPC are at most a /16, as the smallest of these is: they do not stick out. */
function isIn(range: Ipv4Range, block: string): boolean {
  return rangeContains(ipv4Range(block), range);
}
