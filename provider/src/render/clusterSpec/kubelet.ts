/** The kubelet's configuration: the cluster's two, and each group's own. */
import { dnsAddressOfPods } from "../../addons/coredns/settings";
import type { YamlObject } from "../../encode/yaml";
import { compareCodeUnits } from "../../encode/natural";
import { usesVpcAddresses } from "../../model/podNetwork";
import { versionAtLeast } from "../../model/versions";
import type { UnwrappedCluster, UnwrappedControlPlaneGroup, UnwrappedNodeGroup } from "../../model/cluster";
import { presentFields, presentList, presentMap } from "./fields";
import { groupSection, overridden, sectionOf } from "../spec/overrides";
import { merged } from "../../model/spec/values";
import type { Taint } from "../../schema/types.gen";

/** A daemon that ends early leaves network interfaces behind (kops pkg/model/components/kubelet.go:156). */
const noGracePeriods = { shutdownGracePeriod: "0s", shutdownGracePeriodCriticalPods: "0s" };

/** Of the two grace periods, kOps gives none where the user gives the first (kops pkg/model/components/kubelet.go:140). */
export function nodeKubelet(cluster: UnwrappedCluster): YamlObject {
  const { network } = cluster;
  const { components } = cluster.release;
  const { shutdownGracePeriodCriticalPods, ...settings } = components.kubelet;
  const isDefault = cluster.clusterSpec.kubelet?.["shutdownGracePeriod"] === undefined;
  return overridden(cluster, "kubelet", {
    ...settings,
    ...(isDefault ? { shutdownGracePeriodCriticalPods } : {}),
    ...(usesVpcAddresses(cluster) ? noGracePeriods : {}),
    clusterDNS: dnsAddressOfPods(cluster),
    clusterDomain: network.clusterDomain,
  });
}

/** etcd-manager mounts the etcd releases as image volumes (kops pkg/model/components/etcdmanager/options.go:45). */
export function controlPlaneKubelet(cluster: UnwrappedCluster): YamlObject {
  const isOnByDefault = versionAtLeast(cluster.kubernetesVersion, cluster.release.kubernetes.imageVolumesOnByDefault);
  const { featureGates: ofNodes, ...settings } = nodeKubelet(cluster);
  const featureGates = { ...(isOnByDefault ? {} : { ImageVolume: "true" }), ...(ofNodes as YamlObject | undefined) };
  return merged({ ...settings, featureGates: presentMap(featureGates) }, sectionOf(cluster, "masterKubelet"));
}

/** kops upup/pkg/fi/cloudup/populate_instancegroup_spec.go:234 and pkg/nodelabels/builder.go:34 */
export function controlPlaneGroupKubelet(cluster: UnwrappedCluster, group: UnwrappedControlPlaneGroup): YamlObject {
  return {
    ...merged(controlPlaneKubelet(cluster), groupSection(cluster, group, "kubelet")),
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
  const ofGroup = merged(presentFields(group.kubelet ?? {}), groupSection(cluster, group, "kubelet"));
  // Karpenter takes it off once it knows the node (populate_instancegroup_spec.go:301).
  const unregistered = group.manager === "Karpenter" ? ["karpenter.sh/unregistered=:NoExecute"] : [];
  return {
    ...merged(nodeKubelet(cluster), ofGroup),
    nodeLabels: { "node-role.kubernetes.io/node": "", ...groupLabels(group) },
    taints: presentList(sortedTaints([...group.taints.map(taintText), ...unregistered])),
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
