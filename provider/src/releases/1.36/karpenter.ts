/** What belongs to Karpenter's own releases: its compatibility matrix, charts and reference CloudFormation template. */

export const oldestKarpenterByKubernetes: Readonly<Record<string, string>> = {
  "1.34": "1.6.0",
  "1.35": "1.9.0",
  "1.36": "1.13.0",
};

/**
 * karpenter-provider-aws pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml and karpenter.sh_nodepools.yaml: each version
 * against the one before it, from v1.6.0 to v1.15.1.
 */
export const since = {
  groupFields: {
    ipPrefixCount: "1.8.0",
    networkInterfaces: "1.11.0",
    placementGroupSelector: "1.11.0",
    connectionTracking: "1.13.0",
    cpuOptions: "1.13.0",
    enclaveOptions: "1.15.0",
  },
  replicas: "1.8.0",
  kubernetesLabels: "1.9.0",
  consolidationPolicies: { Balanced: "1.14.0" },
  disruptionReasons: { Unhealthy: "1.15.0" },
  operators: { Gte: "1.9.0", Lte: "1.9.0" },
  requirementKeys: {
    "karpenter.k8s.aws/instance-capability-flex": "1.7.0",
    "karpenter.k8s.aws/instance-tenancy": "1.9.0",
    "karpenter.k8s.aws/capacity-reservation-interruptible": "1.10.0",
    "karpenter.k8s.aws/placement-group-id": "1.11.0",
    "karpenter.k8s.aws/placement-group-partition": "1.11.0",
  },
} as const;

export const charts = {
  controller: "oci://public.ecr.aws/karpenter/karpenter",
  crds: "oci://public.ecr.aws/karpenter/karpenter-crd",
} as const;

export const interruption = {
  /** karpenter-provider-aws v1.14.1, its reference CloudFormation template. */
  events: {
    health: { source: "aws.health", detailType: "AWS Health Event" },
    spotInterruption: { source: "aws.ec2", detailType: "EC2 Spot Instance Interruption Warning" },
    rebalance: { source: "aws.ec2", detailType: "EC2 Instance Rebalance Recommendation" },
    instanceState: { source: "aws.ec2", detailType: "EC2 Instance State-change Notification" },
    capacityReservation: { source: "aws.ec2", detailType: "EC2 Capacity Reservation Instance Interruption Warning" },
  },
  /** pkg/model/awsmodel/nodeterminationhandler.go:34 keeps messages as long; Karpenter's reference does too. */
  retentionSeconds: 300,
} as const;
