/** The Karpenter controller. */
import { karpenterCharts, kopsRelease } from "../releases/1.36/releases";
import type { Karpenter } from "../schema/types.gen";
import type { ResolvedKarpenter, ResolvedNodeGroup } from "../model/cluster";

export function resolveKarpenter(
  declared: Karpenter,
  kopsVersion: string,
  controlPlaneSize: number,
  nodeGroups: readonly ResolvedNodeGroup[],
): ResolvedKarpenter {
  const hasStaticPool = nodeGroups.some((group) => group.nodePools.some((pool) => pool.replicas !== undefined));
  return {
    install: declared.install ?? true,
    version: declared.version ?? kopsRelease(kopsVersion).karpenterVersion,
    chart: declared.chart ?? karpenterCharts.controller,
    crdChart: declared.crdChart ?? karpenterCharts.crds,
    values: declared.values ?? {},
    // The controller runs on control-plane nodes, one pod on each at most.
    replicas: declared.replicas ?? (controlPlaneSize === 1 ? 1 : 2),
    requests: declared.resources?.requests ?? { cpu: "500m", memory: "1Gi" },
    limits: declared.resources?.limits ?? { memory: "1Gi" },
    logLevel: declared.logLevel ?? "info",
    featureGates: { ...declared.featureGates, ...(hasStaticPool ? { StaticCapacity: true } : {}) },
    interruptionHandling: declared.interruptionHandling ?? true,
    deleteCrds: declared.deleteCrds ?? false,
  };
}
