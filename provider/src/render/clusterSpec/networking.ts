/** What the cluster spec and the nodeup configuration say of the pod network. */
import { kindnetMasquerading } from "../../addons/kindnet/masquerading";
import type { YamlObject } from "../../encode/yaml";
import type { UnwrappedCluster } from "../../model/cluster";

export function declaredNetworking({ cni }: UnwrappedCluster): YamlObject {
  switch (cni) {
    case "cilium":
      return { cilium: { enableNodePort: true } };
    case "kindnet":
      return { kindnet: {} };
    case "none":
      return { cni: {} };
  }
}

export function completedNetworking(cluster: UnwrappedCluster): YamlObject {
  const { addons, components } = cluster.release;
  switch (cluster.cni) {
    case "cilium":
      return { cilium: components.cilium };
    case "kindnet":
      return { kindnet: { ...addons.kindnet, masquerade: kindnetMasquerading(cluster) } };
    case "none":
      return declaredNetworking(cluster);
  }
}

/** kops pkg/apis/nodeup/config.go:323 */
export function nodeNetworking({ cni, release: { network } }: UnwrappedCluster): YamlObject {
  return {
    cilium: cni === "cilium" ? {} : undefined,
    kindnet: cni === "kindnet" ? {} : undefined,
    nonMasqueradeCIDR: network.nonMasqueradeCidr,
    serviceClusterIPRange: network.serviceClusterIpRange,
  };
}
