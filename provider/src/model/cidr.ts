/** IPv4 ranges as numbers: parsing, containment, overlap and splitting. */

export interface Ipv4Range {
  /** First address, as an unsigned 32-bit number. */
  readonly start: number;
  readonly prefixLength: number;
}

/** Undefined unless it is a range in its shortest form; bits beyond the prefix are kept in `start`. */
export function parseIpv4Range(text: string): Ipv4Range | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) {
    return undefined;
  }
  const parts = match.slice(1);
  if (parts.some((part) => part.length > 1 && part.startsWith("0"))) {
    return undefined;
  }
  const [a = 0, b = 0, c = 0, d = 0, prefixLength = 0] = parts.map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefixLength > 32) {
    return undefined;
  }
  return { start: a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d, prefixLength };
}

/** For text that validation has let through. */
export function ipv4Range(text: string): Ipv4Range {
  const range = parseIpv4Range(text);
  if (range === undefined) {
    throw new Error(`bug: address range ${text} got past validation`);
  }
  return range;
}

export function formatIpv4Range({ start, prefixLength }: Ipv4Range): string {
  const octets = [24, 16, 8, 0].map((shift) => (start >>> shift) & 255);
  return `${octets.join(".")}/${prefixLength}`;
}

export function rangeSize(range: Ipv4Range): number {
  return 2 ** (32 - range.prefixLength);
}

/** The same range without bits beyond its prefix. */
export function maskRange(range: Ipv4Range): Ipv4Range {
  return { start: range.start - (range.start % rangeSize(range)), prefixLength: range.prefixLength };
}

export function rangesOverlap(left: Ipv4Range, right: Ipv4Range): boolean {
  return left.start < right.start + rangeSize(right) && right.start < left.start + rangeSize(left);
}

export function rangeContains(outer: Ipv4Range, inner: Ipv4Range): boolean {
  return inner.start >= outer.start && inner.start + rangeSize(inner) <= outer.start + rangeSize(outer);
}

/** The address at that place in the range, from 0. */
export function addressAt(range: Ipv4Range, place: number): string {
  return formatIpv4Range({ start: range.start + place, prefixLength: 32 }).replace("/32", "");
}

/** The range in 2^bits equal parts, lowest first. */
export function splitRange(range: Ipv4Range, bits: number): readonly Ipv4Range[] {
  const prefixLength = range.prefixLength + bits;
  const step = 2 ** (32 - prefixLength);
  return Array.from({ length: 2 ** bits }, (_, index) => ({ start: range.start + index * step, prefixLength }));
}
