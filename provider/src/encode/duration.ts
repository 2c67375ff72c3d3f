/** Durations as Go reads and writes them. */

const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g;

export function isDuration(text: string): boolean {
  return text === "0" || new RegExp(`^(?:${part.source})+$`).test(text);
}

/** `90s` as `1m30s`: what Go's Duration.String makes of it. */
export function canonicalDuration(text: string): string {
  const parts = [...text.matchAll(part)];
  const nanoseconds = Math.round(
    parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ""] ?? 0), 0),
  );
  if (nanoseconds === 0) return "0s";
  const small = (["ns", "us", "ms"] as const).find((_unit, index) => nanoseconds < 1000 ** (index + 1));
  if (small !== undefined) return `${String(nanoseconds / (units[small] ?? 1))}${small === "us" ? "µs" : small}`;
  const seconds = nanoseconds / 1e9;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const rest = `${String(Math.round((seconds % 60) * 1e9) / 1e9)}s`;
  if (hours > 0) return `${hours}h${minutes}m${rest}`;
  return minutes > 0 ? `${minutes}m${rest}` : rest;
}
