/** Instances of Auto Scaling groups: of the control plane, the bastion, and groups of workers. */
import type { GroupArgs } from "@pulumi/aws/autoscaling/group";
import type { LaunchTemplateArgs } from "@pulumi/aws/ec2/launchTemplate";
import type { autoscaling as autoscalingMetrics } from "@pulumi/aws/types/enums";
import type { autoscaling, ec2 } from "@pulumi/aws/types/input";
import type { Tags } from "../model/tags";
import type { Input } from "../schema/input";
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
  readonly metrics: readonly string[];
  readonly size: { readonly min: number; readonly max: number };
  readonly detailedMonitoring: boolean;
  /** Volumes beside the root volume. */
  readonly volumes: readonly DeviceRow[];
  /** What only groups of workers have settings for. */
  readonly launch: Pick<LaunchTemplateArgs, "creditSpecification" | "instanceMarketOptions" | "placement">;
  readonly scaling: ScalingSettings;
}

export interface ScalingSettings extends Pick<
  GroupArgs,
  "capacityRebalance" | "forceDelete" | "maxInstanceLifetime" | "warmPool"
> {
  readonly suspendedProcesses: readonly string[];
  readonly protectFromScaleIn: boolean;
  readonly targetGroupArns: readonly Input<string>[];
  /** Absent where all instances are of the launch template's type. */
  readonly mixedInstances?: MixedInstances;
}

/** A mixed instances policy, less the launch template. */
export interface MixedInstances {
  readonly overrides: readonly { readonly instanceType: string }[];
  readonly instancesDistribution: autoscaling.GroupMixedInstancesPolicyInstancesDistribution;
}

export interface DeviceRow {
  readonly deviceName: string;
  readonly ebs: ec2.LaunchTemplateBlockDeviceMappingEbs;
}

/** One instance, replaced by its group. */
export const singleInstance = {
  size: { min: 1, max: 1 },
  detailedMonitoring: false,
  volumes: [],
  launch: {},
  scaling: { suspendedProcesses: [], protectFromScaleIn: false, targetGroupArns: [] },
} as const satisfies Partial<AutoscaledInstances>;

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
    volumes: group.volumes,
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
      ...group.launch,
      monitoring: { enabled: group.detailedMonitoring },
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

/** The desired capacity is left out: it is the autoscaler's, or whoever's who sets it. */
export function autoscalingGroupRow(group: AutoscaledInstances) {
  const { suspendedProcesses, targetGroupArns, mixedInstances, ...scaling } = group.scaling;
  return {
    key: `autoscaling-group-${group.name}`,
    /** The launch template's as well. */
    ref: group.name,
    subnets: group.subnets,
    targetGroups: group.targetGroups,
    targetGroupArns,
    launchTemplate: { version: "$Latest" },
    mixedInstances,
    args: {
      name: group.scalingGroupName,
      minSize: group.size.min,
      maxSize: group.size.max,
      // The provider's enumeration has none of warm pools, and it takes any.
      enabledMetrics: [...group.metrics] as autoscalingMetrics.Metric[],
      metricsGranularity: "1Minute",
      suspendedProcesses: [...suspendedProcesses],
      ...scaling,
      tags: Object.entries(group.tags).map(([key, value]) => ({ key, value, propagateAtLaunch: true })),
    } satisfies GroupArgs,
  };
}
