/** Which changes terminate the nodes of a group at once, instead of replacing them one by one. */
import { below } from "../../report/report";
import { show } from "../../report/display";
import type { Finding, Stop } from "../effects";
import type { Recorded, RecordedPart } from "../recorded";

/** Without Karpenter, the component only writes the files of a group: nodes that run are somebody else's. */
function hasNodes(old: Recorded, next: Recorded): boolean {
  return old.value("karpenter.install") === true && next.value("karpenter.install") !== false;
}

interface Kept {
  readonly name: string;
  readonly path: string;
  readonly before: RecordedPart;
  readonly after: RecordedPart;
}

/** Groups that were and are. */
function keptGroups(old: Recorded, next: Recorded): readonly Kept[] {
  if (!hasNodes(old, next)) return [];
  return old.parts("nodeGroups").flatMap(([name, before]) => {
    const after = next.part("nodeGroups", name);
    return after === undefined ? [] : [{ name, path: below("nodeGroups", name), before, after }];
  });
}

export const groupRemoved: Stop = {
  effect: "needs acknowledgement",
  when: "if a group is removed or renamed",
  at: "nodeGroups.*",
  find: (old, next) =>
    (hasNodes(old, next) ? old.parts("nodeGroups") : [])
      .filter(([name]) => next.part("nodeGroups", name) === undefined)
      .map(([name]) => ({
        path: below("nodeGroups", name),
        change: `group ${show(name)} removed`,
        why: "Karpenter drains and terminates all its nodes at once; a renamed group is a new one, which starts without nodes",
      })),
};

/** Modes of a group's pools, by name. */
function pools(group: RecordedPart): Readonly<Record<string, unknown>> {
  const value = group["nodePools"];
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

export const poolRemoved: Stop = {
  effect: "needs acknowledgement",
  when: "if a pool is removed or renamed",
  at: "nodeGroups.*.nodePools.*",
  find: (old, next) =>
    keptGroups(old, next).flatMap(({ path, before, after }) =>
      Object.keys(pools(before))
        .filter((pool) => pools(after)[pool] === undefined)
        .sort()
        .map((pool) => ({
          path: below(`${path}.nodePools`, pool),
          change: `pool ${show(pool)} removed`,
          why: "Karpenter drains and terminates all its nodes at once; a renamed pool is a new one, which starts without nodes",
        })),
    ),
};

const replacedPool =
  "a pool cannot change so and is replaced: Karpenter drains and terminates all its nodes before the new pool has any";

export const nodeClassRenamed: Stop = {
  effect: "needs acknowledgement",
  find: (old, next) =>
    keptGroups(old, next).flatMap(({ path, before, after }): readonly Finding[] => {
      const [from, to] = [before["nodeClassName"], after["nodeClassName"]];
      return from === undefined || from === to
        ? []
        : [{ path: `${path}.nodeClassName`, change: `${show(from)} to ${show(to)}`, why: replacedPool }];
    }),
};

/** A group's minSize makes all its pools static, a pool's replicas that one. */
function modeChanges(old: Recorded, next: Recorded, input: "minSize" | "replicas"): readonly Finding[] {
  return keptGroups(old, next).flatMap(({ path, before, after }) => {
    const changed = Object.entries(pools(after)).filter(([pool, mode]) => {
      const earlier = pools(before)[pool];
      return earlier !== undefined && earlier !== mode;
    });
    if (changed.length === 0 || (before["mode"] !== after["mode"]) !== (input === "minSize")) return [];
    return input === "minSize"
      ? [
          {
            path: `${path}.minSize`,
            change: `${String(before["mode"])} to ${String(after["mode"])}`,
            why: replacedPool,
          },
        ]
      : changed.map(([pool, mode]) => ({
          path: `${below(`${path}.nodePools`, pool)}.replicas`,
          change: `${String(pools(before)[pool])} to ${String(mode)}`,
          why: replacedPool,
        }));
  });
}

export const groupModeChanged: Stop = {
  effect: "needs acknowledgement",
  when: "if the group's pools turn from dynamic to static or back",
  find: (old, next) => modeChanges(old, next, "minSize"),
};

export const poolModeChanged: Stop = {
  effect: "needs acknowledgement",
  when: "if the pool turns from dynamic to static or back",
  find: (old, next) => modeChanges(old, next, "replicas"),
};

export const karpenterRemoved: Stop = {
  effect: "needs acknowledgement",
  when: "if it becomes false",
  find: (old, next) =>
    old.value("karpenter.install") === true && next.value("karpenter.install") === false
      ? [
          {
            path: "karpenter.install",
            change: "true to false",
            why: "it deletes every node pool and class, and terminates every node that Karpenter launched",
          },
        ]
      : [],
};
