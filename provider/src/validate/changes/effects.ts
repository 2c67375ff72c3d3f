/** What a change of an input does to a running cluster, as data: the rules, the documentation and the tests read it. */
import type { Cni } from "../../schema/types.gen";
import type { Recorded } from "./recorded";

export type Effect =
  "none" | "in place" | "rolls the group's nodes" | "rolls the control plane" | "needs acknowledgement" | "refused";

/** Of what every node is started from. */
export const rollsAll = ["rolls the control plane", "rolls the group's nodes"] as const satisfies readonly Effect[];

/** The effect of a change on one input. */
export interface ChangeRow {
  /** `*` stands for a name: `nodeGroups.*.images`. */
  readonly path: string;
  readonly effects: readonly Effect[];
  /** A sentence for the documentation, without its period. */
  readonly why: string;
  /** Changes that the guard stops. */
  readonly stops: readonly Stop[];
}

/** Kinds of changes that do not go through as they are. */
export interface Stop {
  readonly effect: "needs acknowledgement" | "refused";
  /** Which changes, for the documentation: follows the effect. Absent where every change of the input is stopped. */
  readonly when?: string;
  /** The pattern of the findings' paths, where that is not the row's own. */
  readonly at?: string;
  find(old: Recorded, next: Recorded): readonly Finding[];
}

/** A change that a stop found. */
export interface Finding {
  /** Of the input, with its names: `nodeGroups.web`. */
  readonly path: string;
  /** What changes, from what to what. */
  readonly change: string;
  /** Why it is stopped: what it would do. */
  readonly why: string;
  /** What to do instead; says the message of an acknowledgement itself. */
  readonly instead?: string;
}

export function row(
  path: string,
  effects: Effect | readonly Effect[],
  why: string,
  ...stops: readonly Stop[]
): ChangeRow {
  return { path, effects: typeof effects === "string" ? [effects] : effects, why, stops };
}

/** An input whose value, once recorded, must stay, or whose change its owner must want. */
export function everyChange(path: string, effect: Stop["effect"], said: Pick<Finding, "why" | "instead">): Stop {
  return {
    effect,
    find: (old, next) => (differs(old, next, path) ? [{ path, change: fromTo(old, next, path), ...said }] : []),
  };
}

/** The same of an input that is recorded only where its value is not the default. */
export function everyChangeFromDefault(
  path: string,
  effect: Stop["effect"],
  said: Pick<Finding, "why" | "instead">,
): Stop {
  const shown = (side: Recorded): string => (side.value(path) === undefined ? "the default" : side.shown(path));
  return {
    effect,
    find: (old, next) =>
      old.isEmpty || old.value(path) === next.value(path)
        ? []
        : [{ path, change: `${shown(old)} to ${shown(next)}`, ...said }],
  };
}

/** An option of a pod network: with another one, before or after, the change is that of the network. */
export function whileNetworkIs(cni: Cni, stop: Stop): Stop {
  return {
    ...stop,
    find: (old, next) => ([old, next].every((side) => side.text("cni") === cni) ? stop.find(old, next) : []),
  };
}

/** Whether both sides are known, and are not the same. */
export function differs(old: Recorded, next: Recorded, path: string): boolean {
  const [before, after] = [old.value(path), next.value(path)];
  return before !== undefined && after !== undefined && JSON.stringify(before) !== JSON.stringify(after);
}

export function fromTo(old: Recorded, next: Recorded, path: string): string {
  return `${old.shown(path)} to ${next.shown(path)}`;
}
