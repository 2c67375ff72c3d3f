/** The facts of each addon of the bootstrap channel: its manifest, its images and what it may do in AWS. */
import type { KopsRelease } from "../release";
import { nodeTerminationHandler } from "./termination";
import { kopsVersion, versions } from "./versions.gen";

/** upup/pkg/fi/cloudup/bootstrapchannelbuilder/bootstrapchannelbuilder.go:315 and cilium.go:38 */
export const manifests: KopsRelease["addons"]["manifests"] = {
  "kops-controller.addons.k8s.io": { id: "k8s-1.16", file: "k8s-1.16.yaml" },
  "coredns.addons.k8s.io": { id: "k8s-1.12", file: "k8s-1.12.yaml" },
  "kubelet-api.rbac.addons.k8s.io": { id: "k8s-1.9", file: "k8s-1.9.yaml" },
  "limit-range.addons.k8s.io": { id: undefined, file: "v1.5.0.yaml" },
  "dns-controller.addons.k8s.io": { id: "k8s-1.12", file: "k8s-1.12.yaml" },
  "nodelocaldns.addons.k8s.io": { id: "k8s-1.12", file: "k8s-1.12.yaml" },
  "metrics-server.addons.k8s.io": { id: "k8s-1.11", file: "k8s-1.11.yaml" },
  "certmanager.io": { id: "k8s-1.16", file: "k8s-1.16.yaml" },
  "node-termination-handler.aws": { id: "k8s-1.11", file: "k8s-1.11.yaml" },
  "node-problem-detector.addons.k8s.io": { id: "k8s-1.17", file: "k8s-1.17.yaml" },
  "aws-load-balancer-controller.addons.k8s.io": { id: "k8s-1.19-irsa", file: "k8s-1.19-irsa.yaml" },
  "eks-pod-identity-webhook.addons.k8s.io": { id: "k8s-1.16", file: "k8s-1.16.yaml" },
  "storage-aws.addons.k8s.io": { id: "v1.15.0", file: "v1.15.0.yaml" },
  "networking.projectcalico.org": { id: "k8s-1.25", file: "k8s-1.25.yaml" },
  "networking.amazon-vpc-routed-eni": { id: "k8s-1.16", file: "k8s-1.16.yaml" },
  "networking.kindnet": { id: "k8s-1.32", file: "k8s-1.32.yaml" },
  "networking.cilium.io": { id: "k8s-1.16", file: "k8s-1.16-v1.15.yaml" },
  "authentication.aws": { id: "k8s-1.12", file: "k8s-1.12.yaml" },
  "aws-cloud-controller.addons.k8s.io": { id: "k8s-1.18", file: "k8s-1.18.yaml" },
  "aws-ebs-csi-driver.addons.k8s.io": { id: "k8s-1.17", file: "k8s-1.17.yaml" },
  "snapshot-controller.addons.k8s.io": { id: "k8s-1.20", file: "k8s-1.20.yaml" },
};

/** pkg/model/components/kindnet.go:39 */
export const kindnet = { fastPathThreshold: 0, logLevel: 2, version: versions.kindnet } as const;

/** pkg/wellknownusers/wellknownusers.go:25 */
export const users = {
  awsAuthenticator: 10000,
  /** Lets a container that is not root read its service account's token. */
  generic: 10001,
  kopsController: 10011,
  apiServerHealthcheck: 10012,
  kopsChannels: 10013,
} as const;

/** upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template */
export const ebsCsi = {
  version: versions.ebsCsiDriver,
  /** The last two containers are off, their services are not. */
  metricsPorts: {
    controller: 3301,
    provisioner: 3302,
    attacher: 3303,
    resizer: 3304,
    livenessProbe: 3305,
    snapshotter: 3306,
    volumeModifier: 3307,
  },
  healthPort: 9808,
  registrarHealthPort: 9809,
  /** First generation of Arm instances, which have no NVMe volumes to attach. */
  excludedInstanceTypes: ["a1.medium", "a1.large", "a1.xlarge", "a1.2xlarge", "a1.4xlarge"],
  /** Kinds of compute that are no EC2 instance of the cluster. */
  excludedComputeTypes: ["fargate", "auto", "hybrid"],
  /** k8s-1.17.yaml.template:1150 */
  reportsAllocatableFrom: "1.35.0",
} as const;

