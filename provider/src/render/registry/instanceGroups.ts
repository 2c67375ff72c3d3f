/** Instance groups as kOps's registry holds them: what the user asked for. */
import { canonicalDuration } from "../../encode/duration";
import type { YamlObject } from "../../encode/yaml";
import type { Unwrapped } from "../../schema/input";
import type {
  UnwrappedCloudGroup,
  UnwrappedCluster,
  UnwrappedControlPlaneGroup,
  UnwrappedKarpenterGroup,
  UnwrappedNodeGroup,
} from "../../model/cluster";
import { bastionGroupName } from "../../model/names";
import { percentOrCount } from "../../model/rollingUpdate";
import type { NodeVolume, RootVolume } from "../../schema/types.gen";
import { presentList, presentMap } from "../clusterSpec/fields";
import { groupLabels, taintText } from "../clusterSpec/kubelet";
import { groupOverrides } from "../spec/overrides";
import { kopsFields, merged } from "../../model/spec/values";

type Bastion = NonNullable<UnwrappedCluster["network"]["bastion"]>;

export function controlPlaneGroupSpec(cluster: UnwrappedCluster, group: UnwrappedControlPlaneGroup): YamlObject {
  const created = {
    ...commonSpec(group),
    machineType: group.instanceType,
    maxSize: 1,
    minSize: 1,
    role: "Master",
  };
  return merged(created, groupOverrides(cluster, group));
}

/** kOps has one image and one machine type per group, and a policy for further types; pools are Karpenter's own. */
export function nodeGroupSpec(cluster: UnwrappedCluster, group: UnwrappedNodeGroup): YamlObject {
  const { declared, instanceTypes } = group;
  const created = {
    ...commonSpec(group),
    ...(group.manager === "Karpenter" ? karpenterFields(group) : cloudFields(cluster, group)),
    associatePublicIp: declared.associatePublicIp,
    cloudLabels: presentMap(group.tags),
    detailedInstanceMonitoring: declared.detailedMonitoring,
    instanceMetadata: instanceMetadata(group),
    kubelet: group.kubelet,
    machineType: instanceTypes[0],
    role: "Node",
  };
  return merged(created, groupOverrides(cluster, group));
}

function karpenterFields({ declared, instanceTypes }: UnwrappedKarpenterGroup): YamlObject {
  return {
    manager: "Karpenter",
    maxSize: declared.maxSize,
    minSize: declared.minSize,
    mixedInstancesPolicy: instanceTypes.length > 1 ? { instances: instanceTypes } : undefined,
  };
}

/** kOps takes a group for one of the cloud where no manager is named, and requires both sizes. */
function cloudFields(
  { release }: UnwrappedCluster,
  { declared, instanceTypes, maxSize, minSize, settings }: UnwrappedCloudGroup,
): YamlObject {
  const { mixedInstancesPolicy, rollingUpdate, maxInstanceLifetime, suspendProcesses, targetGroupArns } = settings;
  const share = (text: string | undefined) => (text === undefined ? undefined : percentOrCount(text));
  const instances = instanceTypes.length > 1 ? { instances: instanceTypes } : {};
  const isMixed = instanceTypes.length > 1 || mixedInstancesPolicy !== undefined;
  return {
    capacityRebalance: settings.capacityRebalance,
    cpuCredits: settings.cpuCredits,
    externalLoadBalancers: presentList((targetGroupArns ?? []).map((targetGroupArn) => ({ targetGroupArn }))),
    instanceProtection: settings.instanceProtection,
    maxInstanceLifetime:
      maxInstanceLifetime === undefined ? undefined : canonicalDuration(`${String(maxInstanceLifetime)}s`),
    maxPrice: settings.maxPrice,
    maxSize,
    minSize,
    mixedInstancesPolicy: isMixed ? { ...instances, ...mixedInstancesPolicy } : undefined,
    rollingUpdate:
      rollingUpdate === undefined
        ? undefined
        : { maxSurge: share(rollingUpdate.maxSurge), maxUnavailable: share(rollingUpdate.maxUnavailable) },
    suspendProcesses: presentList(suspendProcesses ?? []),
    tenancy: settings.tenancy,
    warmPool: settings.warmPool === undefined ? undefined : kopsFields(settings.warmPool, "WarmPoolSpec", release.spec),
    volumes: presentList((declared.volumes ?? []).map(volumeFields)),
  };
}

/** kops pkg/apis/kops/v1alpha2/instancegroup.go:282 */
function volumeFields(volume: Unwrapped<NodeVolume>): YamlObject {
  return {
    deleteOnTermination: volume.deleteOnTermination,
    device: volume.deviceName,
    encrypted: volume.encrypted,
    iops: volume.iops,
    key: volume.kmsKeyArn,
    size: volume.size,
    throughput: volume.throughput,
    type: volume.type,
  };
}

/** kops upup/pkg/fi/cloudup/new_cluster.go:1430 */
export function bastionGroupSpec(bastion: Bastion): YamlObject {
  return {
    image: bastion.image,
    machineType: bastion.instanceType,
    maxSize: 1,
    minSize: 1,
    nodeLabels: { "kops.k8s.io/instancegroup": bastionGroupName },
    role: "Bastion",
    subnets: bastion.subnets,
  };
}

function commonSpec(group: UnwrappedControlPlaneGroup | UnwrappedNodeGroup): YamlObject {
  return {
    ...rootVolumeFields(group.declared.rootVolume ?? {}),
    additionalSecurityGroups: presentList(group.additionalSecurityGroupIds),
    additionalUserData: presentList(
      group.additionalUserData.map(({ name, type, content }) => ({ name, type, content })),
    ),
    image: group.image,
    nodeLabels: groupLabels(group),
    subnets: group.subnets,
    taints: presentList(group.taints.map(taintText)),
  };
}

/** kops pkg/apis/kops/v1alpha2/instancegroup.go:72 */
function rootVolumeFields(volume: Unwrapped<RootVolume>): YamlObject {
  return {
    rootVolumeEncryption: volume.encrypted,
    rootVolumeEncryptionKey: volume.kmsKeyArn,
    rootVolumeIops: volume.iops,
    rootVolumeSize: volume.size,
    rootVolumeThroughput: volume.throughput,
    rootVolumeType: volume.type,
  };
}

/** kOps knows no switch for the metadata endpoint itself. */
function instanceMetadata(group: UnwrappedNodeGroup): YamlObject | undefined {
  const { httpPutResponseHopLimit, httpTokens } = group.declared.metadataOptions ?? {};
  if (httpPutResponseHopLimit === undefined && httpTokens === undefined) return undefined;
  return { httpPutResponseHopLimit, httpTokens };
}
