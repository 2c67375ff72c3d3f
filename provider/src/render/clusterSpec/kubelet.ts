/** The kubelet's configuration: the cluster's two, and each group's own. */
import type { YamlObject } from "../../encode/yaml";
import { compareCodeUnits } from "../../encode/natural";
import {
  clusterDnsAddress,
  clusterDomain,
  imageVolumesOnByDefault,
  versionAtLeast,
} from "../../releases/1.36/kubernetes";
import type { SettledCluster, SettledControlPlaneGroup, SettledNodeGroup } from "../../model/cluster";
import { presentFields } from "./fields";
import type { Taint } from "../../schema/types.gen";

/** kops v1.36.2 pkg/model/components/kubelet.go:63 */
const standardKubelet = {
  anonymousAuth: false,
  cgroupDriver: "systemd",
  cgroupRoot: "/",
  cloudProvider: "external",
  clusterDNS: clusterDnsAddress,
  clusterDomain,
  enableDebuggingHandlers: true,
  evictionHard: [
    "memory.available<100Mi",
    "nodefs.available<10%",
    "nodefs.inodesFree<5%",
    "imagefs.available<10%",
    "imagefs.inodesFree<5%",
  ].join(","),
  kubeconfigPath: "/var/lib/kubelet/kubeconfig",
  logLevel: 2,
  podManifestPath: "/etc/kubernetes/manifests",
  protectKernelDefaults: true,
  shutdownGracePeriod: "30s",
  shutdownGracePeriodCriticalPods: "10s",
} as const;

export function nodeKubelet(): YamlObject {
  return standardKubelet;
}

/** etcd-manager mounts the etcd releases as image volumes (kops v1.36.2 pkg/model/components/etcdmanager/options.go:45). */
export function controlPlaneKubelet(cluster: SettledCluster): YamlObject {
  const featureGates = versionAtLeast(cluster.kubernetesVersion, imageVolumesOnByDefault)
    ? undefined
    : { ImageVolume: "true" };
  return { ...standardKubelet, featureGates };
}

/** kops v1.36.2 upup/pkg/fi/cloudup/populate_instancegroup_spec.go:234 and pkg/nodelabels/builder.go:34 */
export function controlPlaneGroupKubelet(cluster: SettledCluster, group: SettledControlPlaneGroup): YamlObject {
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

export function nodeGroupKubelet(group: SettledNodeGroup): YamlObject {
  return {
    ...standardKubelet,
    ...presentFields(group.kubelet ?? {}),
    nodeLabels: { "node-role.kubernetes.io/node": "", ...groupLabels(group) },
    // Karpenter takes the last one off once it knows the node (populate_instancegroup_spec.go:301).
    taints: sortedTaints([...group.taints.map(taintText), "karpenter.sh/unregistered=:NoExecute"]),
  };
}

/** The labels that an instance group's spec holds. */
export function groupLabels(group: SettledControlPlaneGroup | SettledNodeGroup): Readonly<Record<string, string>> {
  return { ...group.labels, "kops.k8s.io/instancegroup": group.name };
}

export function taintText(taint: Taint): string {
  const value = taint.value === undefined ? "" : `=${taint.value}`;
  return `${taint.key}${value}:${taint.effect}`;
}

function sortedTaints(taints: readonly string[]): readonly string[] {
  return [...new Set(taints)].sort(compareCodeUnits);
}
