/** The controllers that clean up after deleted nodes and pods: one pod on the control plane. */
import type { UnwrappedCluster } from "../../model/cluster";
import { deployment, podDisruptionBudget, type KubernetesObject } from "../objects/builders";
import { controlPlaneLabel, env, exists, formerControlPlaneLabel } from "../objects/containers";
import type { Container, PodSpec, Probe } from "../objects/pods";
import { controllers, labelsOf, namespaced } from "./names";
import { calicoImage } from "./settings";

const labels = labelsOf(controllers);

export function controllersDisruptionBudget(): KubernetesObject {
  return podDisruptionBudget(
    { ...namespaced(controllers), labels },
    { maxUnavailable: 1, selector: { matchLabels: labels } },
  );
}

export function controllersDeployment(cluster: UnwrappedCluster): KubernetesObject {
  return deployment(
    { ...namespaced(controllers), labels },
    {
      replicas: 1,
      selector: { matchLabels: labels },
      strategy: { type: "Recreate" },
      template: { metadata: { ...namespaced(controllers), labels }, spec: podSpec(cluster) },
    },
  );
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  const onLinux = { key: "kubernetes.io/os", operator: "In", values: ["linux"] } as const;
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [controlPlaneLabel, formerControlPlaneLabel].map((label) => ({
            matchExpressions: [exists(label), onLinux],
          })),
        },
      },
    },
    containers: [container(cluster)],
    priorityClassName: "system-cluster-critical",
    securityContext: { seccompProfile: { type: "RuntimeDefault" } },
    serviceAccountName: controllers,
    tolerations: [
      { key: "CriticalAddonsOnly", operator: "Exists" },
      { effect: "NoSchedule", key: formerControlPlaneLabel },
      { effect: "NoSchedule", key: controlPlaneLabel },
    ],
  };
}

function container(cluster: UnwrappedCluster): Container {
  const probe = (flag: string): Probe => ({ exec: { command: ["/usr/bin/check-status", flag] }, periodSeconds: 10 });
  return {
    env: [env("ENABLED_CONTROLLERS", "node,loadbalancer"), env("DATASTORE_TYPE", "kubernetes")],
    image: calicoImage(cluster, "calicoKubeControllers"),
    imagePullPolicy: "IfNotPresent",
    livenessProbe: { ...probe("-l"), failureThreshold: 6, initialDelaySeconds: 10, timeoutSeconds: 10 },
    name: controllers,
    readinessProbe: probe("-r"),
    securityContext: { runAsNonRoot: true },
  };
}
