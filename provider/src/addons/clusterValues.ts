/** Values of the cluster that several addons write. */
import type { UnwrappedCluster } from "../model/cluster";
import { controlPlaneLabel, formerControlPlaneLabel, tolerate } from "./objects/containers";
import type { Toleration } from "./objects/pods";

/** Controllers run twice where one control-plane node can fail (kops upup/pkg/fi/cloudup/template_functions.go:612). */
export function controllerReplicas(cluster: UnwrappedCluster): number {
  return cluster.controlPlaneGroups.length > 1 ? 2 : 1;
}

/** The tags for AWS resources that controllers make, as one flag value (kops upup/pkg/fi/cloudup/template_functions.go:406). */
export function tagsFlag(cluster: UnwrappedCluster): string {
  const tags = Object.entries(cluster.tags).map(([name, value]) => `${name}=${value}`);
  return [`KubernetesCluster=${cluster.name}`, ...tags].sort().join(",");
}

/** With Karpenter there may be no worker until these pods run (kops upup/pkg/fi/cloudup/template_functions.go:470). */
export function toControlPlane({ karpenter }: UnwrappedCluster): readonly Toleration[] {
  return karpenter.enabled ? tolerate(formerControlPlaneLabel, controlPlaneLabel) : [];
}
