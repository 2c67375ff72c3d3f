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

/** Groups that were and are Karpenter's. */
function keptGroups(old: Recorded, next: Recorded): readonly Kept[] {
  if (!hasNodes(old, next)) return [];
  return old.parts("nodeGroups").flatMap(([name, before]) => {
    const after = next.part("nodeGroups", name);
    const isKept = after !== undefined && !isCloudGroup(before) && !isCloudGroup(after);
    return isKept ? [{ name, path: below("nodeGroups", name), before, after }] : [];
  });
}

/** What the guard recorded before there was another manager names none. */
function isCloudGroup(group: RecordedPart): boolean {
  return group["manager"] === "CloudGroup";
}

export const groupRemoved: Stop = {
  effect: "needs acknowledgement",
  when: "if a group is removed or renamed",
  at: "nodeGroups.*",
  find: (old, next) =>
    old
      .parts("nodeGroups")
      .filter(([name, group]) => next.part("nodeGroups", name) === undefined && loses(group, old, next))
      .map(([name, group]) => ({
        path: below("nodeGroups", name),
        change: `group ${show(name)} removed`,
        why: isCloudGroup(group)
          ? "its nodes are drained one by one, and all its instances terminated; a renamed group is a new one"
          : "Karpenter drains and terminates all its nodes at once; a renamed group is a new one, which starts without nodes",
      })),
};

function loses(group: RecordedPart, old: Recorded, next: Recorded): boolean {
  return isCloudGroup(group) || hasNodes(old, next);
}

export const managerChanged: Stop = {
  effect: "needs acknowledgement",
  find: (old, next) =>
    old.parts("nodeGroups").flatMap(([name, before]): readonly Finding[] => {
      const after = next.part("nodeGroups", name);
      if (after === undefined || isCloudGroup(before) === isCloudGroup(after) || !loses(before, old, next)) return [];
      const path = `${below("nodeGroups", name)}.manager`;
      return [
        isCloudGroup(before)
          ? {
              path,
              change: '"CloudGroup" to "Karpenter"',
              why: "the nodes of the Auto Scaling group are drained one by one, Karpenter launches nodes for their pods, and the group is deleted",
            }
          : {
              path,
              change: '"Karpenter" to "CloudGroup"',
              why: "once the nodes of the Auto Scaling group are ready, Karpenter drains and terminates all nodes of the group at once",
            },
      ];
    }),
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

/** The engine knows a class by its group, Kubernetes by its name: it would write the new class over the old, and delete it. */
export const nodeClassTaken: Stop = {
  effect: "refused",
  when: "if another group had the class before the update",
  find: (old, next) => {
    if (!hasNodes(old, next)) return [];
    const owners = new Map(old.parts("nodeGroups").map(([name, group]) => [group["nodeClassName"], name]));
    return next.parts("nodeGroups").flatMap(([name, group]): readonly Finding[] => {
      const nodeClass = group["nodeClassName"];
      const owner = nodeClass === undefined ? undefined : owners.get(nodeClass);
      return owner === undefined || owner === name
        ? []
        : [
            {
              path: `${below("nodeGroups", name)}.nodeClassName`,
              change: `${show(nodeClass)}, the class of group ${show(owner)},`,
              why: "the update would delete the EC2NodeClass after the group has taken it over, and Karpenter could launch no node from it",
              instead: "give the group another nodeClassName",
            },
          ];
    });
  },
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

/** Recorded only where it is false. */
export const karpenterPath = "karpenter.enabled";

function isEnabled(side: Recorded): boolean {
  return side.value(karpenterPath) !== false;
}

/** Its nodes, where it was not the component that installed it, are still its own. */
export const karpenterDisabled: Stop = {
  effect: "needs acknowledgement",
  when: "if it becomes false",
  find: (old, next) =>
    old.isEmpty || !isEnabled(old) || isEnabled(next)
      ? []
      : [
          {
            path: karpenterPath,
            change: "true to false",
            why: "once the Auto Scaling groups have their nodes, every node pool and class is deleted, every node that Karpenter launched is drained and terminated, and so is Karpenter's role",
          },
        ],
};

export const karpenterRemoved: Stop = {
  effect: "needs acknowledgement",
  when: "if it becomes false",
  find: (old, next) =>
    old.value("karpenter.install") === true && next.value("karpenter.install") === false && isEnabled(next)
      ? [
          {
            path: "karpenter.install",
            change: "true to false",
            why: "it deletes every node pool and class, and terminates every node that Karpenter launched",
          },
        ]
      : [],
};
