/** Workers in Auto Scaling groups (kops pkg/model/awsmodel/autoscalinggroup.go:62). */
import type { LifecycleHookArgs } from "@pulumi/aws/autoscaling/lifecycleHook";
import { cloudGroups, type ResolvedCloudGroup, type ResolvedCluster, type ResolvedNodeVolume } from "../model/cluster";
import { nodeGroupInstanceName, warmPoolHookName } from "../model/names";
import { instanceGroupTags } from "../model/tags";
import { waitingGroups, warmPoolOf } from "../model/warmPool";
import type { VolumeDefaults } from "../releases/release";
import { autoscalingGroupRow, launchTemplateRow, type AutoscaledInstances } from "./autoscaling";

export function cloudGroupRows(cluster: ResolvedCluster) {
  const groups = cloudGroups(cluster).map((group) => instances(cluster, group));
  return {
    launchTemplates: groups.map(launchTemplateRow),
    autoscalingGroups: groups.map(autoscalingGroupRow),
    hooks: waitingGroups(cluster).map((group) => launchHook(cluster, group)),
  };
}

/** Until nodeup has completed it, an instance is neither in the warm pool nor in service (autoscalinggroup.go:129). */
function launchHook({ release }: ResolvedCluster, group: ResolvedCloudGroup) {
  return {
    key: `warm-pool-hook-${group.name}`,
    group: group.name,
    args: {
      name: warmPoolHookName,
      defaultResult: "ABANDON",
      heartbeatTimeout: warmPoolOf(group)?.lifecycleHookTimeout ?? release.defaults.warmPools.hookTimeoutSeconds,
      lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
    } satisfies Partial<LifecycleHookArgs>,
  };
}

function instances(cluster: ResolvedCluster, group: ResolvedCloudGroup): AutoscaledInstances {
  const { defaults } = cluster.release;
  return {
    ...group,
    scalingGroupName: nodeGroupInstanceName(cluster.name, group.name),
    tags: instanceGroupTags(cluster, group),
    instanceProfile: "nodes",
    securityGroups: ["nodes"],
    targetGroups: [],
    metrics: [
      ...defaults.autoscalingMetrics,
      ...(warmPoolOf(group) === undefined ? [] : defaults.warmPools.autoscalingMetrics),
    ],
    size: { min: group.minSize, max: group.maxSize },
    volumes: group.volumes.map((volume) => device(volume, defaults.volumes)),
    launch: launchSettings(group),
    scaling: scalingSettings(group),
  };
}

/** Spot instances of one type are the launch template's; of several, the group's policy says so (autoscalinggroup.go:372). */
function launchSettings(group: ResolvedCloudGroup): AutoscaledInstances["launch"] {
  const { cpuCredits, maxPrice, tenancy } = group.settings;
  const isSpot = maxPrice !== undefined && !isMixed(group);
  return {
    ...(cpuCredits === undefined ? {} : { creditSpecification: { cpuCredits } }),
    ...(isSpot ? { instanceMarketOptions: { marketType: "spot", spotOptions: { maxPrice } } } : {}),
    ...(tenancy === undefined ? {} : { placement: { tenancy } }),
  };
}

/** Of stopped instances, as Auto Scaling's default is; without a maximum, the group's own. */
function warmPool(group: ResolvedCloudGroup): Pick<AutoscaledInstances["scaling"], "warmPool"> {
  const pool = warmPoolOf(group);
  if (pool === undefined) return {};
  const most = pool.maxSize === undefined ? {} : { maxGroupPreparedCapacity: pool.maxSize };
  return { warmPool: { minSize: pool.minSize ?? 0, ...most } };
}

function scalingSettings(group: ResolvedCloudGroup): AutoscaledInstances["scaling"] {
  const { instanceTypes, settings } = group;
  const { capacityRebalance, instanceProtection = false, maxInstanceLifetime, suspendProcesses = [] } = settings;
  // AWS ends no protected instance when a group shrinks to nothing, and none at all while that is suspended.
  const needsForce = instanceProtection || suspendProcesses.includes("Terminate");
  return {
    ...(capacityRebalance === undefined ? {} : { capacityRebalance }),
    ...(needsForce ? { forceDelete: true } : {}),
    ...(maxInstanceLifetime === undefined ? {} : { maxInstanceLifetime }),
    protectFromScaleIn: instanceProtection,
    suspendedProcesses: suspendProcesses,
    targetGroupArns: settings.targetGroupArns ?? [],
    ...warmPool(group),
    ...(isMixed(group)
      ? {
          mixedInstances: {
            overrides: instanceTypes.length > 1 ? instanceTypes.map((instanceType) => ({ instanceType })) : [],
            instancesDistribution: distribution(group),
          },
        }
      : {}),
  };
}

function isMixed({ instanceTypes, settings }: ResolvedCloudGroup): boolean {
  return instanceTypes.length > 1 || settings.mixedInstancesPolicy !== undefined;
}

function distribution({ settings }: ResolvedCloudGroup) {
  const policy = settings.mixedInstancesPolicy ?? {};
  return {
    onDemandAllocationStrategy: policy.onDemandAllocationStrategy,
    onDemandBaseCapacity: policy.onDemandBase,
    onDemandPercentageAboveBaseCapacity: policy.onDemandAboveBase,
    spotAllocationStrategy: policy.spotAllocationStrategy,
    spotInstancePools: policy.spotInstancePools,
    spotMaxPrice: settings.maxPrice,
  };
}

/** autoscalinggroup.go:282 */
function device(volume: ResolvedNodeVolume, defaults: VolumeDefaults): AutoscaledInstances["volumes"][number] {
  return {
    deviceName: volume.deviceName,
    ebs: {
      volumeSize: volume.size,
      volumeType: volume.type,
      ...performance(volume, defaults),
      encrypted: String(volume.encrypted !== false),
      kmsKeyId: volume.kmsKeyArn,
      deleteOnTermination: String(volume.deleteOnTermination),
    },
  };
}

function performance({ type, iops, throughput }: ResolvedNodeVolume, defaults: VolumeDefaults) {
  switch (type) {
    case "gp3":
      return { iops: iops ?? defaults.gp3Iops, throughput: throughput ?? defaults.gp3Throughput };
    case "io1":
    case "io2":
      return { iops: iops ?? defaults.provisionedIops };
    default:
      return {};
  }
}
