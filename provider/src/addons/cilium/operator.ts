/** The operator: what is done once per cluster. */
import type { UnwrappedCluster } from "../../model/cluster";
import { controllerReplicas, tagsFlag } from "../clusterValues";
import {
  controlPlaneLabel,
  exists,
  formerControlPlaneLabel,
  linuxOnly,
  mount,
  notReadyTaint,
  optionalConfigEnv,
  tolerate,
  uninitializedTaint,
} from "../objects/containers";
import { deployment, podDisruptionBudget, type KubernetesObject, type PodTemplate } from "../objects/builders";
import type { Affinity, Container, ContainerPort, PodSpec, Probe } from "../objects/pods";
import { apiServer, configName, namespaced, operator, operatorLabels, operatorSelector, podIdentity } from "./names";
import { ciliumImage, ciliumRequests } from "./settings";

const configVolume = "cilium-config-path";
const configDirectory = "/tmp/cilium/config-map";

export function operatorDisruptionBudget(): KubernetesObject {
  return podDisruptionBudget(
    { ...namespaced(operator), labels: operatorLabels },
    { maxUnavailable: 1, selector: { matchLabels: operatorSelector } },
  );
}

export function operatorDeployment(cluster: UnwrappedCluster): KubernetesObject {
  return deployment(
    { ...namespaced(operator), labels: operatorLabels },
    {
      replicas: controllerReplicas(cluster),
      selector: { matchLabels: operatorSelector },
      strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: "50%" }, type: "RollingUpdate" },
      template: { metadata: podMetadata(cluster), spec: podSpec(cluster) },
    },
  );
}

function podMetadata({ cilium: { operatorPodAnnotations = {} } }: UnwrappedCluster): PodTemplate["metadata"] {
  const isAnnotated = Object.keys(operatorPodAnnotations).length > 0;
  return { ...(isAnnotated ? { annotations: operatorPodAnnotations } : {}), labels: operatorLabels };
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    affinity,
    automountServiceAccountToken: true,
    containers: [container(cluster)],
    hostNetwork: true,
    nodeSelector: linuxOnly,
    priorityClassName: "system-cluster-critical",
    restartPolicy: "Always",
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    serviceAccountName: operator,
    tolerations: tolerate(
      controlPlaneLabel,
      formerControlPlaneLabel,
      notReadyTaint,
      uninitializedTaint,
      "node.cilium.io/agent-not-ready",
    ),
    volumes: [{ configMap: { name: configName }, name: configVolume }],
  };
}

const affinity: Affinity = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [controlPlaneLabel, formerControlPlaneLabel].map((label) => ({
        matchExpressions: [exists(label)],
      })),
    },
  },
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { labelSelector: { matchLabels: { "io.cilium/app": "operator" } }, topologyKey: "kubernetes.io/hostname" },
    ],
  },
};

function container(cluster: UnwrappedCluster): Container {
  return {
    args: [`--config-dir=${configDirectory}`, "--debug=$(CILIUM_DEBUG)", `--eni-tags=${interfaceTags(cluster)}`],
    command: [operator],
    env: [...podIdentity, optionalConfigEnv("CILIUM_DEBUG", configName, "debug"), ...apiServer(cluster)],
    image: ciliumImage(cluster, "ciliumOperator"),
    imagePullPolicy: "IfNotPresent",
    livenessProbe: probe(cluster, { initialDelaySeconds: 60, periodSeconds: 10, timeoutSeconds: 3 }),
    name: operator,
    readinessProbe: probe(cluster, {
      failureThreshold: 5,
      initialDelaySeconds: 0,
      periodSeconds: 5,
      timeoutSeconds: 3,
    }),
    ...(cluster.cilium.enablePrometheusMetrics === true ? { ports: [metricsPort(cluster)] } : {}),
    resources: ciliumRequests(cluster),
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
    terminationMessagePolicy: "FallbackToLogsOnError",
    volumeMounts: [mount(configVolume, configDirectory, { readOnly: true })],
  };
}

function metricsPort({ release }: UnwrappedCluster): ContainerPort {
  const port = release.addons.cilium.ports.operatorMetrics;
  return { containerPort: port, hostPort: port, name: "prometheus", protocol: "TCP" };
}

/** kOps writes this flag without quotes, so YAML ends it at a comment and takes spaces off its end. */
function interfaceTags(cluster: UnwrappedCluster): string {
  return tagsFlag(cluster)
    .replace(/[ \t]#.*$/, "")
    .trimEnd();
}

function probe(cluster: UnwrappedCluster, timings: Omit<Probe, "httpGet">): Probe {
  const port = cluster.release.addons.cilium.ports.operator;
  return { ...timings, httpGet: { host: "127.0.0.1", path: "/healthz", port, scheme: "HTTP" } };
}
