import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";

type Cluster = Pick<ResolvedCluster | UnwrappedCluster, "clusterSpec">;

/** Validation has checked that it is a plain value. */
export function hasMetricsServer({ clusterSpec }: Cluster): boolean {
  return clusterSpec.metricsServer?.["enabled"] === true;
}

/** With cert-manager's certificate. Nothing said is insecure in kOps's manifest, and secure in its validation and channel. */
export function isSecure({ clusterSpec }: Cluster): boolean {
  return clusterSpec.metricsServer?.["insecure"] === false;
}

export function wantsIssuer({ clusterSpec }: Cluster): boolean {
  return clusterSpec.metricsServer?.["insecure"] !== true;
}
