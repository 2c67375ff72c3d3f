/** What becomes of each field of a kOps instance group's spec. */
import { schemaShape } from "../../schema/shape.gen";
import { containerdVerdicts, kubeletVerdicts, ofAnotherCloud } from "./sections";
import { carried, each, own, refused, type Verdicts } from "./verdict";

const sections: Verdicts = {
  ...each("", "containerd fileAssets hooks kubelet packages sysctlParameters updatePolicy volumeMounts", carried),
  "hooks.disabled": refused("kOps reads it as its opposite in an instance group; leave the hook out instead"),
};

const common: Verdicts = {
  ...sections,
  ...containerdVerdicts,
  ...each("", "manager role", refused("the component decides it")),
  ...each("", "zones guestAccelerators gcpProvisioningModel", ofAnotherCloud),
  ...each("", "autoscale autoscalePriority", refused("it is for the cluster autoscaler")),
  ...each("", "rootVolumeOptimization rootVolumeDeleteOnTermination", refused("the component decides it")),
  compressUserData: refused("the bootstrap script is the component's own"),
  ...each(
    "",
    "iam securityGroupOverride externalLoadBalancers",
    refused("the component owns roles and security groups"),
  ),
  rollingUpdate: own("rollingUpdate"),
  warmPool: refused("the group has none"),
};

const autoScalingOnly =
  "capacityRebalance suspendProcesses instanceProtection maxInstanceLifetime maxPrice spotDurationInMinutes";

export const controlPlaneVerdicts: Verdicts = {
  ...common,
  ...kubeletVerdicts("kubelet", "controlPlane"),
  ...each("", "minSize maxSize", refused("a group of the control plane has one instance")),
  ...each("", `${autoScalingOnly} instanceInterruptionBehavior`, refused("the component decides it")),
  ...each("", "tenancy cpuCredits mixedInstancesPolicy associatePublicIp", refused("the component decides it")),
  ...each("", "detailedInstanceMonitoring instanceMetadata", refused("the component decides it")),
  image: own("controlPlane.image"),
  machineType: own("controlPlane.instanceType"),
  subnets: own("controlPlane.zones"),
  nodeLabels: own("controlPlane.labels"),
  taints: own("controlPlane.taints"),
  cloudLabels: own("tags"),
  additionalSecurityGroups: own("controlPlane.additionalSecurityGroupIds"),
  additionalUserData: own("controlPlane.additionalUserData"),
  volumes: own("controlPlane.rootVolume or controlPlane.etcdVolume"),
  ...rootVolume("controlPlane"),
};

export const nodeGroupVerdicts: Verdicts = {
  ...common,
  ...kubeletVerdicts("kubelet", "nodeGroups.*"),
  ...typedKubelet(),
  ...each("", `${autoScalingOnly} instanceInterruptionBehavior`, refused("Karpenter launches the nodes")),
  ...each("", "tenancy cpuCredits", refused("Karpenter launches the nodes, and its node class has no such field")),
  image: own("nodeGroups.*.images"),
  machineType: own("nodeGroups.*.instanceTypes"),
  mixedInstancesPolicy: own("nodeGroups.*.instanceTypes"),
  subnets: own("nodeGroups.*.zones"),
  minSize: own("nodeGroups.*.minSize"),
  maxSize: own("nodeGroups.*.maxSize"),
  nodeLabels: own("nodeGroups.*.labels"),
  taints: own("nodeGroups.*.taints"),
  cloudLabels: own("nodeGroups.*.tags"),
  associatePublicIp: own("nodeGroups.*.associatePublicIp"),
  detailedInstanceMonitoring: own("nodeGroups.*.detailedMonitoring"),
  instanceMetadata: own("nodeGroups.*.metadataOptions"),
  additionalSecurityGroups: own("nodeGroups.*.additionalSecurityGroupIds"),
  additionalUserData: own("nodeGroups.*.additionalUserData"),
  volumes: own("nodeGroups.*.volumes"),
  ...rootVolume("nodeGroups.*"),
};

function rootVolume(owner: string): Verdicts {
  const input = (field: string) => own(`${owner}.rootVolume.${field}`);
  return {
    rootVolumeSize: input("size"),
    rootVolumeType: input("type"),
    rootVolumeIops: input("iops"),
    rootVolumeThroughput: input("throughput"),
    rootVolumeEncryption: input("encrypted"),
    rootVolumeEncryptionKey: input("kmsKeyArn"),
  };
}

/** The settings of the kubelet that a node group has inputs for. */
function typedKubelet(): Verdicts {
  const fields = Object.keys(schemaShape.objects["Kubelet"] ?? {});
  return Object.fromEntries(fields.map((field) => [`kubelet.${field}`, own(`nodeGroups.*.kubelet.${field}`)]));
}