/** The versions that objects are labelled with. */
export const loadBalancerController = { version: versions.loadBalancerController } as const;
export const certManager = { version: versions.certManager } as const;

/** Those whose tag follows a version; `make release` reads the others from the manifests. */
export const addonImages = {
  // upup/models/cloudup/resources/addons/networking.amazon-vpc-routed-eni/k8s-1.16.yaml.template:448 and :474
  amazonVpcCni: amazonImage(`amazon-k8s-cni:${versions.amazonVpcCni}`),
  amazonVpcCniInit: amazonImage(`amazon-k8s-cni-init:${versions.amazonVpcCni}`),
  // upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template:584
  ebsCsiDriver: `registry.k8s.io/provider-aws/aws-ebs-csi-driver:${versions.ebsCsiDriver}`,
  // upup/models/cloudup/resources/addons/certmanager.io/k8s-1.16.yaml.template:13246, :13333, :13339 and :13446
  ...certManagerImages(versions.certManager),
  // upup/models/cloudup/resources/addons/networking.projectcalico.org/k8s-1.25.yaml.template:7126, :7199, :7568 and :7662
  ...calicoImages(versions.calico),
  // upup/models/cloudup/resources/addons/networking.cilium.io/k8s-1.16-v1.15.yaml.template:1387 and :1992
  cilium: `quay.io/cilium/cilium:${versions.cilium}`,
  hubbleRelay: `quay.io/cilium/hubble-relay:${versions.cilium}`,
  ciliumOperator: `quay.io/cilium/operator:${versions.cilium}`,
  // upup/models/cloudup/resources/addons/networking.kindnet/k8s-1.32.yaml.template:104
  kindnet: `registry.k8s.io/networking/kindnet:${versions.kindnet}`,
  // pkg/model/components/channels/model.go:102
  // upup/models/cloudup/resources/addons/node-termination-handler.aws/k8s-1.11.yaml.template:152
  nodeTerminationHandler: `public.ecr.aws/aws-ec2/aws-node-termination-handler:${nodeTerminationHandler.version}`,
  // upup/models/cloudup/resources/addons/aws-load-balancer-controller.addons.k8s.io/k8s-1.19-irsa.yaml.template:2934
  loadBalancerController: `public.ecr.aws/eks/aws-load-balancer-controller:${versions.loadBalancerController}`,
  kopsController: `registry.k8s.io/kops/kops-controller:${kopsVersion}`,
  dnsController: `registry.k8s.io/kops/dns-controller:${kopsVersion}`,
} as const;

function calicoImages(version: string) {
  return {
    calicoCni: `docker.io/calico/cni:${version}`,
    calicoKubeControllers: `docker.io/calico/kube-controllers:${version}`,
    calicoNode: `docker.io/calico/node:${version}`,
    calicoTypha: `docker.io/calico/typha:${version}`,
  } as const;
}

/** Amazon's own registry, of one region for all. */
function amazonImage<Image extends string>(image: Image) {
  return `602401143452.dkr.ecr.us-west-2.amazonaws.com/${image}` as const;
}

function certManagerImages(version: string) {
  return {
    certManagerCainjector: `quay.io/jetstack/cert-manager-cainjector:${version}`,
    certManagerController: `quay.io/jetstack/cert-manager-controller:${version}`,
    certManagerSolver: `quay.io/jetstack/cert-manager-acmesolver:${version}`,
    certManagerWebhook: `quay.io/jetstack/cert-manager-webhook:${version}`,
  } as const;
}

