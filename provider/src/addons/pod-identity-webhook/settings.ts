import type { ResolvedCluster } from "../../model/cluster";

const defaultReplicas = 2;

/** Validation has checked that it is a plain value. */
export function hasPodIdentityWebhook({ clusterSpec }: Pick<ResolvedCluster, "clusterSpec">): boolean {
  return clusterSpec.podIdentityWebhook?.["enabled"] === true;
}

export function webhookReplicas({ clusterSpec }: Pick<ResolvedCluster, "clusterSpec">): number {
  // To kOps, 0 is the default as well.
  const given = clusterSpec.podIdentityWebhook?.["replicas"] as number | undefined;
  return given === undefined || given === 0 ? defaultReplicas : given;
}
