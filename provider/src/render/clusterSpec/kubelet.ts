/** The kubelet's configuration: the cluster's two, and each group's own. */
import type { YamlObject } from "../../encode/yaml";
import { compareCodeUnits } from "../../encode/natural";
import { versionAtLeast } from "../../model/versions";
import type { UnwrappedCluster, UnwrappedControlPlaneGroup, UnwrappedNodeGroup } from "../../model/cluster";
import { presentFields } from "./fields";
import type { Taint } from "../../schema/types.gen";

export function nodeKubelet({ release: { components, network } }: UnwrappedCluster): YamlObject {
  return { ...components.kubelet, clusterDNS: network.clusterDnsAddress, clusterDomain: network.clusterDomain };
}

/** etcd-manager mounts the etcd releases as image volumes (kops pkg/model/components/etcdmanager/options.go:45). */
export function controlPlaneKubelet(cluster: UnwrappedCluster): YamlObject {
  const isOnByDefault = versionAtLeast(cluster.kubernetesVersion, cluster.release.kubernetes.imageVolumesOnByDefault);
  return { ...nodeKubelet(cluster), featureGates: isOnByDefault ? undefined : { ImageVolume: "true" } };
}

/** kops upup/pkg/fi/cloudup/populate_instancegroup_spec.go:234 and pkg/nodelabels/builder.go:34 */
export function controlPlaneGroupKubelet(cluster: UnwrappedCluster, group: UnwrappedControlPlaneGroup): YamlObject {
  return {
    ...controlPlaneKubelet(cluster),
    nodeLabels: {
      "kops.k8s.io/kops-controller-pki": "",
      "node-role.kubernetes.io/control-plane": "",
      "node.kubernetes.io/exclude-from-external-load-balancers": "",
      ...groupLabels(group),
    },
    taints: sortedTaints([...group.taints.map(taintText), "node-role.kubernetes.io/control-plane=:NoSchedule"]),
  };
}

export function nodeGroupKubelet(cluster: UnwrappedCluster, group: UnwrappedNodeGroup): YamlObject {
  return {
    ...nodeKubelet(cluster),
    ...presentFields(group.kubelet ?? {}),
    nodeLabels: { "node-role.kubernetes.io/node": "", ...groupLabels(group) },
    // Karpenter takes the last one off once it knows the node (populate_instancegroup_spec.go:301).
    taints: sortedTaints([...group.taints.map(taintText), "karpenter.sh/unregistered=:NoExecute"]),
  };
}

/** The labels that an instance group's spec holds. */
export function groupLabels(group: UnwrappedControlPlaneGroup | UnwrappedNodeGroup): Readonly<Record<string, string>> {
  return { ...group.labels, "kops.k8s.io/instancegroup": group.name };
}

export function taintText(taint: Taint): string {
  const value = taint.value === undefined ? "" : `=${taint.value}`;
  return `${taint.key}${value}:${taint.effect}`;
}

function sortedTaints(taints: readonly string[]): readonly string[] {
  return [...new Set(taints)].sort(compareCodeUnits);
}
