/** The files of the two stores. */
import type { ResolvedCluster } from "../model/cluster";
import { addonArtifacts } from "./addons";
import type { Artifact } from "./artifact";
import { nodeupScriptFile } from "./bootstrap/artifacts";
import { discoveryArtifacts } from "./discovery";
import { channelsArtifact } from "./manifests/channels";
import { etcdArtifacts } from "./manifests/etcd";
import { healthcheckArtifact } from "./manifests/healthcheck";
import { controlPlaneConfigFile, nodeConfigFile } from "./nodeup/artifacts";
import { pkiArtifacts } from "./pki/artifacts";
import { registryArtifacts } from "./registry/artifacts";

export function artifacts(cluster: ResolvedCluster): readonly Artifact[] {
  return [...clusterArtifacts(cluster), ...workerArtifacts(cluster)];
}

/** All that a control plane needs to come up, and kOps to know the cluster. */
export function clusterArtifacts(cluster: ResolvedCluster): readonly Artifact[] {
  return [
    ...registryArtifacts(cluster),
    ...pkiArtifacts(cluster),
    ...cluster.controlPlaneGroups.map(({ name }) => controlPlaneConfigFile(name)),
    ...etcdArtifacts(cluster),
    channelsArtifact,
    healthcheckArtifact,
    ...addonArtifacts(cluster),
    ...discoveryArtifacts(),
  ];
}

/** The configuration of workers, and the scripts of those that Karpenter launches: others' are in launch templates. */
export function workerArtifacts(cluster: ResolvedCluster): readonly Artifact[] {
  return cluster.nodeGroups.flatMap(({ name, manager }) =>
    manager === "Karpenter" ? [nodeConfigFile(name), nodeupScriptFile(name)] : [nodeConfigFile(name)],
  );
}
