/** The Karpenter controller. */
import type { KopsRelease } from "../releases/release";
import type { Karpenter } from "../schema/types.gen";
import { karpenterGroups, type ResolvedKarpenter, type ResolvedNodeGroup } from "../model/cluster";

/** As kOps has it: clusters without Karpenter have no other trace of it. */
export function isKarpenterEnabled(declared: Karpenter | undefined): boolean {
  return declared?.enabled ?? true;
}

export function resolveKarpenter(
  declared: Karpenter,
  release: KopsRelease,
  controlPlaneSize: number,
  nodeGroups: readonly ResolvedNodeGroup[],
): ResolvedKarpenter {
  const hasStaticPool = karpenterGroups({ nodeGroups }).some((group) =>
    group.nodePools.some((pool) => pool.replicas !== undefined),
  );
  const enabled = isKarpenterEnabled(declared);
  return {
    enabled,
    install: enabled && (declared.install ?? true),
    version: declared.version ?? release.karpenter.version,
    chart: declared.chart ?? release.karpenter.charts.controller,
    crdChart: declared.crdChart ?? release.karpenter.charts.crds,
    values: declared.values ?? {},
    // The controller runs on control-plane nodes, one pod on each at most.
    replicas: declared.replicas ?? (controlPlaneSize === 1 ? 1 : 2),
    requests: declared.resources?.requests ?? { cpu: "500m", memory: "1Gi" },
    limits: declared.resources?.limits ?? { memory: "1Gi" },
    logLevel: declared.logLevel ?? "info",
    featureGates: { ...declared.featureGates, ...(hasStaticPool ? { StaticCapacity: true } : {}) },
    interruptionHandling: enabled && (declared.interruptionHandling ?? true),
    policy: declared.policy ?? "scoped",
    deleteCrds: declared.deleteCrds ?? false,
  };
}
