/** What the cluster spec and the nodeup configuration say of the pod network. */
import { declaredAmazonVpc } from "../../addons/amazon-vpc/settings";
import { completedCalico, declaredCalico } from "../../addons/calico/settings";
import { completedCilium, declaredCilium, usesHubble } from "../../addons/cilium/settings";
import { kindnetMasquerading } from "../../addons/kindnet/masquerading";
import { hasPodIdentityWebhook } from "../../addons/pod-identity-webhook/settings";
import type { YamlObject } from "../../encode/yaml";
import type { UnwrappedCluster } from "../../model/cluster";
import { proxyExcludes } from "../../model/egressProxy";

export function declaredNetworking(cluster: UnwrappedCluster): YamlObject {
  switch (cluster.cni) {
    case "amazonvpc":
      return { amazonvpc: declaredAmazonVpc(cluster) };
    case "calico":
      return { calico: declaredCalico(cluster) };
    case "cilium":
      return { cilium: declaredCilium(cluster) };
    case "kindnet":
      return { kindnet: {} };
    case "none":
      return { cni: {} };
  }
}

export function completedNetworking(cluster: UnwrappedCluster): YamlObject {
  const { addons } = cluster.release;
  switch (cluster.cni) {
    case "calico":
      return { calico: completedCalico(cluster) };
    case "cilium":
      return { cilium: completedCilium(cluster) };
    case "kindnet":
      return { kindnet: { ...addons.kindnet, masquerade: kindnetMasquerading(cluster) } };
    case "amazonvpc":
    case "none":
      return declaredNetworking(cluster);
  }
}

/** Hubble and the webhook for pods have certificates of cert-manager; nothing said of it, the user installs it. */
export function declaredCertManager(cluster: UnwrappedCluster): YamlObject | undefined {
  if (cluster.clusterSpec.certManager !== undefined) return undefined;
  return usesHubble(cluster) || hasPodIdentityWebhook(cluster) ? { enabled: true, managed: false } : undefined;
}

/** kops pkg/apis/nodeup/config.go:323 and :398 */
export function nodeNetworking(cluster: UnwrappedCluster, role: "ControlPlane" | "Node"): YamlObject {
  const { calico, cni, network } = cluster;
  return {
    amazonVPC: cni === "amazonvpc" ? {} : undefined,
    calico: cni === "calico" ? { wireguardEnabled: calico.wireguardEnabled } : undefined,
    cilium: cni === "cilium" ? {} : undefined,
    // Workers have it from their environment alone.
    egressProxy: role === "ControlPlane" ? declaredProxy(cluster) : undefined,
    kindnet: cni === "kindnet" ? {} : undefined,
    nonMasqueradeCIDR: network.nonMasqueradeCidr,
    serviceClusterIPRange: network.serviceCidr,
  };
}

/** With what kOps adds to the user's exclusions when it stores a spec. */
export function declaredProxy(cluster: UnwrappedCluster): YamlObject | undefined {
  const given = cluster.clusterSpec.egressProxy as YamlObject | undefined;
  return given === undefined ? undefined : { ...given, excludes: proxyExcludes(cluster) };
}
