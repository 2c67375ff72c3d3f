/** How the instances of Auto Scaling groups are replaced. */
import type { ResolvedRollingUpdate } from "../model/cluster";
import type { RollingUpdate } from "../schema/types.gen";

/** Defaults of `kops rolling-update cluster` (kops v1.36.2 cmd/kops/rolling-update_cluster.go:153; failOnDrainError :219). */
export function resolveRollingUpdate(declared: RollingUpdate): ResolvedRollingUpdate {
  return {
    strategy: declared.strategy ?? "rolling",
    drainTimeoutSeconds: declared.drainTimeoutSeconds ?? 900,
    failOnDrainError: declared.failOnDrainError ?? true,
    postDrainDelaySeconds: declared.postDrainDelaySeconds ?? 5,
    validationTimeoutSeconds: declared.validationTimeoutSeconds ?? 900,
    validateCount: declared.validateCount ?? 2,
    controlPlaneIntervalSeconds: declared.controlPlaneIntervalSeconds ?? 15,
    nodeIntervalSeconds: declared.nodeIntervalSeconds ?? 15,
  };
}
