/** The driver on every node: formats and mounts volumes. */
import { ebsDriver } from "../../model/aws";
import type { UnwrappedCluster } from "../../model/cluster";
import { imageOf } from "../../model/containerImages";
import { env, exists, hostPath, linuxOnly, mount } from "../objects/containers";
import { daemonSet, type KubernetesObject } from "../objects/builders";
import type { Container, PodSpec } from "../objects/pods";
import { common, healthProbe, livenessProbe, pluginEnvironment, unprivileged } from "./containerParts";
import { driverLabels, namespaced, node, nodeAccount, selectorLabels } from "./names";

const pluginDirectory = `/var/lib/kubelet/plugins/${ebsDriver}/`;

export function nodeDaemonSet(cluster: UnwrappedCluster): KubernetesObject {
  return daemonSet(namespaced(cluster, node), {
    revisionHistoryLimit: 10,
    selector: { matchLabels: selectorLabels(node) },
    template: { metadata: { labels: { ...driverLabels(cluster), app: node } }, spec: podSpec(cluster) },
    updateStrategy: { rollingUpdate: { maxUnavailable: "10%" }, type: "RollingUpdate" },
  });
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  const { excludedComputeTypes, excludedInstanceTypes } = cluster.release.addons.ebsCsi;
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                // The driver learns its zone from this label, since its pods do not reach instance metadata.
                exists("topology.kubernetes.io/zone"),
                { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: excludedComputeTypes },
                { key: "node.kubernetes.io/instance-type", operator: "NotIn", values: excludedInstanceTypes },
              ],
            },
          ],
        },
      },
    },
    containers: [plugin(cluster), registrar(cluster), livenessProbe(cluster, "plugin-dir", { flags: [] })],
    hostNetwork: false,
    nodeSelector: linuxOnly,
    priorityClassName: "system-node-critical",
    securityContext: { fsGroup: 0, runAsGroup: 0, runAsNonRoot: false, runAsUser: 0 },
    serviceAccountName: nodeAccount.name,
    terminationGracePeriodSeconds: 30,
    tolerations: [{ operator: "Exists" }],
    volumes: [
      hostPath("kubelet-dir", "/var/lib/kubelet", "Directory"),
      hostPath("plugin-dir", pluginDirectory, "DirectoryOrCreate"),
      hostPath("registration-dir", "/var/lib/kubelet/plugins_registry/", "Directory"),
      hostPath("device-dir", "/dev", "Directory"),
      { emptyDir: {}, name: "probe-dir" },
    ],
  };
}

function plugin(cluster: UnwrappedCluster): Container {
  return {
    ...common,
    args: [
      "node",
      "--endpoint=$(CSI_ENDPOINT)",
      `--csi-mount-point-prefix=/var/lib/kubelet/plugins/kubernetes.io/csi/${ebsDriver}/`,
      "--logging-format=text",
      "--v=5",
    ],
    env: pluginEnvironment(cluster.region, "/csi/csi.sock"),
    image: imageOf(cluster, "ebsCsiDriver"),
    lifecycle: { preStop: { exec: { command: ["/bin/aws-ebs-csi-driver", "pre-stop-hook"] } } },
    livenessProbe: healthProbe({
      failureThreshold: 5,
      initialDelaySeconds: 10,
      periodSeconds: 10,
      timeoutSeconds: 3,
    }),
    name: "ebs-plugin",
    ports: [{ containerPort: cluster.release.addons.ebsCsi.healthPort, name: "healthz", protocol: "TCP" }],
    readinessProbe: healthProbe({ failureThreshold: 3, periodSeconds: 5, timeoutSeconds: 3 }),
    securityContext: { privileged: true, readOnlyRootFilesystem: true },
    volumeMounts: [
      mount("kubelet-dir", "/var/lib/kubelet", { mountPropagation: "Bidirectional" }),
      mount("plugin-dir", "/csi"),
      mount("device-dir", "/dev"),
    ],
  };
}

/** Tells the kubelet about the driver. */
function registrar(cluster: UnwrappedCluster): Container {
  const healthPort = cluster.release.addons.ebsCsi.registrarHealthPort;
  return {
    ...common,
    args: [
      "--csi-address=$(ADDRESS)",
      "--kubelet-registration-path=$(DRIVER_REG_SOCK_PATH)",
      `--http-endpoint=0.0.0.0:${healthPort}`,
      "--v=5",
    ],
    env: [env("ADDRESS", "/csi/csi.sock"), env("DRIVER_REG_SOCK_PATH", `${pluginDirectory}csi.sock`)],
    image: imageOf(cluster, "csiNodeDriverRegistrar"),
    livenessProbe: {
      httpGet: { path: "/healthz", port: "healthz-ndr" },
      initialDelaySeconds: 30,
      periodSeconds: 90,
      timeoutSeconds: 15,
    },
    name: "node-driver-registrar",
    ports: [{ containerPort: healthPort, name: "healthz-ndr" }],
    securityContext: unprivileged,
    volumeMounts: [
      mount("plugin-dir", "/csi"),
      mount("registration-dir", "/registration"),
      mount("probe-dir", pluginDirectory),
    ],
  };
}
