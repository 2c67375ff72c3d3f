/** The AWS cloud controller: node addresses, zones and provider ids, load balancers of services. */
import type { UnwrappedCluster } from "../../model/cluster";
import { grant } from "../../model/policyDocument";
import type { AddonFacts, ChannelAddon } from "../addon";
import { imageLocation } from "../../model/containerImages";
import {
  controlPlaneLabel,
  exists,
  formerControlPlaneLabel,
  hostPath,
  kubeSystem,
  localApiServer,
  mount,
  notReadyTaint,
  uninitializedTaint,
} from "../objects/containers";
import { daemonSet, serviceAccount, type KubernetesObject } from "../objects/builders";
import type { PodSpec, Toleration } from "../objects/pods";
import { clusterRole, clusterRoleBinding, roleBinding, rule, type PolicyRule, type Subject } from "../objects/rbac";
import { withServiceAccountRole } from "../serviceAccountRole";
import { cloudControllerFlags, cloudControllerManagerConfig } from "./settings";

const name = "aws-cloud-controller-manager";
const account = { name, namespace: kubeSystem };
const roleName = "system:cloud-controller-manager";
const cloudConfig = "/etc/kubernetes/cloud.config";
const subject: Subject = { apiGroup: "", kind: "ServiceAccount", ...account };

export const awsCloudController: ChannelAddon = {
  name: "aws-cloud-controller.addons.k8s.io",
  needs: () => ["accountId"],
  objects,
  serviceAccount: { ...account, policy: (cluster) => grant(cluster, cluster.release.iam.cloudControllerActions) },
};

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  const labels = { "k8s-app": name };
  return [
    daemonSet(
      { ...account, labels },
      {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: withServiceAccountRole(podSpec(cluster), account, cluster, facts),
        },
        updateStrategy: { type: "RollingUpdate" },
      },
    ),
    serviceAccount(account),
    roleBinding(
      { name: "cloud-controller-manager:apiserver-authentication-reader", namespace: kubeSystem },
      "extension-apiserver-authentication-reader",
      subject,
    ),
    clusterRole({ name: roleName }, rules),
    clusterRoleBinding({ name: roleName }, roleName, subject),
  ];
}

function podSpec(cluster: UnwrappedCluster): PodSpec {
  const config = cloudControllerManagerConfig(cluster);
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [exists(controlPlaneLabel)] }],
        },
      },
    },
    containers: [
      {
        args: cloudControllerFlags(config, cloudConfig),
        env: [localApiServer],
        image: imageLocation(config["image"] as string, cluster.assets.containerRegistry),
        imagePullPolicy: "IfNotPresent",
        name,
        resources: { requests: { cpu: (config["cpuRequest"] as string | undefined) ?? "200m" } },
        volumeMounts: [mount("cloudconfig", cloudConfig, { readOnly: true })],
      },
    ],
    hostNetwork: true,
    priorityClassName: "system-cluster-critical",
    serviceAccountName: name,
    tolerations: [
      { effect: "NoSchedule", key: uninitializedTaint, value: "true" },
      ...[notReadyTaint, controlPlaneLabel, formerControlPlaneLabel].map((key): Toleration => ({
        effect: "NoSchedule",
        key,
      })),
    ],
    volumes: [hostPath("cloudconfig", cloudConfig, "")],
  };
}

const rules: readonly PolicyRule[] = [
  rule("", "events", "create patch update"),
  rule("", "nodes", "*"),
  rule("", "nodes/status", "patch"),
  rule("", "services", "list patch update watch"),
  rule("", "services/status", "list patch update watch"),
  rule("", "serviceaccounts", "create get"),
  rule("", "persistentvolumes", "get list update watch"),
  rule("", "endpoints", "create get list watch update"),
  rule("coordination.k8s.io", "leases", "create get list watch update"),
  rule("", "secrets", "list watch"),
  rule("", "serviceaccounts/token", "create", "node-controller service-controller route-controller"),
];
