/** Paths of inputs, and the patterns of the table that stand for them. */
import type { ChangeRow, Stop } from "./effects";
import { changeRows } from "./table";

/** Where the findings of a stop are. */
function pathOf({ path }: ChangeRow, stop: Stop): string {
  return stop.at ?? path;
}

/** Patterns of the inputs of which some change needs an acknowledgement. */
export const acknowledgeable: readonly string[] = changeRows.flatMap((row) => {
  const stops = row.stops.filter(({ effect }) => effect === "needs acknowledgement");
  return [...new Set(stops.map((stop) => pathOf(row, stop)))];
});

/** Whether every change that is stopped at a path is refused. */
export function isRefused(path: string): boolean {
  return changeRows.some((row) => row.stops.some((stop) => matchesPath(pathOf(row, stop), path)));
}

/** `*` stands for a name: after a point, or in brackets where it is no plain word. */
export function matchesPath(pattern: string, path: string): boolean {
  const literal = pattern.split(".*").map((part) => part.replaceAll(".", "\\."));
  return new RegExp(`^${literal.join(String.raw`(?:\.[A-Za-z0-9_-]+|\["[^"]+"\])`)}$`).test(path);
}
