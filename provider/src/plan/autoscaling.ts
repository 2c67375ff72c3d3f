/** Instances of Auto Scaling groups: what is the same for the control plane and the bastion. */
import type { GroupArgs } from "@pulumi/aws/autoscaling/group";
import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate";
import type { ec2 } from "@pulumi/aws/types/input";
import type { Tags } from "../model/tags";
import type { Input } from "../schema/input";
import type { KopsRelease } from "../releases/release";
import type { ResolvedMetadataOptions, ResolvedVolume } from "../model/cluster";
import type { InstanceProfileRef, SecurityGroupRef, TargetGroupRef } from "./rows";

export type LaunchTemplateRow = ReturnType<typeof launchTemplateRow>;
export type AutoscalingGroupRow = ReturnType<typeof autoscalingGroupRow>;

export interface AutoscaledInstances {
  /** Of the instance group. */
  readonly name: string;
  readonly scalingGroupName: string;
  readonly tags: Tags;
  readonly image: string;
  readonly instanceType: string;
  readonly instanceProfile: InstanceProfileRef;
  readonly rootVolume: ResolvedVolume;
  readonly metadata: ResolvedMetadataOptions;
  readonly associatePublicIp: boolean;
  readonly securityGroups: readonly SecurityGroupRef[];
  readonly additionalSecurityGroupIds: readonly Input<string>[];
  readonly subnets: readonly string[];
  readonly targetGroups: readonly TargetGroupRef[];
  /** What the Auto Scaling group reports. */
  readonly metrics: KopsRelease["defaults"]["autoscalingMetrics"];
}

export function launchTemplateRow(group: AutoscaledInstances) {
  const { tags, metadata } = group;
  return {
    key: `launch-template-${group.name}`,
    ref: group.name,
    /** AMI selector; the image tells the name of the root device. */
    image: group.image,
    instanceProfile: group.instanceProfile,
    securityGroups: group.securityGroups,
    additionalSecurityGroupIds: group.additionalSecurityGroupIds,
    rootVolume: rootVolume(group.rootVolume),
    networkInterface: {
      associatePublicIpAddress: String(group.associatePublicIp),
      deleteOnTermination: "true",
      deviceIndex: 0,
      ipv6AddressCount: 0,
    } satisfies ec2.LaunchTemplateNetworkInterface,
    args: {
      name: group.scalingGroupName,
      instanceType: group.instanceType,
      metadataOptions: {
        httpEndpoint: "enabled",
        httpTokens: metadata.httpTokens,
        httpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
        httpProtocolIpv6: "disabled",
      },
      monitoring: { enabled: false },
      tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      updateDefaultVersion: false,
      tags,
    } satisfies LaunchTemplateArgs,
  };
}

function rootVolume({ size, type, iops, throughput, encrypted, kmsKeyArn }: ResolvedVolume) {
  return {
    volumeSize: size,
    volumeType: type,
    iops,
    throughput,
    encrypted: String(encrypted),
    kmsKeyId: encrypted ? kmsKeyArn : undefined,
    deleteOnTermination: "true",
  } satisfies ec2.LaunchTemplateBlockDeviceMappingEbs;
}

/** One instance, replaced by its group. */
export function autoscalingGroupRow(group: AutoscaledInstances) {
  return {
    key: `autoscaling-group-${group.name}`,
    /** The launch template's as well. */
    ref: group.name,
    subnets: group.subnets,
    targetGroups: group.targetGroups,
    launchTemplate: { version: "$Latest" },
    args: {
      name: group.scalingGroupName,
      minSize: 1,
      maxSize: 1,
      enabledMetrics: [...group.metrics],
      metricsGranularity: "1Minute",
      suspendedProcesses: [],
      protectFromScaleIn: false,
      tags: Object.entries(group.tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    } satisfies GroupArgs,
  };
}
