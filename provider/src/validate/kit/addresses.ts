/** Address ranges: of the network, and of those who may reach something. */
import { formatIpv4Range, maskRange, parseIpv4Range, type Ipv4Range } from "../../model/cidr";
import type { Checks } from "./checks";

/** An IPv4 range without bits beyond its prefix, or a problem. */
export function checkIpv4Range(path: string, text: string, checks: Checks): Ipv4Range | undefined {
  const range = parseIpv4Range(text);
  if (range === undefined) {
    checks.problem(path, "invalid IPv4 range", text, "must be an address and a prefix length such as 10.0.0.0/16");
    return undefined;
  }
  const masked = maskRange(range);
  if (masked.start !== range.start) {
    checks.problem(path, "has bits beyond its prefix", text, `did you mean "${formatIpv4Range(masked)}"?`);
    return undefined;
  }
  return range;
}

/** Ranges or prefix lists that may reach the API or SSH (kops pkg/apis/kops/validation/validation.go:86). */
export function checkAccess(path: string, access: readonly string[], checks: Checks): void {
  const entries = checks.items(path, access);
  for (const [range, rangePath] of entries) {
    if (/^pl-[0-9a-z]{1,32}$/.test(range)) {
      continue;
    }
    checkRange(rangePath, range, "must be an IPv4 or IPv6 range such as 10.0.0.0/8, or a prefix list (pl-…)", checks);
  }
  checks.unique(entries);
}

/** `rule`: what is allowed, for a text that is nothing like a range. */
export function checkRange(path: string, range: string, rule: string, checks: Checks): void {
  if (range.includes(":")) {
    checkIpv6Range(path, range, checks);
  } else if (parseIpv4Range(range) !== undefined) {
    checkIpv4Range(path, range, checks);
  } else {
    const isAddress = parseIpv4Range(`${range}/32`) !== undefined;
    checks.problem(path, "invalid address range", range, isAddress ? `did you mean "${range}/32"?` : rule);
  }
}

function checkIpv6Range(path: string, text: string, checks: Checks): void {
  const [address = "", length = "", ...more] = text.split("/");
  const value = parseIpv6(address);
  const bits = /^[0-9]{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (value === undefined || more.length > 0 || !(bits <= 128)) {
    checks.problem(path, "invalid address range", text, "must be an IPv6 range such as 2001:db8::/32");
  } else if ((value & ((1n << BigInt(128 - bits)) - 1n)) !== 0n) {
    checks.problem(path, "has bits beyond its prefix", text, `must be zero after the first ${bits} bits`);
  }
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) {
    return undefined;
  }
  const groupsOf = (half: string | undefined): string[] => (half === undefined || half === "" ? [] : half.split(":"));
  const [head, tail] = [groupsOf(halves[0]), groupsOf(halves[1])];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) {
    return undefined;
  }
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) {
    return undefined;
  }
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
