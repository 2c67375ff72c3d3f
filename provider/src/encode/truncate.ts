/**
 * Names that must fit a limit, shortened as kOps does: the start of the name and a hash of all of it
 * (kops pkg/truncate/truncate.go:42). Names are ASCII here, so characters are bytes.
 */
const base32HexAlphabet = "0123456789abcdefghijklmnopqrstuv";

export interface TruncateOptions {
  readonly maxLength: number;
  /** Also when the name fits, so that nobody relies on its being whole. */
  readonly alwaysAddHash?: boolean;
}

const hashLength = 6;

export function truncateName(name: string, { maxLength, alwaysAddHash = false }: TruncateOptions): string {
  if (!alwaysAddHash && name.length <= maxLength) {
    return name;
  }
  return `${name.slice(0, maxLength - hashLength - 1)}-${hashName(name)}`;
}

/** The first characters of the lower-case base32hex form of the 32-bit FNV-1a hash (truncate.go:68). */
export function hashName(name: string): string {
  return base32Hex(fnv1a32(name)).slice(0, hashLength);
}

function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}

/** Seven characters of five bits hold the 32 bits; the last one is padded with zero bits on the right. */
function base32Hex(value: number): string {
  let text = "";
  for (let shift = 27; shift > -5; shift -= 5) {
    const bits = shift >= 0 ? value >>> shift : value << -shift;
    text += base32HexAlphabet.charAt(bits & 31);
  }
  return text;
}
