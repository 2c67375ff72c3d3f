/** AWS's node termination handler: drains nodes whose instance is about to go. */
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { imageLocation } from "../../model/containerImages";
import { terminationQueueUrl } from "../../model/names";
import { hasNodeTerminationHandler, nodeTerminationConfig } from "../../model/nodeTermination";
import { grant } from "../../model/policyDocument";
import type { AddonFacts, ChannelAddon } from "../addon";
import { controllerReplicas } from "../clusterValues";
import {
  deployment,
  podDisruptionBudget,
  serviceAccount,
  spreadOut,
  type KubernetesObject,
  type Labels,
} from "../objects/builders";
import { kubeSystem } from "../objects/containers";
import type { PodSpec } from "../objects/pods";
import { clusterRole, clusterRoleBinding, rule, serviceAccountSubject, type PolicyRule } from "../objects/rbac";
import { withServiceAccountRole } from "../serviceAccountRole";
import { handlerContainer, type HandlerConfig } from "./container";

const name = "aws-node-termination-handler";
const account = { name, namespace: kubeSystem };
const identity = { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": name };
const component = { "app.kubernetes.io/component": "deployment" };
const linux = { "kubernetes.io/os": "linux" };
const inQueueMode = { ...identity, "kops.k8s.io/nth-mode": "sqs" };

export const nodeTerminationHandler: ChannelAddon = {
  name: "node-termination-handler.aws",
  condition: hasNodeTerminationHandler,
  prunes: true,
  needs: () => ["accountId"],
  objects,
  serviceAccount: { ...account, policy: (cluster) => grant(cluster, cluster.release.iam.nodeTerminationActions) },
};

/** A plain value of validated settings. */
function configOf(cluster: UnwrappedCluster): HandlerConfig {
  return nodeTerminationConfig(cluster) as unknown as HandlerConfig;
}

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  const versioned = labelsOf(configOf(cluster).version);
  return [
    serviceAccount({ ...account, labels: { ...versioned, "k8s-app": name } }),
    clusterRole({ name, labels: versioned }, rules),
    clusterRoleBinding({ name, labels: versioned }, name, serviceAccountSubject(name, kubeSystem)),
    deployment(
      { ...account, labels: { ...versioned, ...component, "k8s-app": name } },
      {
        replicas: controllerReplicas(cluster),
        selector: { matchLabels: { ...identity, ...linux } },
        template: {
          metadata: { labels: { ...inQueueMode, ...component, ...linux, "k8s-app": name } },
          spec: withServiceAccountRole(podSpec(cluster, facts), account, cluster, facts),
        },
      },
    ),
    podDisruptionBudget(
      { ...account, labels: identity },
      { maxUnavailable: 1, selector: { matchLabels: inQueueMode } },
    ),
  ];
}

function labelsOf(version: string): Labels {
  return { ...identity, "app.kubernetes.io/version": version, "app.kubernetes.io/part-of": name };
}

function podSpec(cluster: UnwrappedCluster, { accountId }: AddonFacts): PodSpec {
  const config = configOf(cluster);
  const image = imageLocation(handlerImage(cluster, config), cluster.assets.containerRegistry);
  return {
    containers: [handlerContainer(name, image, config, terminationQueueUrl(cluster, accountId))],
    priorityClassName: "system-cluster-critical",
    securityContext: { fsGroup: 1000 },
    serviceAccountName: name,
    topologySpreadConstraints: spreadOut(inQueueMode),
  };
}

/** The release's, or of the version that the user names. */
function handlerImage({ release: { images } }: Pick<ResolvedCluster, "release">, { version }: HandlerConfig): string {
  const usual = images.nodeTerminationHandler;
  return `${usual.slice(0, usual.lastIndexOf(":"))}:${version}`;
}

const rules: readonly PolicyRule[] = [
  rule("", "nodes", "get list patch update"),
  rule("", "pods", "list get"),
  rule("", "pods/eviction", "create"),
  rule("extensions", "daemonsets", "get"),
  rule("apps", "daemonsets", "get"),
  rule("", "events", "create patch"),
];
