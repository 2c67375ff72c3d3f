/** The files of the two stores. */
import type { ResolvedCluster } from "../model/cluster";
import { addonArtifacts } from "./addons";
import { discoveryArtifacts } from "./discovery";
import type { Artifact } from "../model/runtime";
import { channelsArtifact } from "./manifests/channels";
import { etcdArtifacts } from "./manifests/etcd";
import { healthcheckArtifact } from "./manifests/healthcheck";
import { controlPlaneArtifacts, workerArtifacts } from "./nodeup/artifacts";
import { pkiArtifacts } from "./pki/artifacts";
import { registryArtifacts } from "./registry/artifacts";

export function artifacts(cluster: ResolvedCluster): readonly Artifact[] {
  return [...clusterArtifacts(cluster), ...workerArtifacts(cluster)];
}

export { workerArtifacts };

/** All that a control plane needs to come up, and kOps to know the cluster. */
export function clusterArtifacts(cluster: ResolvedCluster): readonly Artifact[] {
  return [
    ...registryArtifacts(cluster),
    ...pkiArtifacts(cluster),
    ...controlPlaneArtifacts(cluster),
    ...etcdArtifacts(cluster),
    channelsArtifact,
    healthcheckArtifact,
    ...addonArtifacts(cluster),
    ...discoveryArtifacts(),
  ];
}
