/** Names and figures of AWS itself that kOps relies on, and the tag keys by which kOps knows its resources. */
import type { Partition } from "./cluster";
import type { InterruptionEvent } from "./names";

/** kops v1.36.2 pkg/model/awsmodel/iam.go:423: the service's name carries the partition's domain. */
export function ec2ServicePrincipal(partition: Partition): string {
  return partition === "aws-cn" ? "ec2.amazonaws.com.cn" : "ec2.amazonaws.com";
}

/** kops v1.36.2 pkg/model/awsmodel/network.go:122 */
export function internalDomainName(region: string): string {
  return region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
}

export const tagKeys = {
  name: "Name",
  /** kops v1.36.2 upup/pkg/fi/cloudup/awsup/aws_cloud.go:85 */
  cluster: "KubernetesCluster",
  /** Value: owned or shared. */
  ownership: (clusterName: string) => `kubernetes.io/cluster/${clusterName}`,
  kopsRole: "kubernetes.io/kops/role",
  subnetType: "SubnetType",
  publicLoadBalancers: "kubernetes.io/role/elb",
  internalLoadBalancers: "kubernetes.io/role/internal-elb",
  /** kops v1.36.2 pkg/model/awsmodel/network.go:296; Karpenter finds a group's subnets by it. */
  subnetOfGroup: (group: string) => `kops.k8s.io/instance-group/${group}`,
  etcdCluster: (name: string) => `k8s.io/etcd/${name}`,
  role: (role: "control-plane" | "master" | "node" | "bastion") => `k8s.io/role/${role}`,
  instanceGroup: "kops.k8s.io/instancegroup",
  autoscalerLabel: (label: string) => `k8s.io/cluster-autoscaler/node-template/label/${label}`,
  autoscalerTaint: (taint: string) => `k8s.io/cluster-autoscaler/node-template/taint/${taint}`,
  serviceAccountName: "service-account.kops.k8s.io/name",
  serviceAccountNamespace: "service-account.kops.k8s.io/namespace",
} as const;

/** Labels that kOps puts on every node of a role: kops v1.36.2 pkg/nodelabels/builder.go:103. */
export const nodeLabels = {
  controlPlane: [
    "kops.k8s.io/kops-controller-pki",
    "node-role.kubernetes.io/control-plane",
    "node.kubernetes.io/exclude-from-external-load-balancers",
  ],
  node: ["node-role.kubernetes.io/node"],
  instanceGroup: "kops.k8s.io/instancegroup",
} as const;

/** kops v1.36.2 pkg/model/awsmodel/oidc_provider.go:34 */
export const oidcProvider = {
  audience: "amazonaws.com",
  /** SHA-1 of the two root certificates that S3 may answer with. */
  thumbprints: ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280", "a9d53002e97e00e043244f3d170d6f4c414104fd"],
} as const;

/** kops v1.36.2 pkg/model/awsmodel/autoscalinggroup.go:397 */
export const autoscalingMetrics = [
  "GroupDesiredCapacity",
  "GroupInServiceInstances",
  "GroupMaxSize",
  "GroupMinSize",
  "GroupPendingInstances",
  "GroupStandbyInstances",
  "GroupTerminatingInstances",
  "GroupTotalInstances",
] as const;

/**
 * What Karpenter's interruption controller listens to (karpenter-provider-aws v1.14.1, its reference CloudFormation
 * template).
 */
export const interruptionEventPatterns = {
  health: { source: "aws.health", detailType: "AWS Health Event" },
  spotInterruption: { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
  instanceState: { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
  capacityReservation: { source: "aws.ec2", detailType: "EC2 Capacity Reservation Instance Interruption Warning" },
} as const satisfies Record<InterruptionEvent, { source: string; detailType: string }>;

/** kops v1.36.2 pkg/model/awsmodel/nodeterminationhandler.go:34 keeps messages as long; Karpenter's reference does too. */
export const interruptionRetentionSeconds = 300;

/** Characters of an IAM role's inline policies together, white space not counted. */
export const inlinePolicyLimit = 10_240;

/** kops v1.36.2 upup/pkg/fi/cloudup/awsup/aws_cloud.go:114 and :1951 */
const imageOwners: Readonly<Record<string, string>> = {
  amazon: "137112412989",
  "amazon.com": "137112412989",
  debian: "136693071363",
  debian11: "136693071363",
  flatcar: "075585003325",
  redhat: "309956199498",
  "redhat.com": "309956199498",
  ubuntu: "099720109477",
  rocky: "792107900819",
  rockylinux: "792107900819",
};

/** The account behind an image owner's alias; any other owner as it is. */
export function imageOwner(owner: string): string {
  return imageOwners[owner] ?? owner;
}

export function ec2Arn(partition: Partition, resource: string): string {
  return `arn:${partition}:ec2:*:*:${resource}/*`;
}

export function s3Arn(partition: Partition, path: string): string {
  return `arn:${partition}:s3:::${path}`;
}
