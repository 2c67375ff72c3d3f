// What the aws provider calls for each resource type and lookup that the component uses, as IAM actions. Reading actions
// are by wildcard: a provider reads more of a resource with every release.

const describeEc2 = "ec2:Describe*";
const describeLoadBalancing = "elasticloadbalancing:Describe*";
const tagEc2 = ["ec2:CreateTags", "ec2:DeleteTags"];
const tagLoadBalancing = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"];
const tagRole = ["iam:TagRole", "iam:UntagRole"];

/** By the module of @pulumi/aws. */
export const actionsOf: Readonly<Record<string, readonly string[]>> = {
  "autoscaling/group": [
    ...["CreateAutoScalingGroup", "UpdateAutoScalingGroup", "DeleteAutoScalingGroup"].map((a) => `autoscaling:${a}`),
    ...["CreateOrUpdateTags", "DeleteTags", "EnableMetricsCollection", "SuspendProcesses"].map(
      (a) => `autoscaling:${a}`,
    ),
    ...[
      "AttachLoadBalancerTargetGroups",
      "DetachLoadBalancerTargetGroups",
      "SetInstanceProtection",
      "ResumeProcesses",
      "PutWarmPool",
      "DeleteWarmPool",
    ].map((a) => `autoscaling:${a}`),
    "autoscaling:Describe*",
    // The group starts instances with the caller's rights to the launch template and the role in it.
    "ec2:RunInstances",
    "iam:PassRole",
    "iam:CreateServiceLinkedRole",
    describeLoadBalancing,
    ...tagEc2,
  ],
  "autoscaling/lifecycleHook": [
    "autoscaling:PutLifecycleHook",
    "autoscaling:DeleteLifecycleHook",
    "autoscaling:Describe*",
  ],
  "cloudwatch/eventRule": [
    ...["PutRule", "DeleteRule", "DescribeRule"].map((a) => `events:${a}`),
    ...["ListTagsForResource", "TagResource", "UntagResource"].map((a) => `events:${a}`),
  ],
  "cloudwatch/eventTarget": ["events:PutTargets", "events:RemoveTargets", "events:ListTargetsByRule"],
  "autoscaling/getAmiIds": ["autoscaling:Describe*"],
  "ebs/getEbsVolumes": [describeEc2],
  "ebs/volume": ["ec2:CreateVolume", "ec2:DeleteVolume", "ec2:ModifyVolume", describeEc2, ...tagEc2],
  "ec2/eip": ["ec2:AllocateAddress", "ec2:ReleaseAddress", "ec2:DisassociateAddress", describeEc2, ...tagEc2],
  "ec2/getAmi": [describeEc2],
  "ec2/getElasticIp": [describeEc2],
  "ec2/getInstanceTypeOfferings": [describeEc2],
  "ec2/getInstanceTypes": [describeEc2],
  "ec2/getInternetGateway": [describeEc2],
  "ec2/getKeyPair": [describeEc2],
  "ec2/getNatGateway": [describeEc2],
  "ec2/getNatGateways": [describeEc2],
  "ec2/getNetworkInterface": [describeEc2],
  "ec2/getNetworkInterfaces": [describeEc2],
  "ec2/getSecurityGroup": [describeEc2],
  "ec2/getSubnet": [describeEc2],
  "ec2/getSubnets": [describeEc2],
  "ec2/getVpc": [describeEc2],
  "ec2/getVpcs": [describeEc2],
  "ec2/internetGateway": [
    ...["CreateInternetGateway", "DeleteInternetGateway"].map((a) => `ec2:${a}`),
    ...["AttachInternetGateway", "DetachInternetGateway"].map((a) => `ec2:${a}`),
    describeEc2,
    ...tagEc2,
  ],
  "ec2/keyPair": ["ec2:ImportKeyPair", "ec2:DeleteKeyPair", describeEc2, ...tagEc2],
  "ec2/launchTemplate": [
    ...["CreateLaunchTemplate", "CreateLaunchTemplateVersion"].map((a) => `ec2:${a}`),
    "ec2:DeleteLaunchTemplate",
    describeEc2,
    ...tagEc2,
  ],
  "ec2/natGateway": ["ec2:CreateNatGateway", "ec2:DeleteNatGateway", describeEc2, ...tagEc2],
  "ec2/route": ["ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DeleteRoute", describeEc2],
  "ec2/routeTable": ["ec2:CreateRouteTable", "ec2:DeleteRouteTable", describeEc2, ...tagEc2],
  "ec2/routeTableAssociation": [
    ...["AssociateRouteTable", "DisassociateRouteTable", "ReplaceRouteTableAssociation"].map((a) => `ec2:${a}`),
    describeEc2,
  ],
  // A new group has a rule to all addresses, which the provider takes away.
  "ec2/securityGroup": [
    ...["CreateSecurityGroup", "DeleteSecurityGroup", "RevokeSecurityGroupEgress"].map((a) => `ec2:${a}`),
    describeEc2,
    ...tagEc2,
  ],
  "ec2/subnet": ["ec2:CreateSubnet", "ec2:DeleteSubnet", "ec2:ModifySubnetAttribute", describeEc2, ...tagEc2],
  "ec2/tag": [...tagEc2, describeEc2],
  "ec2/vpc": [...["CreateVpc", "DeleteVpc", "ModifyVpcAttribute"].map((a) => `ec2:${a}`), describeEc2, ...tagEc2],
  "ec2/vpcDhcpOptions": ["ec2:CreateDhcpOptions", "ec2:DeleteDhcpOptions", describeEc2, ...tagEc2],
  "ec2/vpcDhcpOptionsAssociation": ["ec2:AssociateDhcpOptions", describeEc2],
  "ec2/vpcIpv4CidrBlockAssociation": ["ec2:AssociateVpcCidrBlock", "ec2:DisassociateVpcCidrBlock", describeEc2],
  "ec2transitgateway/getTransitGateway": [describeEc2],
  getAvailabilityZones: [describeEc2],
  getCallerIdentity: ["sts:GetCallerIdentity"],
  // The provider knows its own region.
  getRegion: [],
  "iam/instanceProfile": [
    ...["CreateInstanceProfile", "DeleteInstanceProfile", "GetInstanceProfile"].map((a) => `iam:${a}`),
    ...["AddRoleToInstanceProfile", "RemoveRoleFromInstanceProfile"].map((a) => `iam:${a}`),
    ...["TagInstanceProfile", "UntagInstanceProfile", "PassRole"].map((a) => `iam:${a}`),
  ],
  "iam/openIdConnectProvider": [
    ...["CreateOpenIDConnectProvider", "DeleteOpenIDConnectProvider", "GetOpenIDConnectProvider"].map(
      (a) => `iam:${a}`,
    ),
    ...["UpdateOpenIDConnectProviderThumbprint", "AddClientIDToOpenIDConnectProvider"].map((a) => `iam:${a}`),
    ...["RemoveClientIDFromOpenIDConnectProvider", "TagOpenIDConnectProvider"].map((a) => `iam:${a}`),
    "iam:UntagOpenIDConnectProvider",
  ],
  "iam/role": [
    ...["CreateRole", "DeleteRole", "GetRole", "UpdateRole", "UpdateAssumeRolePolicy"].map((a) => `iam:${a}`),
    ...["ListRolePolicies", "ListAttachedRolePolicies", "ListInstanceProfilesForRole"].map((a) => `iam:${a}`),
    ...["PutRolePermissionsBoundary", "DeleteRolePermissionsBoundary"].map((a) => `iam:${a}`),
    ...tagRole,
  ],
  "iam/rolePolicy": ["iam:PutRolePolicy", "iam:GetRolePolicy", "iam:DeleteRolePolicy"],
  "iam/rolePolicyAttachment": ["iam:AttachRolePolicy", "iam:DetachRolePolicy", "iam:ListAttachedRolePolicies"],
  "kms/getKey": ["kms:DescribeKey"],
  "lb/listener": [
    ...["CreateListener", "DeleteListener", "ModifyListener"].map((a) => `elasticloadbalancing:${a}`),
    "elasticloadbalancing:ModifyListenerAttributes",
    describeLoadBalancing,
    ...tagLoadBalancing,
  ],
  "lb/loadBalancer": [
    ...["CreateLoadBalancer", "DeleteLoadBalancer", "ModifyLoadBalancerAttributes"].map(
      (a) => `elasticloadbalancing:${a}`,
    ),
    ...["SetSecurityGroups", "SetSubnets"].map((a) => `elasticloadbalancing:${a}`),
    describeLoadBalancing,
    describeEc2,
    "iam:CreateServiceLinkedRole",
    ...tagLoadBalancing,
  ],
  "lb/targetGroup": [
    ...["CreateTargetGroup", "DeleteTargetGroup", "ModifyTargetGroup"].map((a) => `elasticloadbalancing:${a}`),
    "elasticloadbalancing:ModifyTargetGroupAttributes",
    describeLoadBalancing,
    ...tagLoadBalancing,
  ],
  "resourcegroupstaggingapi/getResources": ["tag:GetResources"],
  "route53/getZone": ["route53:GetHostedZone", "route53:List*"],
  "route53/record": ["route53:ChangeResourceRecordSets", "route53:GetChange", "route53:List*"],
  "route53/zoneAssociation": [
    ...["AssociateVPCWithHostedZone", "DisassociateVPCFromHostedZone", "GetHostedZone", "GetChange", "List*"].map(
      (a) => `route53:${a}`,
    ),
    describeEc2,
  ],
  // Deleting a bucket empties it first, all versions.
  "s3/bucket": [
    ...["CreateBucket", "DeleteBucket", "ListBucket", "ListBucketVersions", "PutBucketTagging"].map((a) => `s3:${a}`),
    ...["GetBucket*", "Get*Configuration", "DeleteObject", "DeleteObjectVersion"].map((a) => `s3:${a}`),
    ...["ListTagsForResource", "TagResource", "UntagResource"].map((a) => `s3:${a}`),
  ],
  "s3/bucketObjectv2": [
    ...["PutObject", "GetObject", "DeleteObject", "DeleteObjectVersion"].map((a) => `s3:${a}`),
    ...["GetObjectTagging", "PutObjectTagging", "ListBucket", "ListBucketVersions"].map((a) => `s3:${a}`),
  ],
  "s3/bucketPolicy": ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:GetBucket*"],
  "s3/bucketPublicAccessBlock": ["s3:PutBucketPublicAccessBlock", "s3:GetBucket*"],
  "s3/bucketServerSideEncryptionConfiguration": ["s3:PutEncryptionConfiguration", "s3:Get*Configuration"],
  "s3/bucketVersioning": ["s3:PutBucketVersioning", "s3:GetBucket*"],
  "s3/getObject": ["s3:GetObject"],
  "sqs/queue": [
    ...["CreateQueue", "DeleteQueue", "GetQueueAttributes", "SetQueueAttributes"].map((a) => `sqs:${a}`),
    ...["ListQueueTags", "TagQueue", "UntagQueue"].map((a) => `sqs:${a}`),
  ],
  "sqs/queuePolicy": ["sqs:SetQueueAttributes", "sqs:GetQueueAttributes"],
  "ssm/getParameter": ["ssm:GetParameter"],
  "vpc/securityGroupEgressRule": [
    ...["AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress", "ModifySecurityGroupRules"].map((a) => `ec2:${a}`),
    describeEc2,
    ...tagEc2,
  ],
  "vpc/securityGroupIngressRule": [
    ...["AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress", "ModifySecurityGroupRules"].map(
      (a) => `ec2:${a}`,
    ),
    describeEc2,
    ...tagEc2,
  ],
};

/** What the plugin does itself: it replaces instances of Auto Scaling groups, and ends the machines that Karpenter left. */
export const actionsOfPlugin: readonly string[] = [
  "autoscaling:Describe*",
  "autoscaling:DetachInstances",
  "autoscaling:TerminateInstanceInAutoScalingGroup",
  "ec2:CreateTags",
  "ec2:DeleteNetworkInterface",
  describeEc2,
  "ec2:TerminateInstances",
];
