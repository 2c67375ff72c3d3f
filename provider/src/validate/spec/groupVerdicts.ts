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
  role: refused("the component decides it"),
  ...each("", "zones guestAccelerators gcpProvisioningModel", ofAnotherCloud),
  ...each("", "autoscale autoscalePriority", refused("it is for the cluster autoscaler")),
  ...each("", "rootVolumeOptimization rootVolumeDeleteOnTermination", refused("the component decides it")),
  compressUserData: refused("the bootstrap script is the component's own"),
  ...each("", "iam securityGroupOverride", refused("the component owns roles and security groups")),
  instanceInterruptionBehavior: refused("Auto Scaling terminates interrupted instances"),
  spotDurationInMinutes: refused("EC2 has no such spot instances any more"),
};

/** Of launch templates and Auto Scaling groups, by the names that the component's inputs have too. */
const autoScaling = [
  "capacityRebalance cpuCredits instanceProtection maxInstanceLifetime maxPrice",
  "mixedInstancesPolicy suspendProcesses tenancy",
].join(" ");

export const controlPlaneVerdicts: Verdicts = {
  ...common,
  ...kubeletVerdicts("kubelet", "controlPlane"),
  ...each("", "minSize maxSize", refused("a group of the control plane has one instance")),
  ...each("", `${autoScaling} externalLoadBalancers associatePublicIp`, refused("the component decides it")),
  ...each("", "detailedInstanceMonitoring instanceMetadata", refused("the component decides it")),
  manager: refused("the component decides it"),
  warmPool: refused("a group of the control plane has one instance"),
  rollingUpdate: refused("the control plane's instances are replaced one at a time"),
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
  manager: own("nodeGroups.*.manager"),
  warmPool: own("nodeGroups.*.cloudGroup.warmPool"),
  image: own("nodeGroups.*.images"),
  machineType: own("nodeGroups.*.instanceTypes"),
  ...Object.fromEntries(autoScaling.split(" ").map((field) => [field, own(`nodeGroups.*.cloudGroup.${field}`)])),
  "mixedInstancesPolicy.instances": own("nodeGroups.*.instanceTypes"),
  "mixedInstancesPolicy.instanceRequirements": refused("list the types in instanceTypes"),
  externalLoadBalancers: own("nodeGroups.*.cloudGroup.targetGroupArns"),
  rollingUpdate: own("nodeGroups.*.cloudGroup.rollingUpdate"),
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
