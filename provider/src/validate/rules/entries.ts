/** Walking lists and maps that may hold what the structural pass found unusable. */
import { isOutput } from "../../schema/input";
import { at, below } from "../report/problem";

/** Elements with their paths, without those that are unusable. */
export function items<T>(list: readonly T[] | undefined, path: string): readonly (readonly [T, string])[] {
  const usable: (readonly [T, string])[] = [];
  (list ?? []).forEach((item: T | undefined, index) => {
    if (item !== undefined) {
      usable.push([item, at(path, index)]);
    }
  });
  return usable;
}

/** Entries of a map with their paths, sorted by key, so that problems come in a stable order. */
export function fields<T>(
  map: Readonly<Record<string, T>> | undefined,
  path: string,
): readonly (readonly [string, T, string])[] {
  return Object.entries(map ?? {})
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => [key, value, below(path, key)] as const);
}

/** Elements that are known now: those that are outputs are checked by whoever uses them. */
export function plainItems(list: readonly unknown[] | undefined, path: string): readonly (readonly [string, string])[] {
  return items(list, path).filter((item): item is readonly [string, string] => typeof item[0] === "string");
}

/** The value if it is known now. */
export function plain(value: unknown): string | undefined {
  return typeof value === "string" && !isOutput(value) ? value : undefined;
}

/** Calls back for each element that was there before, with the path of the first. */
export function eachDuplicate(
  entries: readonly (readonly [string, string])[],
  found: (value: string, path: string, firstPath: string) => void,
): void {
  const first = new Map<string, string>();
  for (const [value, path] of entries) {
    const earlier = first.get(value);
    if (earlier === undefined) {
      first.set(value, path);
    } else {
      found(value, path, earlier);
    }
  }
}
