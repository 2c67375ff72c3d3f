/** Warm pools of groups of workers (kops pkg/apis/kops/cluster.go:1175). */
import type { WarmPool } from "../schema/types.gen";
import { cloudGroups, type ResolvedCloudGroup, type ResolvedCluster } from "./cluster";

type Group = Pick<ResolvedCloudGroup, "settings">;

/** Undefined where the group has none, or one that is switched off. */
export function warmPoolOf({ settings: { warmPool } }: Group): WarmPool | undefined {
  return warmPool?.maxSize === 0 ? undefined : warmPool;
}

/** Whether instances wait for nodeup before they are in service. */
export function waitsForNodeup(group: Group): boolean {
  return warmPoolOf(group)?.enableLifecycleHook === true;
}

/** The groups whose instances wait. */
export function waitingGroups(cluster: Pick<ResolvedCluster, "nodeGroups">): readonly ResolvedCloudGroup[] {
  return cloudGroups(cluster).filter(waitsForNodeup);
}
