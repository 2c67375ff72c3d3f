/** Instance groups as kOps's registry holds them: what the user asked for. */
import type { YamlObject } from "../../encode/yaml";
import type { Unwrapped } from "../../schema/input";
import type { UnwrappedCluster, UnwrappedControlPlaneGroup, UnwrappedNodeGroup } from "../../model/cluster";
import { bastionGroupName } from "../../model/names";
import type { RootVolume } from "../../schema/types.gen";
import { presentList, presentMap } from "../clusterSpec/fields";
import { groupLabels, taintText } from "../clusterSpec/kubelet";
import { groupOverrides } from "../spec/overrides";
import { merged } from "../../model/spec/values";

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
    associatePublicIp: declared.associatePublicIp,
    cloudLabels: presentMap(group.tags),
    detailedInstanceMonitoring: group.instanceSettings.detailedMonitoring,
    instanceMetadata: instanceMetadata(group),
    kubelet: group.kubelet,
    machineType: instanceTypes[0],
    manager: "Karpenter",
    maxSize: declared.maxSize,
    minSize: declared.minSize,
    mixedInstancesPolicy: instanceTypes.length > 1 ? { instances: instanceTypes } : undefined,
    role: "Node",
  };
  return merged(created, groupOverrides(cluster, group));
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
