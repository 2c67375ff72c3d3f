/** CoreDNS itself: its configuration, its pods and their service. */
import { chosenImage } from "../../model/containerImages";
import type { YamlObject } from "../../encode/yaml";
import { publishesDnsRecords, type UnwrappedCluster } from "../../model/cluster";
import { toControlPlane } from "../clusterValues";
import { hostPath, kubeSystem, linuxOnly, mount } from "../objects/containers";
import {
  configMap,
  deployment,
  podDisruptionBudget,
  service,
  serviceAccount,
  type KubernetesObject,
  type Labels,
} from "../objects/builders";
import type { Container, PodSpec } from "../objects/pods";
import { clusterRole, clusterRoleBinding, rule, serviceAccountSubject } from "../objects/rbac";
import { kubeDnsConfig, placement } from "./settings";

const name = "coredns";
const roleName = "system:coredns";
const metadata = { name, namespace: kubeSystem };
const selected = { "k8s-app": "kube-dns" };
const clusterService = { "kubernetes.io/cluster-service": "true" };
const named = { ...selected, ...clusterService, "kubernetes.io/name": "CoreDNS" };
const bootstrapping = { "kubernetes.io/bootstrapping": "rbac-defaults" };
const hostsFile = "/rootfs/etc/hosts";
const ports = [
  { name: "dns", port: 53, protocol: "UDP" },
  { name: "dns-tcp", port: 53, protocol: "TCP" },
  { name: "metrics", port: 9153, protocol: "TCP" },
] as const;

export function corednsServer(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const settings = kubeDnsConfig(cluster);
  return [
    serviceAccount({ ...metadata, labels: clusterService }),
    clusterRole({ name: roleName, labels: bootstrapping }, [
      rule("", "endpoints services pods namespaces", "list watch"),
      rule("discovery.k8s.io", "endpointslices", "list watch"),
    ]),
    clusterRoleBinding(
      {
        name: roleName,
        labels: bootstrapping,
        annotations: { "rbac.authorization.kubernetes.io/autoupdate": "true" },
      },
      roleName,
      serviceAccountSubject(name, kubeSystem),
    ),
    configMap(
      { ...metadata, labels: { "addonmanager.kubernetes.io/mode": "EnsureExists" } },
      { Corefile: corefile(cluster, settings) },
    ),
    workload(cluster, settings),
    dnsService(cluster),
    podDisruptionBudget(
      { name: "kube-dns", namespace: kubeSystem },
      { maxUnavailable: "50%", selector: { matchLabels: selected } },
    ),
  ];
}

function corefile(cluster: UnwrappedCluster, settings: YamlObject): string {
  const { domain, externalCoreFile, upstreamNameservers } = settings;
  if (externalCoreFile !== undefined) return externalCoreFile as string;
  const upstream = ((upstreamNameservers ?? ["/etc/resolv.conf"]) as readonly string[]).join(" ");
  // kOps keeps the cluster's own names in the hosts file of the control plane where no hosted zone has them.
  const hosts = publishesDnsRecords(cluster)
    ? []
    : block(`hosts ${hostsFile} ${cluster.name}`, "ttl 30", "fallthrough");
  const plugins = [
    "errors",
    ...block("health", "lameduck 10s"),
    "ready",
    ...block(
      `kubernetes ${domain as string}. in-addr.arpa ip6.arpa`,
      "pods insecure",
      "fallthrough in-addr.arpa ip6.arpa",
      "ttl 30",
    ),
    ...hosts,
    "prometheus :9153",
    ...block(`forward . ${upstream}`, "max_concurrent 1000"),
    "cache 30",
    "loop",
    "reload",
    "loadbalance",
  ];
  return [".:53 {", ...plugins.map((line) => `    ${line}`), "}"].join("\n");
}

function block(head: string, ...options: readonly string[]): readonly string[] {
  return [`${head} {`, ...options.map((option) => `  ${option}`), "}"];
}

function workload(cluster: UnwrappedCluster, settings: YamlObject): KubernetesObject {
  const annotations = settings["podAnnotations"] as Labels | undefined;
  return deployment(
    { ...metadata, labels: named },
    {
      selector: { matchLabels: selected },
      strategy: { rollingUpdate: { maxSurge: "10%", maxUnavailable: 1 }, type: "RollingUpdate" },
      template: {
        metadata: { ...(annotations === undefined ? {} : { annotations }), labels: selected },
        spec: podSpec(cluster, settings),
      },
    },
  );
}

function podSpec(cluster: UnwrappedCluster, settings: YamlObject): PodSpec {
  const { affinity } = placement(settings);
  return {
    ...(affinity === undefined ? {} : { affinity }),
    containers: [container(cluster, settings)],
    dnsPolicy: "Default",
    nodeSelector: linuxOnly,
    priorityClassName: "system-cluster-critical",
    serviceAccountName: name,
    tolerations: [...placement(settings).tolerations, ...toControlPlane(cluster)],
    topologySpreadConstraints: [
      {
        labelSelector: { matchLabels: selected },
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
      },
      {
        labelSelector: { matchLabels: selected },
        maxSkew: 1,
        nodeTaintsPolicy: "Honor",
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "DoNotSchedule",
      },
    ],
    volumes: [
      { configMap: { name }, name: "config-volume" },
      ...(publishesDnsRecords(cluster) ? [] : [hostPath("etc-hosts", "/etc/hosts", "File")]),
    ],
  };
}

function container(cluster: UnwrappedCluster, settings: YamlObject): Container {
  const { coreDNSImage, cpuRequest, memoryLimit, memoryRequest } = settings as Pick<YamlObject, "coreDNSImage"> &
    Record<"cpuRequest" | "memoryLimit" | "memoryRequest", string>;
  return {
    args: ["-conf", "/etc/coredns/Corefile"],
    image: chosenImage(cluster, coreDNSImage, "coredns"),
    imagePullPolicy: "IfNotPresent",
    livenessProbe: {
      failureThreshold: 5,
      httpGet: { path: "/health", port: 8080, scheme: "HTTP" },
      initialDelaySeconds: 60,
      successThreshold: 1,
      timeoutSeconds: 5,
    },
    name,
    ports: ports.map(({ name: portName, port, protocol }) => ({ containerPort: port, name: portName, protocol })),
    readinessProbe: {
      failureThreshold: 1,
      httpGet: { path: "/ready", port: 8181, scheme: "HTTP" },
      periodSeconds: 5,
      timeoutSeconds: 5,
    },
    resources: { limits: { memory: memoryLimit }, requests: { cpu: cpuRequest, memory: memoryRequest } },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { add: ["NET_BIND_SERVICE"], drop: ["all"] },
      readOnlyRootFilesystem: true,
    },
    volumeMounts: [
      mount("config-volume", "/etc/coredns", { readOnly: true }),
      ...(publishesDnsRecords(cluster) ? [] : [mount("etc-hosts", hostsFile, { readOnly: true })]),
    ],
  };
}

function dnsService(cluster: UnwrappedCluster): KubernetesObject {
  return service(
    {
      name: "kube-dns",
      namespace: kubeSystem,
      labels: named,
      annotations: { "prometheus.io/port": "9153", "prometheus.io/scrape": "true" },
      // An update without a resource version is refused for a service with a fixed address.
      resourceVersion: "0",
    },
    { clusterIP: cluster.network.dnsAddress, ports, selector: selected },
  );
}
