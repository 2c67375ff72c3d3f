/** Durations as Go reads and writes them. */

const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g;

const whole = new RegExp(`^(?:${part.source})+$`);
/** Go counts nanoseconds with 63 bits: 292 years. */
const longest = 2 ** 63;

export function isDuration(text: string): boolean {
  return nanoseconds(text) !== undefined;
}

/** Undefined for what Go does not read as a duration. */
export function nanoseconds(text: string): number | undefined {
  if (text === "0") return 0;
  if (!whole.test(text)) return undefined;
  const sum = [...text.matchAll(part)].reduce(
    (before, [, amount, unit]) => before + Number(amount) * (units[unit ?? ""] ?? 0),
    0,
  );
  return sum < longest ? Math.round(sum) : undefined;
}

/** `90s` as `1m30s`: what Go's Duration.String makes of it. */
export function canonicalDuration(text: string): string {
  const length = nanoseconds(text) ?? 0;
  if (length === 0) return "0s";
  const small = (["ns", "us", "ms"] as const).find((_unit, index) => length < 1000 ** (index + 1));
  if (small !== undefined) return `${String(length / (units[small] ?? 1))}${small === "us" ? "µs" : small}`;
  const seconds = length / 1e9;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = `${String(Math.round((seconds % 60) * 1e9) / 1e9)}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
