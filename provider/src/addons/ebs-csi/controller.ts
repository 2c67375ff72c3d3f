/** The driver's controller: creates, attaches and resizes volumes in AWS. Each of its containers has a service for its metrics. */
import type { UnwrappedCluster } from "../../model/cluster";
import type { AddonFacts } from "../addon";
import { controllerReplicas, toControlPlane } from "../clusterValues";
import { kubeSystem, linuxOnly, tolerate } from "../objects/containers";
import { deployment, type KubernetesObject, service, spreadOut } from "../objects/builders";
import type { Affinity, NodeSelectorTerm, PodSpec } from "../objects/pods";
import { withServiceAccountRole } from "../serviceAccountRole";
import { controllerContainers } from "./controllerContainers";
import { controller, controllerAccount, driverLabels, namespaced, selectorLabels } from "./names";

export function controllerDeployment(cluster: UnwrappedCluster, facts: AddonFacts): KubernetesObject {
  return deployment(namespaced(cluster, controller), {
    replicas: controllerReplicas(cluster),
    revisionHistoryLimit: 10,
    selector: { matchLabels: selectorLabels(controller) },
    strategy: { rollingUpdate: { maxUnavailable: 1 }, type: "RollingUpdate" },
    template: {
      metadata: { labels: { ...driverLabels(cluster), app: controller } },
      spec: withServiceAccountRole(podSpec(cluster), controllerAccount, cluster, facts),
    },
  });
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  return {
    affinity: affinity(cluster),
    containers: controllerContainers(cluster),
    nodeSelector: linuxOnly,
    priorityClassName: "system-cluster-critical",
    securityContext: { fsGroup: 1000, runAsGroup: 1000, runAsNonRoot: true, runAsUser: 1000 },
    serviceAccountName: controllerAccount.name,
    tolerations: [
      ...tolerate("CriticalAddonsOnly"),
      { effect: "NoExecute", operator: "Exists", tolerationSeconds: 300 },
      ...toControlPlane(cluster),
    ],
    topologySpreadConstraints: spreadOut(selectorLabels(controller)),
    volumes: [{ emptyDir: {}, name: "socket-dir" }],
  };
}

const onLinux: NodeSelectorTerm = {
  matchExpressions: [{ key: "kubernetes.io/os", operator: "In", values: ["linux"] }],
};

function affinity(cluster: UnwrappedCluster): Affinity {
  const { excludedComputeTypes } = cluster.release.addons.ebsCsi;
  return {
    nodeAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          preference: {
            matchExpressions: [
              { key: "eks.amazonaws.com/compute-type", operator: "NotIn", values: excludedComputeTypes },
            ],
          },
          weight: 1,
        },
      ],
      // Twice the same term: kOps adds the control-plane label to each only where pods get no role of their own.
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [onLinux, onLinux] },
    },
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          podAffinityTerm: {
            labelSelector: { matchExpressions: [{ key: "app", operator: "In", values: [controller] }] },
            topologyKey: "kubernetes.io/hostname",
          },
          weight: 100,
        },
      ],
    },
  };
}

export function metricsServices(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const { metricsPorts } = cluster.release.addons.ebsCsi;
  return [
    metricsService(controller, metricsPorts.controller),
    metricsService(`${controller}-provisioner`, metricsPorts.provisioner),
    metricsService(`${controller}-attacher`, metricsPorts.attacher),
    metricsService(`${controller}-resizer`, metricsPorts.resizer),
    metricsService(`${controller}-liveness-probe`, metricsPorts.livenessProbe),
    metricsService(`${controller}-snapshotter`, metricsPorts.snapshotter),
    metricsService(`${controller}-volumemodifier`, metricsPorts.volumeModifier),
  ];
}

function metricsService(name: string, port: number): KubernetesObject {
  return service(
    {
      name,
      namespace: kubeSystem,
      labels: { app: name },
      annotations: { "prometheus.io/port": String(port), "prometheus.io/scrape": "true" },
    },
    { ports: [{ name: "metrics", port, targetPort: port }], selector: { app: controller }, type: "ClusterIP" },
  );
}
