/** Quantities of Kubernetes, written as it writes them. */

const pattern = /^(-?)(\d+(?:\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|)$/;
const decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
/** The smallest unit. */
const nanosPerOne = 1_000_000_000n;

export function isQuantity(text: string): boolean {
  return pattern.test(text);
}

/** `0.5` as `500m` and `1024Mi` as `1Gi`: the largest suffix that leaves a whole number. */
export function canonicalQuantity(text: string): string {
  const [, sign = "", digits = "", suffix = ""] = pattern.exec(text) ?? [];
  const [whole = "", fraction = ""] = digits.split(".");
  const isBinary = suffix.endsWith("i");
  const unit = isBinary
    ? nanosPerOne * 1024n ** BigInt(binary.indexOf(suffix))
    : 1000n ** BigInt(decimal.indexOf(suffix));
  const divisor = 10n ** BigInt(fraction.length);
  // What is finer than a nano is rounded up.
  const nanos = (BigInt(`${whole}${fraction}`) * unit + divisor - 1n) / divisor;
  if (nanos === 0n) return "0";
  const isWholeBinary = isBinary && nanos % nanosPerOne === 0n && nanos >= 1024n * nanosPerOne;
  const amount = isWholeBinary ? shortest(nanos / nanosPerOne, 1024n, binary) : shortest(nanos, 1000n, decimal);
  return `${sign}${amount}`;
}

function shortest(amount: bigint, base: bigint, suffixes: readonly string[]): string {
  let [left, index] = [amount, 0];
  while (index < suffixes.length - 1 && left % base === 0n) {
    left /= base;
    index++;
  }
  return `${left}${suffixes[index] ?? ""}`;
}
