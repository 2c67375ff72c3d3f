/** The agent on every node: its daemon set, main container and volumes. */
import type { UnwrappedCluster } from "../../model/cluster";
import { env, hostPath, linuxOnly, mount } from "../objects/containers";
import { daemonSet, type KubernetesObject, type Labels } from "../objects/builders";
import type { Container, ContainerPort, PodSpec, Probe, Volume, VolumeMount, VolumeProjection } from "../objects/pods";
import { common, initContainers, seLinuxOptions } from "./agentInit";
import { hubbleMount, hubblePorts, hubbleVolume } from "./hubble";
import { agent, agentLabels, agentSelector, apiServer, namespaced, podIdentity } from "./names";
import { ciliumImage, ciliumRequests, usesHubble } from "./settings";

const main = "cilium-agent";
/** Containers that AppArmor must leave alone. */
const unconfined = ["apply-sysctl-overwrites", main, "clean-cilium-state", "mount-cgroup"];

export function agentDaemonSet(cluster: UnwrappedCluster): KubernetesObject {
  return daemonSet(
    { ...namespaced(agent), labels: agentLabels },
    {
      selector: { matchLabels: agentSelector },
      template: {
        metadata: {
          annotations: {
            ...metricsAnnotations(cluster),
            ...Object.fromEntries(
              unconfined.map((name) => [`container.apparmor.security.beta.kubernetes.io/${name}`, "unconfined"]),
            ),
            "kubectl.kubernetes.io/default-container": main,
            ...cluster.cilium.agentPodAnnotations,
          },
          labels: agentLabels,
        },
        spec: podSpec(cluster),
      },
      updateStrategy: { type: "OnDelete" },
    },
  );
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { labelSelector: { matchLabels: { "k8s-app": agent } }, topologyKey: "kubernetes.io/hostname" },
        ],
      },
    },
    automountServiceAccountToken: true,
    containers: [container(cluster)],
    hostNetwork: true,
    initContainers: initContainers(cluster),
    nodeSelector: linuxOnly,
    priorityClassName: "system-node-critical",
    restartPolicy: "Always",
    securityContext: { seccompProfile: { type: "Unconfined" } },
    serviceAccountName: agent,
    terminationGracePeriodSeconds: 1,
    tolerations: [{ operator: "Exists" }],
    volumes: usesHubble(cluster) ? [...volumes, hubbleVolume] : volumes,
  };
}

function metricsAnnotations(cluster: UnwrappedCluster): Labels {
  if (cluster.cilium.enablePrometheusMetrics !== true) return {};
  return { "prometheus.io/port": String(metricsPort(cluster)), "prometheus.io/scrape": "true" };
}

function metricsPort(cluster: UnwrappedCluster): number {
  return cluster.cilium.agentPrometheusPort ?? cluster.release.components.cilium.agentPrometheusPort;
}

function agentPorts(cluster: UnwrappedCluster): readonly ContainerPort[] {
  const own: ContainerPort = { containerPort: metricsPort(cluster), name: "prometheus", protocol: "TCP" };
  return [
    ...(usesHubble(cluster) ? hubblePorts(cluster) : []),
    ...(cluster.cilium.enablePrometheusMetrics === true ? [own] : []),
  ];
}

function container(cluster: UnwrappedCluster): Container {
  const ports = agentPorts(cluster);
  const running = { failureThreshold: 3, periodSeconds: 30, successThreshold: 1, timeoutSeconds: 5 };
  return {
    ...common,
    args: ["--config-dir=/tmp/cilium/config-map"],
    command: [main],
    env: [
      ...podIdentity,
      env("CILIUM_CLUSTERMESH_CONFIG", "/var/lib/cilium/clustermesh/"),
      { name: "GOMEMLIMIT", valueFrom: { resourceFieldRef: { divisor: "1", resource: "limits.memory" } } },
      env("KUBE_CLIENT_BACKOFF_BASE", "1"),
      env("KUBE_CLIENT_BACKOFF_DURATION", "120"),
      ...apiServer(cluster),
    ],
    image: ciliumImage(cluster, "cilium"),
    lifecycle: { preStop: { exec: { command: ["/cni-uninstall.sh"] } } },
    livenessProbe: probe(cluster, { ...running, failureThreshold: 10 }, "brief", "require-k8s-connectivity"),
    name: main,
    ports: ports.length === 0 ? null : ports,
    readinessProbe: probe(cluster, running, "brief"),
    resources: ciliumRequests(cluster),
    securityContext: { capabilities: { add: capabilities, drop: ["ALL"] }, seLinuxOptions },
    startupProbe: probe(
      cluster,
      { failureThreshold: 300, initialDelaySeconds: 5, periodSeconds: 2, successThreshold: 1 },
      "brief",
    ),
    volumeMounts: [...volumeMounts, ...(usesHubble(cluster) ? [hubbleMount] : []), mount("tmp", "/tmp")],
  };
}

