/** The agent on every node: it installs the CNI plugin, and programs routes and policies. */
import type { UnwrappedCluster } from "../../model/cluster";
import { configEnv, env, fieldEnv, hostPath, linuxOnly, mount } from "../objects/containers";
import { daemonSet, type KubernetesObject } from "../objects/builders";
import type { Container, ContainerPort, PodSpec, Probe, Volume } from "../objects/pods";
import { agentEnvironment } from "./agentEnvironment";
import { keys } from "./config";
import { apiServerFrom, config, labelsOf, namespaced, node } from "./names";
import { calicoImage, calicoSettings } from "./settings";

const labels = labelsOf(node);

export function agentDaemonSet(cluster: UnwrappedCluster): KubernetesObject {
  return daemonSet(
    { ...namespaced(node), labels },
    {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec(cluster) },
      updateStrategy: { rollingUpdate: { maxUnavailable: 1 }, type: "RollingUpdate" },
    },
  );
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    containers: [agent(cluster)],
    hostNetwork: true,
    initContainers: [addressUpgrade(cluster), pluginInstaller(cluster), fileSystems(cluster)],
    nodeSelector: linuxOnly,
    priorityClassName: "system-node-critical",
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    serviceAccountName: node,
    // Without its agent, the routes of a node stay: the shorter, the better.
    terminationGracePeriodSeconds: 0,
    tolerations: [
      { effect: "NoSchedule", operator: "Exists" },
      { key: "CriticalAddonsOnly", operator: "Exists" },
      { effect: "NoExecute", operator: "Exists" },
    ],
    volumes,
  };
}

const common = { imagePullPolicy: "IfNotPresent", securityContext: { privileged: true } } as const;
const nodeName = fieldEnv("KUBERNETES_NODE_NAME", "spec.nodeName");

/** From the addresses of a cluster whose nodes gave them out themselves. */
function addressUpgrade(cluster: UnwrappedCluster): Container {
  return {
    ...common,
    command: ["/opt/cni/bin/calico-ipam", "-upgrade"],
    env: [nodeName, configEnv("CALICO_NETWORKING_BACKEND", config, keys.backend)],
    envFrom: apiServerFrom,
    image: calicoImage(cluster, "calicoCni"),
    name: "upgrade-ipam",
    volumeMounts: [mount("host-local-net-dir", "/var/lib/cni/networks"), mount("cni-bin-dir", "/host/opt/cni/bin")],
  };
}

function pluginInstaller(cluster: UnwrappedCluster): Container {
  return {
    ...common,
    command: ["/opt/cni/bin/install"],
    env: [
      env("CNI_CONF_NAME", "10-calico.conflist"),
      configEnv("CNI_NETWORK_CONFIG", config, keys.network),
      nodeName,
      configEnv("CNI_MTU", config, keys.mtu),
      env("SLEEP", "false"),
    ],
    envFrom: apiServerFrom,
    image: calicoImage(cluster, "calicoCni"),
    name: "install-cni",
    volumeMounts: [mount("cni-bin-dir", "/host/opt/cni/bin"), mount("cni-net-dir", "/host/etc/cni/net.d")],
  };
}

/** Those of the eBPF data plane; without it, they do no harm. */
function fileSystems(cluster: UnwrappedCluster): Container {
  // What the container mounts there outlives it.
  const mountPropagation = "Bidirectional";
  return {
    ...common,
    command: [node, "-init", "-best-effort"],
    image: calicoImage(cluster, "calicoNode"),
    name: "ebpf-bootstrap",
    volumeMounts: [
      mount("sys-fs", "/sys/fs", { mountPropagation }),
      mount("var-run-calico", "/var/run/calico", { mountPropagation }),
      mount("nodeproc", "/nodeproc", { readOnly: true }),
    ],
  };
}

function agent(cluster: UnwrappedCluster): Container {
  const { cpuRequest } = calicoSettings(cluster);
  return {
    ...common,
    env: agentEnvironment(cluster),
    envFrom: apiServerFrom,
    image: calicoImage(cluster, "calicoNode"),
    lifecycle: { preStop: { exec: { command: ["/bin/calico-node", "-shutdown"] } } },
    livenessProbe: { ...probe("live"), failureThreshold: 6, initialDelaySeconds: 10 },
    name: node,
    ...metricsPort(cluster),
    readinessProbe: probe("ready"),
    resources: { requests: { cpu: cpuRequest } },
    volumeMounts: [
      mount("cni-net-dir", "/host/etc/cni/net.d", { readOnly: false }),
      mount("lib-modules", "/lib/modules", { readOnly: true }),
      mount("xtables-lock", "/run/xtables.lock", { readOnly: false }),
      mount("var-run-calico", "/var/run/calico", { readOnly: false }),
      mount("var-lib-calico", "/var/lib/calico", { readOnly: false }),
      mount("policysync", "/var/run/nodeagent"),
      mount("bpffs", "/sys/fs/bpf"),
      mount("cni-log-dir", "/var/log/calico/cni", { readOnly: true }),
    ],
  };
}

/** Of both the agent and its BGP daemon. */
function probe(what: "live" | "ready"): Probe {
  return {
    exec: { command: ["/bin/calico-node", `-felix-${what}`, `-bird-${what}`] },
    periodSeconds: 10,
    timeoutSeconds: 10,
  };
}

function metricsPort(cluster: UnwrappedCluster): { readonly ports?: readonly ContainerPort[] } {
  const { prometheusMetricsEnabled, prometheusMetricsPort } = calicoSettings(cluster);
  if (!prometheusMetricsEnabled) return {};
  return { ports: [{ containerPort: prometheusMetricsPort, name: "metrics", protocol: "TCP" }] };
}

const volumes: readonly Volume[] = [
  hostPath("lib-modules", "/lib/modules"),
  hostPath("var-run-calico", "/var/run/calico", "DirectoryOrCreate"),
  hostPath("var-lib-calico", "/var/lib/calico", "DirectoryOrCreate"),
  hostPath("xtables-lock", "/run/xtables.lock", "FileOrCreate"),
  hostPath("sys-fs", "/sys/fs/", "DirectoryOrCreate"),
  hostPath("bpffs", "/sys/fs/bpf", "Directory"),
  hostPath("nodeproc", "/proc"),
  hostPath("cni-bin-dir", "/opt/cni/bin", "DirectoryOrCreate"),
  hostPath("cni-net-dir", "/etc/cni/net.d"),
  hostPath("cni-log-dir", "/var/log/calico/cni"),
  hostPath("host-local-net-dir", "/var/lib/cni/networks"),
  hostPath("policysync", "/var/run/nodeagent", "DirectoryOrCreate"),
];
