import type { Leaf } from "./rules";
import { hasUnknown, isObject, type Properties } from "./values";

const PLAIN: Leaf = { change: "update", compare: "value", required: false, secret: false };

/** A text that is equal for equal values: keys sorted, sets sorted, JSON texts read. */
export function canonical(rule: Leaf | undefined, value: unknown): string {
  return JSON.stringify(normal(rule ?? PLAIN, value));
}

function normal(rule: Leaf, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (rule.compare === "json" && typeof value === "string") {
    try {
      return sorted(JSON.parse(value));
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) {
    const element: Leaf = rule.compare === "set" ? { ...rule, compare: "value" } : rule;
    const all = value.map((each) => normal(element, each));
    return rule.compare === "set" ? all.map((each) => JSON.stringify(each)).sort(byCodeUnit) : all;
  }
  if (typeof value === "object") {
    const fields = rule.fields;
    const entries = Object.entries(value).map(([name, each]) => [name, normal(fields?.[name] ?? PLAIN, each)] as const);
    return Object.fromEntries(entries.filter(([, each]) => each !== null).sort(([a], [b]) => byCodeUnit(a, b)));
  }
  return value;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([name, each]) => [name, sorted(each)]),
  );
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export interface Change {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/** The differences between old and new inputs. An unknown value counts as a change: it may turn out to be one. */
export function differences(rules: Readonly<Record<string, Leaf>>, olds: Properties, news: Properties): Change[] {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])]
    .filter((name) => name in rules)
    .sort(byCodeUnit);
  return names.flatMap((name) =>
    changesOf(rules[name] ?? PLAIN, name, olds[name], news[name], rules[name]?.change === "replace"),
  );
}

function changesOf(rule: Leaf, path: string, before: unknown, after: unknown, replaces: boolean): Change[] {
  if (!hasUnknown(after) && canonical(rule, before) === canonical(rule, after)) return [];
  if (before === undefined) return [{ path, kind: "add", replaces }];
  if (after === undefined) return [{ path, kind: "delete", replaces }];
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit);
    return names.flatMap((name) => {
      const field = rule.fields?.[name] ?? PLAIN;
      return changesOf(
        field,
        `${path}${keyPath(name)}`,
        before[name],
        after[name],
        replaces || field.change === "replace",
      );
    });
  }
  const inside = rule.fields !== undefined && Object.values(rule.fields).some((field) => field.change === "replace");
  if (
    Array.isArray(before) &&
    Array.isArray(after) &&
    before.length === after.length &&
    rule.compare !== "set" &&
    inside
  ) {
    const element: Leaf = { ...rule, compare: "value" };
    return before.flatMap((each, index) => changesOf(element, `${path}[${index}]`, each, after[index], replaces));
  }
  return [{ path, kind: "update", replaces }];
}

function keyPath(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `.${name}` : `["${name.replaceAll('"', '\\"')}"]`;
}

/**
 * Inputs as a refresh finds them: of what is really there, only what the inputs spoke about, for the rest is the cloud's own
 * choice. Equal values keep the program's spelling. Nothing known (an import) takes everything that the type has as input
 * and that is not implied.
 */
export function observedInputs(
  rules: Readonly<Record<string, Leaf>>,
  known: Properties,
  state: Properties,
): Properties {
  const importing = Object.keys(known).length === 0;
  const observed: Properties = {};
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.change === "unsupported") continue;
    const before = known[name];
    // A tag that appears on a resource without tags is somebody's change, too.
    const speaksOf = before !== undefined || (importing && rule.implied !== true) || name === "tags";
    if (!speaksOf) continue;
    const now = name in state ? project(rule, before, state[name]) : before;
    const empty = before === undefined && isEmpty(now);
    if (now !== undefined && now !== null && !empty) observed[name] = now;
  }
  return observed;
}

function project(rule: Leaf, before: unknown, now: unknown): unknown {
  if (before === undefined) return rule.fields === undefined ? now : onlyFields(rule, now);
  if (canonical(rule, before) === canonical(rule, now)) return before;
  if (Array.isArray(before) && Array.isArray(now)) {
    if (before.length !== now.length) return rule.fields === undefined ? now : onlyFields(rule, now);
    if (rule.compare === "set") return projectSet(rule, before, now);
    return before.map((each, index) => project({ ...rule, compare: "value" }, each, now[index]));
  }
  if (isObject(before) && isObject(now) && rule.fields !== undefined) {
    const fields = rule.fields;
    const entries = Object.keys(before).map((name) => [
      name,
      name in now ? project(fields[name] ?? PLAIN, before[name], now[name]) : before[name],
    ]);
    return Object.fromEntries(entries.filter(([, each]) => each !== undefined && each !== null));
  }
  return now;
}

/** Matches the elements of two sets of objects: each known one with the first unused real one that agrees with it. */
function projectSet(rule: Leaf, before: unknown[], now: unknown[]): unknown[] {
  const element: Leaf = { ...rule, compare: "value" };
  const left = [...now];
  const unmatched: unknown[] = [];
  const matched = before.flatMap((each) => {
    const at = left.findIndex((real) => canonical(element, project(element, each, real)) === canonical(element, each));
    if (at < 0) {
      unmatched.push(each);
      return [];
    }
    left.splice(at, 1);
    return [each];
  });
  return [...matched, ...left.map((real, index) => project(element, unmatched[index], real))];
}

function onlyFields(rule: Leaf, now: unknown): unknown {
  if (Array.isArray(now)) return now.map((each) => onlyFields(rule, each));
  if (!isObject(now)) return now;
  const fields = rule.fields ?? {};
  const entries = Object.entries(now).filter(
    ([name, each]) => fields[name] !== undefined && fields[name].change !== "unsupported" && !isEmpty(each),
  );
  return Object.fromEntries(
    entries.map(([name, each]) => [name, fields[name]?.fields === undefined ? each : onlyFields(fields[name], each)]),
  );
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
