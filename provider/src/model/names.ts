/** Every physical name, with the limits and the shortening of kOps. */
import { truncateName } from "../encode/truncate";
import type { ServiceAccount } from "./cluster";
import type { InterruptionEvent, TerminationEvent } from "../releases/release";

/** kops pkg/model/iam/types.go:29 */
const iamNameLimit = 64;

export function controlPlaneGroupName(zone: string): string {
  return `control-plane-${zone}`;
}

/** The Auto Scaling group, its launch template and its instances (kops pkg/model/names.go:57). */
export function controlPlaneScalingGroupName(cluster: string, group: string): string {
  return `${group}.masters.${cluster}`;
}

/** kops upup/pkg/fi/cloudup/new_cluster.go:1431 */
export const bastionGroupName = "bastions";

/** The instances of a group of workers or bastions, and its Auto Scaling group where it has one (names.go:66). */
export function nodeGroupInstanceName(cluster: string, group: string): string {
  return `${group}.${cluster}`;
}

export type SecurityGroupRole = "controlPlane" | "nodes" | "bastion" | "api" | "bastionLoadBalancer";

const securityGroupPrefixes: Readonly<Record<SecurityGroupRole, string>> = {
  controlPlane: "masters",
  nodes: "nodes",
  bastion: "bastion",
  api: "api-elb",
  bastionLoadBalancer: "bastion-elb",
};

/** kops pkg/model/names.go:36, :80 */
export function securityGroupName(cluster: string, role: SecurityGroupRole): string {
  return `${securityGroupPrefixes[role]}.${cluster}`;
}

const iamPrefixes = { controlPlane: "masters", nodes: "nodes", bastion: "bastions" } as const;

/** The IAM role of a kind of node, its instance profile and its inline policy (kops pkg/model/names.go:149). */
export function nodeRoleName(cluster: string, role: keyof typeof iamPrefixes): string {
  return truncateName(`${iamPrefixes[role]}.${cluster}`, { maxLength: iamNameLimit });
}

/** The IAM role of a service account (kops pkg/model/iam/types.go:65). */
export function serviceAccountRoleName(cluster: string, { namespace, name }: ServiceAccount): string {
  return truncateName(`${name}.${namespace.replaceAll("*", "wildcard")}.sa.${cluster}`, { maxLength: iamNameLimit });
}

/** How inputs, outputs and rows refer to a service account. */
export function serviceAccountRef({ namespace, name }: ServiceAccount): string {
  return `${namespace}/${name}`;
}

/** A load balancer or target group: 32 characters, always with a hash (kops upup/pkg/fi/cloudup/awsup/aws_utils.go:216). */
export function hashedName32(cluster: string, prefix: string): string {
  return truncateName(`${prefix}-${cluster.replaceAll(".", "-")}`, { maxLength: 32, alwaysAddHash: true });
}

export function loadBalancerName(cluster: string, role: "api" | "bastion" = "api"): string {
  return hashedName32(cluster, role);
}

/** The load balancer's Name tag, by which kOps finds it (kops pkg/model/names.go:101). */
export function loadBalancerTagName(cluster: string, role: "api" | "bastion" = "api"): string {
  return `${role}.${cluster}`;
}

/** kops upup/pkg/fi/cloudup/populate_cluster_spec.go:284, pkg/apis/kops/cluster.go (APIInternalName), dns.go:278 and new_cluster.go:1438 */
export function dnsNames(cluster: string) {
  return {
    api: `api.${cluster}`,
    apiInternal: `api.internal.${cluster}`,
    kopsController: `kops-controller.internal.${cluster}`,
    bastion: `bastion.${cluster}`,
  };
}

export type TargetGroupRole = "tcp" | "kops-controller" | "bastion";

export function targetGroupName(cluster: string, role: TargetGroupRole): string {
  return hashedName32(cluster, role);
}

export function subnetTagName(cluster: string, subnet: string): string {
  return `${subnet}.${cluster}`;
}

