/** The registry: what `kops get cluster` and `kops get ig` show, and the completed spec. */
import { yaml, type YamlObject } from "../../encode/yaml";
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import type { RuntimeFacts } from "../../model/runtime";
import type { KopsObjectMetadata } from "../../schema/types.gen";
import { clusterFile } from "../../model/keyFiles";
import { artifact, type Artifact } from "../artifact";
import { completedSpec } from "../clusterSpec/completed";
import { declaredSpec } from "../clusterSpec/declared";
import { named } from "../../model/named";
import { bastionGroupName } from "../../model/names";
import { bastionGroupSpec, controlPlaneGroupSpec, nodeGroupSpec } from "./instanceGroups";

const clusterFacts = ["stateStore", "discoveryStore", "commonNatGatewayId", "creationTimestamp"] as const;

export function registryArtifacts(cluster: ResolvedCluster): readonly Artifact[] {
  return [
    artifact({
      store: "state",
      path: clusterFile,
      needs: clusterFacts,
      render: (known, facts) => clusterObject(known, facts, declaredSpec(known, facts)),
    }),
    artifact({
      store: "state",
      path: "cluster-completed.spec",
      needs: clusterFacts,
      render: (known, facts) => clusterObject(known, facts, completedSpec(known, facts)),
    }),
    ...cluster.controlPlaneGroups.map(({ name }) =>
      instanceGroupArtifact(name, (known) => controlPlaneGroupSpec(known, named(known.controlPlaneGroups, name))),
    ),
    ...cluster.nodeGroups.map(({ name }) =>
      instanceGroupArtifact(name, (known) => nodeGroupSpec(known, named(known.nodeGroups, name))),
    ),
    ...(cluster.network.bastion === undefined ? [] : [instanceGroupArtifact(bastionGroupName, bastionSpec)]),
    artifact({ store: "state", path: "clusteraddons/default", needs: [], render: () => "" }),
    artifact({ store: "state", path: "kops-version.txt", needs: [], render: (known) => known.release.version }),
  ];
}

function instanceGroupArtifact(name: string, spec: (cluster: UnwrappedCluster) => YamlObject): Artifact {
  return artifact({
    store: "state",
    holds: "group",
    path: `instancegroup/${name}`,
    needs: ["creationTimestamp"],
    render: (known, facts) => {
      const given = known.kopsMetadata.instanceGroups[name] ?? {};
      return apiObject("InstanceGroup", metadata(name, given, facts), spec(known));
    },
  });
}

function bastionSpec(cluster: UnwrappedCluster): YamlObject {
  const { bastion } = cluster.network;
  if (bastion === undefined) throw new Error("bug: the unwrapped cluster has no bastion");
  return bastionGroupSpec(bastion);
}

type CreationTime = Pick<RuntimeFacts, "creationTimestamp">;

function clusterObject(cluster: UnwrappedCluster, facts: CreationTime, spec: YamlObject): string {
  return apiObject("Cluster", metadata(cluster.name, cluster.kopsMetadata.cluster, facts), spec);
}

/** A cluster that kOps made has its own times: kOps dates its certificates back. */
function metadata(name: string, given: KopsObjectMetadata, { creationTimestamp }: CreationTime): YamlObject {
  return { creationTimestamp, ...given, name };
}

function apiObject(kind: string, ofObject: YamlObject, spec: YamlObject): string {
  return yaml({ apiVersion: "kops.k8s.io/v1alpha2", kind, metadata: ofObject, spec });
}
