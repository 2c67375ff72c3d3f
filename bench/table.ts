/** Printing figures. */
export function heading(text: string): void {
  console.log(`\n${text}`);
}

/** A figure with what is aimed at, where there is an aim. */
export function figure(name: string, value: string, aim?: { readonly text: string; readonly met: boolean }): void {
  const verdict = aim === undefined ? "" : `   ${aim.met ? "meets" : "MISSES"} the aim: ${aim.text}`;
  console.log(`  ${name.padEnd(44)} ${value.padStart(12)}${verdict}`);
}

export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
