/** kindnet: routes between nodes, network policies and a DNS cache, in one daemon. */
import type { UnwrappedCluster } from "../../model/cluster";
import { imageOf } from "../../model/containerImages";
import { networkPluginSelector, type ChannelAddon } from "../addon";
import { daemonSet, serviceAccount, type KubernetesObject } from "../objects/builders";
import { fieldEnv, hostPath, kubeSystem, mount } from "../objects/containers";
import type { Container, PodSpec } from "../objects/pods";
import { clusterRole, clusterRoleBinding, rule, serviceAccountSubject, type PolicyRule } from "../objects/rbac";
import { kindnetMasquerading } from "./masquerading";

const name = "kindnet";
const metadata = { name, namespace: kubeSystem };

export const kindnet: ChannelAddon = {
  name: "networking.kindnet",
  condition: ({ cni }) => cni === "kindnet",
  selector: networkPluginSelector,
  needsRollingUpdate: "all",
  objects,
};

function objects(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return [
    clusterRole({ name }, rules),
    clusterRoleBinding({ name }, name, serviceAccountSubject(name, kubeSystem)),
    serviceAccount(metadata),
    workload(cluster),
  ];
}

const rules: readonly PolicyRule[] = [
  rule("", "nodes", "list watch patch"),
  rule("", "nodes/proxy nodes/configz", "get"),
  rule("", "configmaps", "get"),
  rule("", "pods namespaces", "list watch"),
  rule("networking.k8s.io", "networkpolicies", "list watch"),
];

function workload(cluster: UnwrappedCluster): KubernetesObject {
  const labels = { app: name, "k8s-app": name, tier: "node" };
  return daemonSet(
    { ...metadata, labels },
    { selector: { matchLabels: { app: name } }, template: { metadata: { labels }, spec: podSpec(cluster) } },
  );
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    containers: [agent(cluster)],
    hostNetwork: true,
    initContainers: [installer(cluster)],
    serviceAccountName: name,
    tolerations: [{ effect: "NoSchedule", operator: "Exists" }],
    volumes: [
      hostPath("cni-bin", "/opt/cni/bin", "DirectoryOrCreate"),
      hostPath("cni-cfg", "/etc/cni/net.d", "DirectoryOrCreate"),
      hostPath("var-lib-kindnet", "/var/lib/cni-kindnet", "DirectoryOrCreate"),
    ],
  };
}

function installer(cluster: UnwrappedCluster): Container {
  return {
    command: ["sh", "-c", "cat /opt/cni/bin/cni-kindnet > /cni/cni-kindnet ; chmod +x /cni/cni-kindnet"],
    image: imageOf(cluster, "kindnet"),
    name: "install-cni-bin",
    volumeMounts: [mount("cni-bin", "/cni")],
  };
}

function agent(cluster: UnwrappedCluster): Container {
  const { fastPathThreshold, logLevel } = cluster.release.addons.kindnet;
  const masquerading = kindnetMasquerading(cluster);
  return {
    command: [
      "/bin/kindnetd",
      "--hostname-override=$(NODE_NAME)",
      `--v=${logLevel}`,
      "--dns-caching=true",
      "--nat64=false",
      `--fastpath-threshold=${fastPathThreshold}`,
      `--masquerading=${String(masquerading.enabled)}`,
      `--no-masquerade-cidr=${masquerading.nonMasqueradeCIDRs.join(",")}`,
    ],
    env: [
      fieldEnv("HOST_IP", "status.hostIP"),
      fieldEnv("POD_IP", "status.podIP"),
      fieldEnv("NODE_NAME", "spec.nodeName"),
    ],
    image: imageOf(cluster, "kindnet"),
    name: "kindnet-cni",
    resources: { requests: { cpu: "100m", memory: "50Mi" } },
    securityContext: { privileged: true },
    volumeMounts: [mount("cni-cfg", "/etc/cni/net.d"), mount("var-lib-kindnet", "/var/lib/cni-kindnet")],
  };
}
