import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";

/** Validation has checked that it is a plain value. */
export function hasMetricsServer({ clusterSpec }: Pick<ResolvedCluster | UnwrappedCluster, "clusterSpec">): boolean {
  return clusterSpec.metricsServer?.["enabled"] === true;
}
