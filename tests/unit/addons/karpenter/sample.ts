/** Karpenter's objects for some inputs. */
import { nodeClassManifest } from "../../../../provider/src/addons/karpenter/nodeClass";
import { nodePoolManifest } from "../../../../provider/src/addons/karpenter/nodePool";
import { karpenterGroups } from "../../../../provider/src/model/cluster";
import type { Manifest } from "../../../../provider/src/addons/karpenter/customObjects";
import type { ClusterInputs, NodeGroup, NodePool } from "../../../../provider/src/schema/types.gen";
import { sampleCluster } from "../../render/sample";

export function groupsOf(inputs: Partial<ClusterInputs>) {
  const cluster = sampleCluster(inputs);
  return karpenterGroups(cluster).map((group) => ({
    group,
    nodeClass: withUserData(nodeClassManifest(cluster, group, "/dev/sda1")),
    pools: group.nodePools.map((pool) => nodePoolManifest(group, pool)),
  }));
}

/** As the component adds it, field by field. */
function withUserData(manifest: Manifest): Manifest {
  return { ...manifest, spec: { ...manifest.spec, userData: "the script" } };
}

/** Of one group called `workers`. */
export function objectsOf(group: NodeGroup, inputs: Partial<ClusterInputs> = {}) {
  const [only] = groupsOf({ ...inputs, nodeGroups: { workers: group } });
  if (only === undefined) throw new Error("there is no group");
  return only;
}

/** Of one pool called `pool`. */
export function poolOf(pool: NodePool, group: NodeGroup = {}): Manifest {
  const [only] = objectsOf({ ...group, nodePools: { pool } }).pools;
  if (only === undefined) throw new Error("there is no pool");
  return only;
}
