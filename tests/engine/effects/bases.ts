/** The fewest clusters on which every change can be made: each has what the changes on it need, and each change is another. */
import { isDeepStrictEqual } from "node:util";
import { readInputs } from "../../../provider/src/validate/inputs";
import type { ChangeRow, Stop } from "../../../provider/src/validate/changes/effects";
import { changeOf } from "../../support/changes";
import { isFields } from "../../../provider/src/encode/fields";
import { merged, type ProgramInputs } from "../../support/programInputs";
import { recorded, type Stopped } from "../../unit/validate/changes/judged";

/** A change that some cluster is to have. */
export interface Case {
  /** What the cluster has before. */
  readonly from: ProgramInputs;
  /** The program of the cluster with the change. */
  readonly changed: (inputs: ProgramInputs) => ProgramInputs;
  /** Whether it is the change that it is meant to be, on a cluster with these inputs. */
  readonly holds: (inputs: ProgramInputs) => boolean;
}

export interface RowCase extends Case {
  readonly row: ChangeRow;
  /** The node group, or the pool of one, that only this row changes. */
  readonly part: string | undefined;
}

export interface StopCase extends Case {
  readonly title: string;
  readonly stop: Stop;
}

export interface Base {
  readonly inputs: ProgramInputs;
  readonly rows: readonly RowCase[];
  readonly stops: readonly StopCase[];
}

/** A row's example on a cluster that others share. */
export function rowCase(row: ChangeRow): RowCase {
  const { path } = row;
  const part = path.startsWith("nodeGroups.*.") ? partName(path) : undefined;
  // One group has all pools: a subnet has a tag for each group, and not many.
  const isPool = path.startsWith("nodeGroups.*.nodePools.*.");
  const { needed, from, to } = changeOf(path, part === undefined ? undefined : [isPool ? "pooled" : part, part]);
  // Each base has a name of its own, and a change of it is one of any name.
  const { clusterName: _, ...wanted } = merged(needed, from);
  const changed = (inputs: ProgramInputs): ProgramInputs => merged(inputs, to);
  return { row, part, from: wanted, changed, holds: (inputs) => isValid(changed(inputs)) };
}

/** `nodeGroups.*.nodePools.*.expireAfter`: `nodepools-expireafter`. */
function partName(path: string): string {
  const parts = path.split(".").slice(2);
  return parts
    .filter((part) => part !== "*")
    .join("-")
    .toLowerCase();
}

/** A change that a stop of the table finds, made on a cluster that others share. */
export function stopCase(stop: Stop, title: string, { from, to }: Stopped): StopCase {
  const changed = (inputs: ProgramInputs): ProgramInputs => merged(without(inputs, from, to), to);
  return { title, stop, from, changed, holds: (inputs) => finds(stop, inputs, changed(inputs)) };
}

export function finds(stop: Stop, inputs: ProgramInputs, program: ProgramInputs): boolean {
  return isValid(program) && stop.find(recorded(placeable(inputs)), recorded(placeable(program))).length > 0;
}

/** What the change takes away. */
function without(inputs: ProgramInputs, from: ProgramInputs, to: ProgramInputs): ProgramInputs {
  const kept = Object.entries(inputs).flatMap(([key, value]) => {
    const [before, after] = [from[key], to[key]];
    if (before === undefined) return [[key, value] as const];
    if (after === undefined) return [];
    return [
      [key, isFields(value) && isFields(before) && isFields(after) ? without(value, before, after) : value] as const,
    ];
  });
  return Object.fromEntries(kept);
}

function isValid(program: ProgramInputs): boolean {
  return readInputs(placeable(program)).problems === undefined;
}

/** A base that says nothing of its zones has one. */
export function placeable(program: ProgramInputs): ProgramInputs {
  return { zones: ["us-east-1a"], ...program };
}

/** Every row is in one of the bases. */
export function withRows(name: string, rows: readonly ChangeRow[]): readonly Base[] {
  return rows.map(rowCase).reduce<readonly Base[]>((bases, added) => {
    const grow = (base: Base): Base | undefined => grown({ ...base, rows: [...base.rows, added] }, added.from);
    return placedIn(bases, grow, name, added.row.path);
  }, []);
}

/** And every stop: the first of its examples that is one on a cluster as it is, or else makes a cluster so. */
export function withStops(
  bases: readonly Base[],
  name: string,
  stops: readonly (readonly StopCase[])[],
): readonly Base[] {
  return stops.reduce<readonly Base[]>((all, examples) => {
    const grow = (base: Base): Base | undefined => {
      const ways = [{}, undefined].flatMap((asItIs) => examples.map((each) => [each, asItIs ?? each.from] as const));
      for (const [each, from] of ways) {
        const larger = grown({ ...base, stops: [...base.stops, each] }, from);
        if (larger !== undefined) return larger;
      }
      return undefined;
    };
    return placedIn(all, grow, name, examples.map(({ title }) => title).join(", "));
  }, bases);
}

function placedIn(
  bases: readonly Base[],
  grow: (base: Base) => Base | undefined,
  name: string,
  title: string,
): readonly Base[] {
  for (const [index, base] of bases.entries()) {
    const larger = grow(base);
    if (larger !== undefined) return bases.map((each, at) => (at === index ? larger : each));
  }
  const clusterName = `${name}${String(bases.length)}.team.example.com`;
  // Only the first needs Karpenter whatever comes to it: its objects are among what must not change.
  const karpenter = bases.length === 0 ? { karpenter: { install: true } } : {};
  // Without machines there are no instances to replace; the examples of who replaces them start from this as well.
  const inputs = { clusterName, ...karpenter, rollingUpdate: { strategy: "manual" } };
  const fresh = grow({ inputs, rows: [], stops: [] });
  if (fresh === undefined) throw new Error(`no cluster can have this change: ${title}`);
  return [...bases, fresh];
}

/** With more inputs; undefined where another change on the cluster would then be none, or another. */
function grown({ inputs, rows, stops }: Base, more: ProgramInputs): Base | undefined {
  if (!agree(inputs, more)) return undefined;
  const larger = merged(inputs, more);
  const added = rows.at(-1);
  // Groups and pools have nothing to do with each other.
  const concerned = rows.filter((each) => each === added || each.part === undefined || added?.part === undefined);
  return isValid(larger) && [...concerned, ...stops].every((each) => each.holds(larger)) && isValid(allOf(rows, larger))
    ? { inputs: larger, rows, stops }
    : undefined;
}

/** The cluster with every change that goes through. */
export function allOf(rows: readonly RowCase[], inputs: ProgramInputs): ProgramInputs {
  return rows.reduce((program, { changed }) => changed(program), inputs);
}

/** Whether no input would have another value. */
function agree(one: ProgramInputs, other: ProgramInputs): boolean {
  return Object.entries(other).every(([key, value]) => {
    const before = one[key];
    if (before === undefined || value === undefined) return true;
    return isFields(before) && isFields(value) ? agree(before, value) : isDeepStrictEqual(before, value);
  });
}