/** pkg/model/iam/iam_builder.go:984 */
const cloudControllerActions = {
  unconditional: [
    "autoscaling:DescribeAutoScalingGroups",
    "autoscaling:DescribeTags",
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeInstanceTopology",
    "ec2:DescribeInstances",
    "ec2:DescribeRegions",
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeLoadBalancerAttributes",
    "elasticloadbalancing:DescribeLoadBalancerPolicies",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTargetGroupAttributes",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "iam:CreateServiceLinkedRole",
    "kms:DescribeKey",
  ],
  clusterTagged: [
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:DeleteSecurityGroup",
    "ec2:ModifyInstanceAttribute",
    "ec2:RevokeSecurityGroupIngress",
    "elasticloadbalancing:AddTags",
    "elasticloadbalancing:ApplySecurityGroupsToLoadBalancer",
    "elasticloadbalancing:AttachLoadBalancerToSubnets",
    "elasticloadbalancing:ConfigureHealthCheck",
    "elasticloadbalancing:CreateLoadBalancerListeners",
    "elasticloadbalancing:CreateLoadBalancerPolicy",
    "elasticloadbalancing:DeleteListener",
    "elasticloadbalancing:DeleteLoadBalancer",
    "elasticloadbalancing:DeleteLoadBalancerListeners",
    "elasticloadbalancing:DeleteTargetGroup",
    "elasticloadbalancing:DeregisterInstancesFromLoadBalancer",
    "elasticloadbalancing:DeregisterTargets",
    "elasticloadbalancing:DetachLoadBalancerFromSubnets",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyLoadBalancerAttributes",
    "elasticloadbalancing:ModifyTargetGroup",
    "elasticloadbalancing:ModifyTargetGroupAttributes",
    "elasticloadbalancing:RegisterInstancesWithLoadBalancer",
    "elasticloadbalancing:RegisterTargets",
    "elasticloadbalancing:SetLoadBalancerPoliciesForBackendServer",
    "elasticloadbalancing:SetLoadBalancerPoliciesOfListener",
  ],
  clusterTaggedCreate: [
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateLoadBalancer",
    "elasticloadbalancing:CreateTargetGroup",
  ],
  ec2Create: { actions: ["CreateSecurityGroup"], resources: ["security-group"] },
};

/** pkg/model/iam/iam_builder.go:1156 */
const ebsDriverActions = {
  unconditional: [
    "ec2:DescribeAvailabilityZones",
    "ec2:DescribeInstanceTypes",
    "ec2:DescribeInstances",
    "ec2:DescribeTags",
    "ec2:DescribeVolumeStatus",
    "ec2:DescribeVolumes",
    "ec2:DescribeVolumesModifications",
  ],
  clusterTagged: ["ec2:AttachVolume", "ec2:DeleteVolume", "ec2:DetachVolume", "ec2:ModifyVolume"],
  ec2Create: { actions: ["CopyVolumes", "CreateVolume"], resources: ["volume", "snapshot"] },
};

/** pkg/model/iam/iam_builder.go:1161 */
const snapshotActions = {
  unconditional: ["ec2:CreateSnapshot", "ec2:DescribeAvailabilityZones", "ec2:DescribeSnapshots"],
  clusterTagged: ["ec2:DeleteSnapshot", "ec2:EnableFastSnapshotRestores"],
  ec2Create: { actions: ["CreateSnapshot"], resources: ["volume", "snapshot"] },
};

/** pkg/model/components/addonmanifests/certmanager/iam.go:52 */
const certManagerActions = {
  listRecords: "route53:ListResourceRecordSets",
  changeRecords: "route53:ChangeResourceRecordSets",
  changes: "route53:GetChange",
  zones: "route53:ListHostedZonesByName",
};

export const addonActions = { certManagerActions, cloudControllerActions, ebsDriverActions, snapshotActions };
