/** Metadata of objects in the registry, which kOps does not check either: only what no object can have. */
import type { ResolvedCluster } from "../../model/cluster";
import { bastionGroupName } from "../../model/names";
import type { KopsObjectMetadata } from "../../schema/types.gen";
import { fields, type Checks } from "../kit/checks";
import { utcTime } from "../kit/formats";

export function checkKopsMetadata(cluster: ResolvedCluster, checks: Checks): void {
  const { kopsMetadata, controlPlaneGroups, nodeGroups, network } = cluster;
  checkObject("kopsMetadata.cluster", kopsMetadata.cluster, checks);
  const names = [...controlPlaneGroups, ...nodeGroups].map(({ name }) => name);
  const groups = network.bastion === undefined ? names : [...names, bastionGroupName];
  for (const [name, metadata, path] of fields("kopsMetadata.instanceGroups", kopsMetadata.instanceGroups)) {
    checks.oneOf(path, name, groups, "unknown instance group");
    checkObject(path, metadata, checks);
  }
}

function checkObject(path: string, { creationTimestamp, generation }: KopsObjectMetadata, checks: Checks): void {
  checks.matches(`${path}.creationTimestamp`, creationTimestamp, utcTime);
  checks.atLeast(`${path}.generation`, generation, 1);
}
