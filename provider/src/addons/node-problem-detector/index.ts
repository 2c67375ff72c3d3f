/** node-problem-detector: tells of broken kernels, disks and runtimes as conditions and events of the node. */
import { imageLocation } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import type { ChannelAddon } from "../addon";
import { fieldEnv, hostPath, kubeSystem, mount } from "../objects/containers";
import { daemonSet, serviceAccount, type KubernetesObject } from "../objects/builders";
import type { Container, PodSpec } from "../objects/pods";
import { clusterRoleBinding, serviceAccountSubject } from "../objects/rbac";
import { hasNodeProblemDetector, nodeProblemDetectorConfig } from "./settings";

const name = "node-problem-detector";
const labels = { app: name };
const metadata = { name, namespace: kubeSystem, labels };
const readOnly = { readOnly: true };
const configs = (...files: readonly string[]): string => files.map((file) => `/config/${file}.json`).join(",");

export const nodeProblemDetector: ChannelAddon = {
  name: "node-problem-detector.addons.k8s.io",
  condition: hasNodeProblemDetector,
  prunes: true,
  objects,
};

function objects(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return [
    serviceAccount(metadata),
    clusterRoleBinding({ name, labels }, "system:node-problem-detector", serviceAccountSubject(name, kubeSystem)),
    daemonSet(metadata, {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec(cluster) },
    }),
  ];
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/os", operator: "In", values: ["linux"] }] }],
        },
      },
    },
    containers: [container(cluster)],
    priorityClassName: "system-node-critical",
    serviceAccountName: name,
    tolerations: [
      { effect: "NoExecute", operator: "Exists" },
      { effect: "NoSchedule", operator: "Exists" },
      { key: "CriticalAddonsOnly", operator: "Exists" },
    ],
    volumes: [
      hostPath("log", "/var/log/"),
      hostPath("kmsg", "/dev/kmsg"),
      hostPath("localtime", "/etc/localtime", "FileOrCreate"),
      hostPath("machine-id", "/etc/machine-id", "File"),
      hostPath("systemd", "/run/systemd/system/", ""),
      hostPath("dbus", "/var/run/dbus/", ""),
    ],
  };
}

function container(cluster: UnwrappedCluster): Container {
  const { cpuLimit, cpuRequest, image, memoryLimit, memoryRequest } = nodeProblemDetectorConfig(cluster) as Readonly<
    Record<"cpuRequest" | "image" | "memoryLimit" | "memoryRequest", string> & { cpuLimit?: string }
  >;
  return {
    command: [
      "/node-problem-detector",
      "--logtostderr",
      `--config.system-log-monitor=${configs("kernel-monitor", "systemd-monitor")}`,
      `--config.custom-plugin-monitor=${configs("kernel-monitor-counter", "systemd-monitor-counter")}`,
      `--config.system-stats-monitor=${configs("system-stats-monitor")}`,
    ],
    env: [fieldEnv("NODE_NAME", "spec.nodeName")],
    image: imageLocation(image, cluster.assets.containerRegistry),
    name,
    resources: {
      limits: { ...(cpuLimit === undefined ? {} : { cpu: cpuLimit }), memory: memoryLimit },
      requests: { cpu: cpuRequest, memory: memoryRequest },
    },
    securityContext: { privileged: true },
    volumeMounts: [
      mount("log", "/var/log", readOnly),
      mount("kmsg", "/dev/kmsg", readOnly),
      mount("localtime", "/etc/localtime", readOnly),
      mount("machine-id", "/etc/machine-id", readOnly),
      mount("systemd", "/run/systemd/system"),
      mount("dbus", "/var/run/dbus/", { mountPropagation: "Bidirectional" }),
    ],
  };
}
