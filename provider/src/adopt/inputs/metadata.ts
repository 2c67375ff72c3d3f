/** Times, labels and annotations of kOps's objects. */
import type { ResolvedCluster } from "../../model/cluster";
import { registryArtifacts } from "../../render/registry/artifacts";
import type { Fields } from "../../encode/fields";
import { present } from "../fields";
import type { StoredCluster, StoredObject } from "../store/storedCluster";

/** Of groups that the component writes: of another, the whole file is reported. */
export function metadataInputs({ cluster, groups }: StoredCluster, resolved: ResolvedCluster): Fields {
  const written = registryArtifacts(resolved).map(({ path }) => path);
  const known = groups.filter(({ path }) => written.includes(path));
  return {
    cluster: objectMetadata(cluster),
    instanceGroups: Object.fromEntries(known.map((group) => [group.name, objectMetadata(group)])),
  };
}

function objectMetadata({ metadata }: StoredObject): Fields {
  const { creationTimestamp, generation, labels, annotations } = metadata;
  return present({ creationTimestamp, generation, labels, annotations }) ?? {};
}
