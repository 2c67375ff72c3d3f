/** Machines in Auto Scaling groups: what is the same for the control plane and the bastion. */
import type { Tags } from "../model/tags";
import { autoscalingMetrics } from "../model/aws";
import type { Input } from "../schema/input";
import type { ResolvedMetadataOptions, ResolvedVolume } from "../model/cluster";
import type {
  AutoscalingGroupRow,
  InstanceProfileRow,
  LaunchTemplateRow,
  SecurityGroupRef,
  TargetGroupRef,
} from "./rows";

export interface MachineGroup {
  /** Of the instance group. */
  readonly name: string;
  readonly scalingGroupName: string;
  readonly tags: Tags;
  readonly image: string;
  readonly instanceType: string;
  readonly instanceProfile: InstanceProfileRow["ref"];
  readonly rootVolume: ResolvedVolume;
  readonly metadata: ResolvedMetadataOptions;
  readonly associatePublicIp: boolean;
  readonly securityGroups: readonly SecurityGroupRef[];
  readonly additionalSecurityGroupIds: readonly Input<string>[];
  readonly subnets: readonly string[];
  readonly targetGroups: readonly TargetGroupRef[];
}

export function launchTemplateRow(group: MachineGroup): LaunchTemplateRow {
  const { rootVolume, metadata } = group;
  return {
    key: `launch-template-${group.name}`,
    ref: group.name,
    name: group.scalingGroupName,
    tags: group.tags,
    instanceTags: group.tags,
    taggedResourceTypes: ["instance", "volume", "network-interface"],
    image: group.image,
    instanceType: group.instanceType,
    instanceProfile: group.instanceProfile,
    rootVolume: {
      size: rootVolume.size,
      type: rootVolume.type,
      iops: rootVolume.iops,
      throughput: rootVolume.throughput,
      encrypted: rootVolume.encrypted,
      kmsKeyId: rootVolume.encrypted ? rootVolume.kmsKeyArn : undefined,
      deleteOnTermination: true,
    },
    metadataOptions: {
      httpTokens: metadata.httpTokens,
      httpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
      httpProtocolIpv6: "disabled",
    },
    networkInterface: {
      associatePublicIpAddress: group.associatePublicIp,
      deleteOnTermination: true,
      deviceIndex: 0,
      ipv6AddressCount: 0,
      securityGroups: group.securityGroups,
      additionalSecurityGroupIds: group.additionalSecurityGroupIds,
    },
    monitoring: false,
    disableApiTermination: false,
  };
}

/** One machine, replaced by its group. */
export function autoscalingGroupRow(group: MachineGroup): AutoscalingGroupRow {
  return {
    key: `autoscaling-group-${group.name}`,
    ref: group.name,
    name: group.scalingGroupName,
    minSize: 1,
    maxSize: 1,
    launchTemplateVersion: "$Latest",
    subnets: group.subnets,
    targetGroups: group.targetGroups,
    propagateTagsAtLaunch: true,
    enabledMetrics: autoscalingMetrics,
    metricsGranularity: "1Minute",
    suspendedProcesses: [],
    protectFromScaleIn: false,
    tags: group.tags,
  };
}