/** kops pkg/model/awsmodel/network.go:189 */
export function publicRouteTableName(cluster: string): string {
  return cluster;
}

/** kops pkg/model/names.go:226 */
export function privateRouteTableName(cluster: string, zone: string): string {
  return `private-${zone}.${cluster}`;
}

/** kops pkg/model/master_volumes.go:68 */
export function etcdVolumeName(cluster: string, etcdCluster: string, member: string): string {
  return `${member}.etcd-${etcdCluster}.${cluster}`;
}

/** `fingerprint`: MD5 of the key's blob, in hex with colons (kops pkg/model/names.go:193). */
export function sshKeyName(cluster: string, fingerprint: string): string {
  return `kubernetes.${cluster}-${fingerprint}`;
}

/**
 * The interruption queue. It starts like the queue of kOps's own termination handler, so that `kops delete cluster`
 * finds it (kops pkg/model/names.go:238, pkg/resources/aws/sqs.go:66), but is not that queue.
 */
export function interruptionQueueName(cluster: string): string {
  return `${truncateName(cluster.replaceAll(".", "-"), { maxLength: 75 })}-krp`;
}

/** The suffixes keep a rule's name within 64 characters and apart from kOps's own rules. */
const interruptionRuleSuffixes = {
  health: "KarpenterHealth",
  spotInterruption: "KarpenterSpot",
  rebalance: "KarpenterRebalance",
  instanceState: "KarpenterState",
  capacityReservation: "KarpenterReservation",
} as const satisfies Record<InterruptionEvent, string>;

export const interruptionEvents = Object.keys(interruptionRuleSuffixes) as readonly InterruptionEvent[];

/** Starts with the name that kOps looks rules up by (kops pkg/resources/aws/eventbridge.go:88). */
export function interruptionRuleName(cluster: string, event: InterruptionEvent): string {
  return `${truncateName(cluster, { maxLength: 40 })}-${interruptionRuleSuffixes[event]}`;
}

/** Second inline policy of the Karpenter controller's role: reading the interruption queue. */
export function interruptionPolicyName(cluster: string): string {
  return truncateName(`karpenter-interruption.${cluster}`, { maxLength: 128 });
}

/** kops pkg/model/awsmodel/nodeterminationhandler.go:116 */
export function terminationQueueName(cluster: string): string {
  return `${truncateName(cluster.replaceAll(".", "-"), { maxLength: 75 })}-nth`;
}

/** kops upup/pkg/fi/cloudup/template_functions.go:451 */
export function terminationQueueUrl(
  { name, region }: { readonly name: string; readonly region: string },
  accountId: string,
): string {
  const domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return `https://sqs.${region}.${domain}/${accountId}/${terminationQueueName(name)}`;
}

/** kops pkg/model/awsmodel/nodeterminationhandler.go:155 */
export function terminationRuleName(cluster: string, event: TerminationEvent): string {
  return `${truncateName(cluster, { maxLength: 40 })}-${event}`;
}

/** Of an instance group (kops pkg/model/awsmodel/nodeterminationhandler.go:97). */
export function terminationHookName(group: string): string {
  return `${group}-NTHLifecycleHook`;
}

/** The same in every group: nodeup looks for it (kops upup/pkg/fi/nodeup/command.go:431). */
export const warmPoolHookName = "kops-warmpool";

/** The name in the tags of a created bucket. */
export function storeName(cluster: string, store: "state" | "discovery"): string {
  return `${store}-store.${cluster}`;
}

/**
 * What Pulumi prefixes to a created bucket's random suffix (26 characters of the 63 that S3 allows). No dots, since
 * the discovery store's host name must match a wildcard certificate.
 */
export function bucketPrefix(cluster: string, store: "state" | "discovery"): string {
  const name = truncateName(cluster.replaceAll(".", "-"), { maxLength: 26 });
  return `${name}-${store}-`;
}
