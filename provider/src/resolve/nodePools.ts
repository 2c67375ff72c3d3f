/** NodePools: what a group and its pools say, merged. */
import type { NodeGroup, NodePool } from "../schema/types.gen";
import type { Architecture } from "../model/instanceTypes";
import type { ResolvedNodePool } from "../model/cluster";

export const instanceTypeLabel = "node.kubernetes.io/instance-type";

interface GroupOfPools {
  readonly declared: NodeGroup;
  readonly architectures: readonly Architecture[];
}

export function resolveNodePools(
  group: GroupOfPools,
  pools: Readonly<Record<string, NodePool>>,
): readonly ResolvedNodePool[] {
  return Object.keys(pools)
    .sort()
    .map((name) => resolveNodePool(name, pools[name] ?? {}, group));
}

function resolveNodePool(
  name: string,
  pool: NodePool,
  { declared: group, architectures }: GroupOfPools,
): ResolvedNodePool {
  const replicas = pool.replicas ?? staticSize(group);
  return {
    name,
    declared: pool,
    architectures: pool.architectures === undefined ? architectures : [...pool.architectures],
    capacityTypes: pool.capacityTypes ?? defaultCapacityTypes(group, replicas),
    requirements: [...instanceTypeRequirement(group), ...(pool.requirements ?? [])],
    labels: { ...group.labels, ...pool.labels },
    annotations: pool.annotations ?? {},
    taints: [...(group.taints ?? []), ...(pool.taints ?? [])],
    startupTaints: pool.startupTaints ?? [],
    limits: group.maxSize === undefined ? pool.limits : { ...pool.limits, nodes: String(group.maxSize) },
    weight: pool.weight,
    disruption:
      pool.disruption === undefined
        ? undefined
        : {
            consolidationPolicy: pool.disruption.consolidationPolicy,
            consolidateAfter: pool.disruption.consolidateAfter,
            budgets: pool.disruption.budgets,
          },
    expireAfter: pool.expireAfter,
    terminationGracePeriod: pool.terminationGracePeriod,
    replicas,
  };
}

/** Karpenter takes reserved capacity first, since it is paid for. */
function defaultCapacityTypes(group: NodeGroup, replicas: number | undefined): ResolvedNodePool["capacityTypes"] {
  const terms = group.capacityReservationSelectorTerms ?? [];
  return [
    "on-demand",
    ...(replicas === undefined ? (["spot"] as const) : []),
    ...(terms.length === 0 ? [] : (["reserved"] as const)),
  ];
}

/** A group's minSize is the constant size of its pool (kops upup/pkg/fi/cloudup/template_functions_karpenter.go). */
function staticSize(group: NodeGroup): number | undefined {
  return group.minSize !== undefined && group.minSize > 0 ? group.minSize : undefined;
}

/** Sorted and each once, as kOps writes them. */
function instanceTypeRequirement(group: NodeGroup): ResolvedNodePool["requirements"] {
  const types = [...new Set(group.instanceTypes ?? [])].sort();
  return types.length === 0 ? [] : [{ key: instanceTypeLabel, operator: "In", values: types }];
}
