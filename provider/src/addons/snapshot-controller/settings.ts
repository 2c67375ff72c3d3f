import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";

type Settings = Pick<ResolvedCluster | UnwrappedCluster, "clusterSpec">;

/** Validation has checked that it is a plain value. */
export function hasSnapshotController({ clusterSpec }: Settings): boolean {
  return clusterSpec.snapshotController?.["enabled"] === true;
}

export function hasDefaultSnapshotClass({ clusterSpec }: Settings): boolean {
  return clusterSpec.snapshotController?.["installDefaultClass"] === true;
}
