/** What instances, etcd-manager and Karpenter may do in AWS; what the channel's addons may do stands with them. */

/** pkg/model/iam/iam_builder.go:935 (nodeup) */
export const nodeupActions = ["ec2:DescribeInstanceTypes"];

/** Something, since an empty policy is refused: pkg/model/iam/iam_builder.go:534 */
export const bastionActions = ["ec2:DescribeRegions"];

/** pkg/model/iam/iam_builder.go:962 */
export const etcdManagerActions = ["ec2:DescribeInstances", "ec2:DescribeRegions", "ec2:DescribeVolumes"];

/** pkg/model/iam/iam_builder.go:812 */
export const containerRegistryActions = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:DescribeRepositories",
  "ecr:GetAuthorizationToken",
  "ecr:GetDownloadUrlForLayer",
  "ecr:GetRepositoryPolicy",
  "ecr:ListImages",
];

/** pkg/model/iam/iam_builder.go:841, :854 and :1332 */
export const podNetworkActions = {
  amazonvpc: [
    "ec2:AssignPrivateIpAddresses",
    "ec2:AttachNetworkInterface",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeInstances",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:DescribeTags",
    "ec2:DetachNetworkInterface",
    "ec2:ModifyNetworkInterfaceAttribute",
    "ec2:UnassignPrivateIpAddresses",
  ],
  // Agents turn off the source/destination check of their instance.
  calico: ["ec2:DescribeInstances", "ec2:ModifyNetworkInterfaceAttribute"],
  // Instances forward packets of pods, which have addresses of their own.
  kindnet: ["ec2:ModifyInstanceAttribute"],
};

/** pkg/model/iam/iam_builder.go:1348 */
export const podNetworkTagging = { amazonvpc: "network-interface" };

/** pkg/model/iam/iam_builder.go:1243 */
export const kmsActions = {
  unconditional: ["kms:CreateGrant", "kms:DescribeKey"],
  dataPlane: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
};

/** pkg/model/components/addonmanifests/karpenter/iam.go:72 */
export const karpenterActions = [
  "ec2:CreateFleet",
  "ec2:CreateLaunchTemplate",
  "ec2:CreateTags",
  "ec2:DeleteLaunchTemplate",
  "ec2:DescribeCapacityReservations",
  "ec2:DescribeImages",
  "ec2:DescribeInstanceStatus",
  "ec2:DescribeInstanceTypeOfferings",
  "ec2:DescribeInstanceTypes",
  "ec2:DescribeInstances",
  "ec2:DescribeLaunchTemplates",
  "ec2:DescribePlacementGroups",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSpotPriceHistory",
  "ec2:DescribeSubnets",
  "ec2:RunInstances",
  "ec2:TerminateInstances",
  "iam:AddRoleToInstanceProfile",
  "iam:DeleteInstanceProfile",
  "iam:GetInstanceProfile",
  "iam:ListInstanceProfiles",
  "iam:PassRole",
  "iam:RemoveRoleFromInstanceProfile",
  "iam:TagInstanceProfile",
  "pricing:GetProducts",
  "ssm:GetParameter",
];

/**
 * What the controller needs, by how far it can be limited (karpenter-provider-aws v1.14.1
 * website/content/en/v1.14/getting-started/getting-started-with-karpenter/cloudformation.yaml:27).
 */
export const karpenterScopedActions = {
  regionalReads: [
    "ec2:DescribeCapacityReservations",
    "ec2:DescribeImages",
    "ec2:DescribeInstanceStatus",
    "ec2:DescribeInstanceTypeOfferings",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeInstances",
    "ec2:DescribeLaunchTemplates",
    "ec2:DescribePlacementGroups",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSpotPriceHistory",
    "ec2:DescribeSubnets",
  ],
  globalReads: ["iam:GetInstanceProfile", "iam:ListInstanceProfiles", "pricing:GetProducts"],
  parameters: "ssm:GetParameter",
  launch: ["ec2:CreateFleet", "ec2:RunInstances"],
  createTemplate: "ec2:CreateLaunchTemplate",
  delete: ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"],
  /** What an instance starts with, and does not belong to the controller. */
  usedResources: ["capacity-reservation", "placement-group", "security-group", "subnet"],
  usedPublicResources: ["image", "snapshot"],
  createdResources: ["fleet", "instance", "network-interface", "spot-instances-request", "volume"],
  /** What the controller adds to an instance when it knows its node (pkg/controllers/nodeclaim/tagging/controller.go:108). */
  instanceTagKeys: ["Name", "eks:eks-cluster-name", "karpenter.sh/nodeclaim"],
};

/** What the interruption controller does with its queue (karpenter-provider-aws v1.14.1 pkg/aws/sdk.go:72). */
export const interruptionQueueActions = ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"];

/** Of nodes that complete the hook of their group (pkg/model/iam/iam_builder.go:1302). */
export const launchHookActions = {
  unconditional: ["autoscaling:DescribeLifecycleHooks"],
  clusterTagged: ["autoscaling:CompleteLifecycleAction"],
};

/** pkg/model/iam/iam_builder.go:1361 */
export const nodeTerminationActions = {
  unconditional: [
    "autoscaling:DescribeAutoScalingInstances",
    "autoscaling:DescribeTags",
    "ec2:DescribeInstances",
    "sqs:DeleteMessage",
    "sqs:ReceiveMessage",
  ],
  clusterTagged: ["autoscaling:CompleteLifecycleAction"],
};

/** pkg/model/iam/iam_builder.go:625 and :657 */
export const stateStoreActions = {
  read: ["s3:Get*"],
  write: ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:PutObject"],
  bucket: ["s3:GetBucketLocation", "s3:GetEncryptionConfiguration", "s3:ListBucket", "s3:ListBucketVersions"],
};

/** pkg/model/iam/iam_builder.go:1205 */
export const dnsActions = {
  zone: ["route53:ChangeResourceRecordSets", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
  change: ["route53:GetChange"],
  list: ["route53:ListHostedZones", "route53:ListTagsForResource"],
};

/** pkg/model/awsmodel/oidc_provider.go:34 */
export const oidcThumbprints = ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280", "a9d53002e97e00e043244f3d170d6f4c414104fd"];
