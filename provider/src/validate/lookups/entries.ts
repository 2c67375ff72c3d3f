import type { Problem } from "../report/report";

/**
 * A problem that only AWS could tell of. `whenNew`: it matters only where the stack does not have the cluster yet; a
 * running cluster has such resources itself.
 */
export interface LookupProblem extends Problem {
  readonly whenNew?: true;
}

/** A value of an input, and the input's path. */
export interface Entry {
  readonly value: string;
  readonly path: string;
}

/** The entry where its value is known now; an output that is not known yet is not looked up. */
export function known(value: unknown, path: string): readonly Entry[] {
  return typeof value === "string" ? [{ value, path }] : [];
}

/** Paths by value, so that each value is asked for once. */
export function byValue(entries: readonly Entry[]): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, readonly string[]>();
  for (const { value, path } of entries) {
    const before = paths.get(value) ?? [];
    if (!before.includes(path)) {
      paths.set(value, [...before, path]);
    }
  }
  return paths;
}

/** Asks for each distinct value and returns what is wrong with it, at every path that has it. */
export async function eachValue(
  entries: readonly Entry[],
  reasonsOf: (value: string, firstPath: string) => Promise<readonly string[]>,
): Promise<readonly LookupProblem[]> {
  const checked = [...byValue(entries)].map(async ([value, paths]) => {
    const reasons = await reasonsOf(value, paths[0] ?? "");
    return paths.flatMap((path) => reasons.map((reason) => ({ path, reason })));
  });
  return (await Promise.all(checked)).flat();
}