function probe(cluster: UnwrappedCluster, timings: Omit<Probe, "httpGet">, ...headers: readonly string[]): Probe {
  return {
    ...timings,
    httpGet: {
      host: "127.0.0.1",
      httpHeaders: headers.map((name) => ({ name, value: "true" })),
      path: "/healthz",
      port: cluster.release.addons.cilium.ports.agentHealth,
      scheme: "HTTP",
    },
  };
}

const capabilities = [
  "CHOWN",
  "KILL",
  "NET_ADMIN",
  "NET_RAW",
  "IPC_LOCK",
  "SYS_MODULE",
  "SYS_ADMIN",
  "SYS_RESOURCE",
  "DAC_OVERRIDE",
  "FOWNER",
  "SETGID",
  "SETUID",
];

const volumeMounts: readonly VolumeMount[] = [
  mount("host-proc-sys-net", "/host/proc/sys/net"),
  mount("host-proc-sys-kernel", "/host/proc/sys/kernel"),
  mount("bpf-maps", "/sys/fs/bpf", { mountPropagation: "HostToContainer" }),
  mount("cilium-cgroup", "/run/cilium/cgroupv2"),
  mount("cilium-run", "/var/run/cilium"),
  mount("cilium-netns", "/var/run/cilium/netns", { mountPropagation: "HostToContainer" }),
  mount("etc-cni-netd", "/host/etc/cni/net.d"),
  mount("clustermesh-secrets", "/var/lib/cilium/clustermesh", { readOnly: true }),
  mount("lib-modules", "/lib/modules", { readOnly: true }),
  mount("xtables-lock", "/run/xtables.lock"),
];

/** Certificates of a cluster mesh, where someone sets one up. */
const meshSecrets: readonly VolumeProjection[] = [
  { secret: { name: "cilium-clustermesh", optional: true } },
  clientCertificate("clustermesh-apiserver-remote-cert", "common"),
  clientCertificate("clustermesh-apiserver-local-cert", "local"),
];

function clientCertificate(name: string, prefix: string): VolumeProjection {
  const items = [
    { key: "tls.key", path: `${prefix}-etcd-client.key` },
    { key: "tls.crt", path: `${prefix}-etcd-client.crt` },
    { key: "ca.crt", path: `${prefix}-etcd-client-ca.crt` },
  ];
  return { secret: { items, name, optional: true } };
}

const volumes: readonly Volume[] = [
  { emptyDir: {}, name: "tmp" },
  hostPath("cilium-run", "/var/run/cilium", "DirectoryOrCreate"),
  hostPath("cilium-netns", "/var/run/netns", "DirectoryOrCreate"),
  hostPath("bpf-maps", "/sys/fs/bpf", "DirectoryOrCreate"),
  hostPath("hostproc", "/proc", "Directory"),
  hostPath("cilium-cgroup", "/run/cilium/cgroupv2", "DirectoryOrCreate"),
  hostPath("cni-path", "/opt/cni/bin", "DirectoryOrCreate"),
  hostPath("etc-cni-netd", "/etc/cni/net.d", "DirectoryOrCreate"),
  hostPath("lib-modules", "/lib/modules"),
  hostPath("xtables-lock", "/run/xtables.lock", "FileOrCreate"),
  { name: "clustermesh-secrets", projected: { defaultMode: 0o400, sources: meshSecrets } },
  hostPath("host-proc-sys-net", "/proc/sys/net", "Directory"),
  hostPath("host-proc-sys-kernel", "/proc/sys/kernel", "Directory"),
];
