/** What the agents read from config maps: among it, the CNI configuration that they install on each node. */
import type { UnwrappedCluster } from "../../model/cluster";
import { dnsNames } from "../../model/names";
import { configMap, type KubernetesObject } from "../objects/builders";
import { apiServer, config, namespaced, typha } from "./names";
import { calicoSettings, usesTypha } from "./settings";

export const keys = {
  backend: "calico_backend",
  mtu: "veth_mtu",
  network: "cni_network_config",
  typha: "typha_service_name",
} as const;

export function settingsMap(cluster: UnwrappedCluster): KubernetesObject {
  const { mtu } = calicoSettings(cluster);
  return configMap(namespaced(config), {
    // The BGP daemon, which distributes the routes between nodes.
    [keys.backend]: "bird",
    [keys.mtu]: String(mtu),
    [keys.network]: networkConfiguration(cluster),
    [keys.typha]: usesTypha(cluster) ? typha : "none",
  });
}

/** Without kube-proxy, the address of the Service `kubernetes` leads nowhere until the agents run. */
export function apiServerMap(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  if (!calicoSettings(cluster).bpfEnabled) return [];
  return [
    configMap(namespaced(apiServer), {
      KUBERNETES_SERVICE_HOST: dnsNames(cluster.name).apiInternal,
      KUBERNETES_SERVICE_PORT: "443",
    }),
  ];
}

/** JSON but for what the installer fills in. Its spaces are a part of the manifest's hash. */
function networkConfiguration(cluster: UnwrappedCluster): string {
  const { allowIPForwarding } = calicoSettings(cluster);
  const plugin = [
    '"type": "calico"',
    '"log_level": "info"',
    '"log_file_path": "/var/log/calico/cni/cni.log"',
    '"datastore_type": "kubernetes"',
    '"nodename": "__KUBERNETES_NODE_NAME__"',
    '"mtu": __CNI_MTU__',
    section("ipam", '"assign_ipv4": "true"', '"assign_ipv6": "false"', '"type": "calico-ipam"'),
    ...(allowIPForwarding ? [section("container_settings", '"allow_ip_forwarding": true')] : []),
    section("policy", '"type": "k8s"'),
    section("kubernetes", '"kubeconfig": "__KUBECONFIG_FILEPATH__"'),
  ];
  const ports = ['"type": "portmap"', '"snat": true', '"capabilities": {"portMappings": true}'];
  const plugins = [plugin, ports].map((fields) => `    {\n${indented(6, fields)}\n    }`).join(",\n");
  const { cniVersion } = cluster.release.addons.calico;
  return `{\n  "name": "k8s-pod-network",\n  "cniVersion": "${cniVersion}",\n  "plugins": [\n${plugins}\n  ]\n}`;
}

function section(name: string, ...fields: readonly string[]): string {
  return `"${name}": {\n${indented(10, fields)}\n      }`;
}

function indented(spaces: number, fields: readonly string[]): string {
  return fields.map((field) => " ".repeat(spaces) + field).join(",\n");
}
