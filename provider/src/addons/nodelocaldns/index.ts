/** node-local-dns: a cache of the cluster's DNS on every node, at an address that only the node itself knows. */
import { chosenImage } from "../../model/containerImages";
import type { YamlObject } from "../../encode/yaml";
import type { UnwrappedCluster } from "../../model/cluster";
import type { ChannelAddon } from "../addon";
import { hasNodeLocalDns, kubeDnsConfig, nodeLocalDnsConfig } from "../coredns/settings";
import { hostPath, kubeSystem, mount } from "../objects/containers";
import { configMap, daemonSet, service, serviceAccount, type KubernetesObject, type Labels } from "../objects/builders";
import type { Container, PodSpec } from "../objects/pods";

const name = "node-local-dns";
const upstream = "kube-dns-upstream";
const metadata = { name, namespace: kubeSystem };
const selected = { "k8s-app": name };
const reconciled = { "addonmanager.kubernetes.io/mode": "Reconcile" };
const clusterService = { "kubernetes.io/cluster-service": "true" };
const ports = [
  { name: "dns", port: 53, protocol: "UDP" },
  { name: "dns-tcp", port: 53, protocol: "TCP" },
] as const;
const metricsPort = 9253;

/** node-cache puts the cluster's DNS service, or the node's own servers, in their place. */
const placeholders = { cluster: "__PILLAR__CLUSTER__DNS__", upstream: "__PILLAR__UPSTREAM__SERVERS__" } as const;

export const nodeLocalDns: ChannelAddon = {
  name: "nodelocaldns.addons.k8s.io",
  condition: hasNodeLocalDns,
  needsRollingUpdate: "all",
  objects,
};

function objects(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const settings = nodeLocalDnsConfig(cluster);
  return [
    serviceAccount({ ...metadata, labels: { ...reconciled, ...clusterService } }),
    service(
      {
        name: upstream,
        namespace: kubeSystem,
        labels: { ...reconciled, ...clusterService, "k8s-app": "kube-dns", "kubernetes.io/name": "KubeDNSUpstream" },
      },
      { ports: ports.map((port) => ({ ...port, targetPort: port.port })), selector: { "k8s-app": "kube-dns" } },
    ),
    configMap({ ...metadata, labels: reconciled }, { Corefile: corefile(cluster, settings) }),
    daemonSet(
      { ...metadata, labels: { ...selected, ...reconciled, ...clusterService } },
      {
        selector: { matchLabels: selected },
        template: {
          metadata: {
            annotations: {
              "prometheus.io/port": String(metricsPort),
              "prometheus.io/scrape": "true",
              ...(settings["podAnnotations"] as Labels | undefined),
            },
            labels: selected,
          },
          spec: podSpec(cluster, settings),
        },
        updateStrategy: { type: "OnDelete" },
      },
    ),
  ];
}

function corefile(cluster: UnwrappedCluster, settings: YamlObject): string {
  const { externalCoreFile, additionalConfig } = settings;
  if (externalCoreFile !== undefined) return externalCoreFile as string;
  const address = settings["localIP"] as string;
  const isIpvs = cluster.clusterSpec.kubeProxy?.["proxyMode"] === "ipvs";
  const dns = isIpvs ? cluster.network.dnsAddress : placeholders.cluster;
  const toCluster = [`forward . ${dns} {`, "  force_tcp", "}"];
  const zone = (names: string, cache: readonly string[], forward: readonly string[], ...more: readonly string[]) => [
    `${names}:53 {`,
    ...["errors", ...cache, "reload", "loop", `bind ${address}`, ...forward, `prometheus :${metricsPort}`, ...more].map(
      (line) => `    ${line}`,
    ),
    "}",
  ];
  const health = `health ${address}:${cluster.release.ports.nodeLocalDnsHealthCheck}`;
  const caching = ["cache {", "  success 9984 30", "  denial 9984 5", "}"];
  const domain = kubeDnsConfig(cluster)["domain"] as string;
  const others =
    settings["forwardToKubeDNS"] === true
      ? zone(".", ["cache 30"], toCluster)
      : [
          ...zone("in-addr.arpa", ["cache 30"], toCluster),
          ...zone("ip6.arpa", ["cache 30"], toCluster),
          ...zone(".", ["cache 30"], [`forward . ${placeholders.upstream}`]),
        ];
  return [...zone(domain, caching, toCluster, health), ...others, (additionalConfig ?? "") as string].join("\n");
}

function podSpec(cluster: UnwrappedCluster, settings: YamlObject): PodSpec {
  return {
    containers: [container(cluster, settings)],
    dnsPolicy: "Default",
    hostNetwork: true,
    priorityClassName: "system-node-critical",
    serviceAccountName: name,
    tolerations: [
      { key: "CriticalAddonsOnly", operator: "Exists" },
      { effect: "NoExecute", operator: "Exists" },
      { effect: "NoSchedule", operator: "Exists" },
    ],
    volumes: [
      hostPath("xtables-lock", "/run/xtables.lock", "FileOrCreate"),
      { configMap: { name: "kube-dns", optional: true }, name: "kube-dns-config" },
      { configMap: { items: [{ key: "Corefile", path: "Corefile.base" }], name }, name: "config-volume" },
    ],
  };
}

function container(cluster: UnwrappedCluster, settings: YamlObject): Container {
  const address = settings["localIP"] as string;
  return {
    args: [`-localip=${address}`, "-conf=/etc/Corefile", `-upstreamsvc=${upstream}`, "-setupiptables=false"],
    image: chosenImage(cluster, settings["image"], "nodeLocalDns"),
    livenessProbe: {
      httpGet: { host: address, path: "/health", port: cluster.release.ports.nodeLocalDnsHealthCheck },
      initialDelaySeconds: 60,
      timeoutSeconds: 5,
    },
    name: "node-cache",
    ports: [...ports, { name: "metrics", port: metricsPort, protocol: "TCP" } as const].map((each) => ({
      containerPort: each.port,
      name: each.name,
      protocol: each.protocol,
    })),
    resources: { requests: { cpu: settings["cpuRequest"] as string, memory: settings["memoryRequest"] as string } },
    securityContext: { capabilities: { add: ["NET_ADMIN"] } },
    volumeMounts: [
      mount("xtables-lock", "/run/xtables.lock", { readOnly: false }),
      mount("config-volume", "/etc/coredns"),
      mount("kube-dns-config", "/etc/kube-dns"),
    ],
  };
}
