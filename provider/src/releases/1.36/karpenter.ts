/** What belongs to Karpenter's own releases: its compatibility matrix, charts and reference CloudFormation template. */

export const oldestKarpenterByKubernetes: Readonly<Record<string, string>> = {
  "1.34": "1.6.0",
  "1.35": "1.9.0",
  "1.36": "1.13.0",
};

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
