/** Typha: asks the API server for the agents of a large cluster. */
import type { UnwrappedCluster } from "../../model/cluster";
import { deployment, podDisruptionBudget, service, type KubernetesObject } from "../objects/builders";
import { env, linuxOnly } from "../objects/containers";
import type { Container, ContainerPort, PodSpec, Probe } from "../objects/pods";
import { apiServerFrom, labelsOf, namespaced, node, typha, typhaPort } from "./names";
import { calicoImage, calicoSettings, usesTypha } from "./settings";

const labels = labelsOf(typha);
const metadata = { ...namespaced(typha), labels };
const healthPort = 9098;
const shutdownSeconds = 300;
/** Reads the token of its service account by it. */
const nobody = 65534;

export function typhaDisruptionBudget(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  if (!usesTypha(cluster)) return [];
  return [podDisruptionBudget(metadata, { maxUnavailable: 1, selector: { matchLabels: labels } })];
}

export function typhaService(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  if (!usesTypha(cluster)) return [];
  return [
    service(metadata, {
      ports: [{ name: typha, port: typhaPort, protocol: "TCP", targetPort: typha }],
      selector: labels,
    }),
  ];
}

export function typhaDeployment(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  if (!usesTypha(cluster)) return [];
  const annotations = { "cluster-autoscaler.kubernetes.io/safe-to-evict": "true" };
  return [
    deployment(metadata, {
      replicas: calicoSettings(cluster).typhaReplicas,
      revisionHistoryLimit: 2,
      selector: { matchLabels: labels },
      strategy: { rollingUpdate: { maxSurge: "100%", maxUnavailable: 1 }, type: "RollingUpdate" },
      template: { metadata: { annotations, labels }, spec: podSpec(cluster) },
    }),
  ];
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    containers: [container(cluster)],
    // No pod has a network before the agents have reached it.
    hostNetwork: true,
    nodeSelector: linuxOnly,
    priorityClassName: "system-cluster-critical",
    securityContext: { fsGroup: nobody, seccompProfile: { type: "RuntimeDefault" } },
    serviceAccountName: node,
    terminationGracePeriodSeconds: shutdownSeconds,
    tolerations: [
      { key: "CriticalAddonsOnly", operator: "Exists" },
      { effect: "NoSchedule", operator: "Exists" },
      { effect: "NoExecute", operator: "Exists" },
    ],
  };
}

function container(cluster: UnwrappedCluster): Container {
  const { typhaPrometheusMetricsEnabled, typhaPrometheusMetricsPort } = calicoSettings(cluster);
  const metrics: ContainerPort = { containerPort: typhaPrometheusMetricsPort, name: "metrics", protocol: "TCP" };
  return {
    env: [
      env("TYPHA_LOGSEVERITYSCREEN", "info"),
      env("TYPHA_LOGFILEPATH", "none"),
      env("TYPHA_LOGSEVERITYSYS", "none"),
      env("TYPHA_CONNECTIONREBALANCINGMODE", "kubernetes"),
      env("TYPHA_DATASTORETYPE", "kubernetes"),
      env("TYPHA_HEALTHENABLED", "true"),
      env("TYPHA_SHUTDOWNTIMEOUTSECS", String(shutdownSeconds)),
      env("TYPHA_PROMETHEUSMETRICSENABLED", String(typhaPrometheusMetricsEnabled)),
      env("TYPHA_PROMETHEUSMETRICSPORT", String(typhaPrometheusMetricsPort)),
    ],
    envFrom: apiServerFrom,
    image: calicoImage(cluster, "calicoTypha"),
    imagePullPolicy: "IfNotPresent",
    livenessProbe: { ...probe("/liveness", 30), initialDelaySeconds: 30 },
    name: typha,
    ports: [
      { containerPort: typhaPort, name: typha, protocol: "TCP" },
      ...(typhaPrometheusMetricsEnabled ? [metrics] : []),
    ],
    readinessProbe: probe("/readiness", 10),
    securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true },
  };
}

function probe(path: string, periodSeconds: number): Probe {
  return { httpGet: { host: "localhost", path, port: healthPort }, periodSeconds, timeoutSeconds: 10 };
}
