import type {
  AutoScalingGroup,
  MixedInstancesPolicy,
  TagDescription,
  WarmPoolConfiguration,
} from "@aws-sdk/client-auto-scaling";
import type { Group, GroupArgs } from "@pulumi/aws/autoscaling/group";
import type { LifecycleHook, LifecycleHookArgs } from "@pulumi/aws/autoscaling/lifecycleHook";
import { object, type Plain, replace, required, type ResourceType, set, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";

type Inputs = Plain<GroupArgs>;

function template(inputs: Inputs) {
  const { launchTemplate: given } = inputs;
  if (given === undefined) return undefined;
  return {
    ...(given.id === undefined ? { LaunchTemplateName: given.name } : { LaunchTemplateId: given.id }),
    Version: given.version,
  };
}

function mixedPolicy(inputs: Inputs): MixedInstancesPolicy | undefined {
  const given = inputs.mixedInstancesPolicy;
  if (given === undefined) return undefined;
  const specification = given.launchTemplate.launchTemplateSpecification;
  const spread = given.instancesDistribution;
  return {
    LaunchTemplate: {
      LaunchTemplateSpecification: {
        LaunchTemplateId: specification.launchTemplateId,
        LaunchTemplateName: specification.launchTemplateId === undefined ? specification.launchTemplateName : undefined,
        Version: specification.version,
      },
      Overrides: given.launchTemplate.overrides?.map((each) => ({
        InstanceType: each.instanceType,
        WeightedCapacity: each.weightedCapacity,
      })),
    },
    InstancesDistribution:
      spread === undefined
        ? undefined
        : {
            OnDemandAllocationStrategy: spread.onDemandAllocationStrategy,
            OnDemandBaseCapacity: spread.onDemandBaseCapacity,
            OnDemandPercentageAboveBaseCapacity: spread.onDemandPercentageAboveBaseCapacity,
            SpotAllocationStrategy: spread.spotAllocationStrategy,
            SpotInstancePools: spread.spotInstancePools,
            SpotMaxPrice: spread.spotMaxPrice,
          },
  };
}

function groupTags(inputs: Inputs) {
  return (inputs.tags ?? []).map((each) => ({
    Key: each.key,
    Value: each.value,
    PropagateAtLaunch: each.propagateAtLaunch,
    ResourceId: inputs.name,
    ResourceType: "auto-scaling-group",
  }));
}

function settings(inputs: Inputs) {
  return {
    AutoScalingGroupName: sure(inputs.name, "a group name"),
    MinSize: inputs.minSize,
    MaxSize: inputs.maxSize,
    ...(inputs.desiredCapacity === undefined ? {} : { DesiredCapacity: inputs.desiredCapacity }),
    ...(inputs.launchTemplate === undefined ? {} : { LaunchTemplate: template(inputs) }),
    ...(inputs.mixedInstancesPolicy === undefined ? {} : { MixedInstancesPolicy: mixedPolicy(inputs) }),
    ...(inputs.availabilityZones === undefined ? {} : { AvailabilityZones: inputs.availabilityZones }),
    ...(inputs.vpcZoneIdentifiers === undefined ? {} : { VPCZoneIdentifier: inputs.vpcZoneIdentifiers.join(",") }),
    CapacityRebalance: inputs.capacityRebalance,
    DefaultCooldown: inputs.defaultCooldown,
    DefaultInstanceWarmup: inputs.defaultInstanceWarmup,
    HealthCheckGracePeriod: inputs.healthCheckGracePeriod,
    HealthCheckType: inputs.healthCheckType,
    MaxInstanceLifetime: inputs.maxInstanceLifetime,
    NewInstancesProtectedFromScaleIn: inputs.protectFromScaleIn,
    ...(inputs.terminationPolicies === undefined ? {} : { TerminationPolicies: inputs.terminationPolicies }),
  };
}

/** What has calls of its own: metrics, suspended processes, target groups, load balancers. */
async function converge(aws: Aws, name: string, inputs: Inputs, have: AutoScalingGroup | undefined): Promise<void> {
  const AutoScalingGroupName = name;
  const plan = (wanted: readonly string[] | undefined, present: readonly (string | undefined)[] | undefined) => ({
    add: (wanted ?? []).filter((each) => present?.includes(each) !== true),
    drop: (present ?? []).filter((each): each is string => each !== undefined && wanted?.includes(each) !== true),
  });
  const metrics = plan(
    inputs.enabledMetrics,
    have?.EnabledMetrics?.map((each) => each.Metric),
  );
  if (metrics.drop.length > 0)
    await aws.autoscaling.disableMetricsCollection({ AutoScalingGroupName, Metrics: metrics.drop });
  if (metrics.add.length > 0) {
    await aws.autoscaling.enableMetricsCollection({
      AutoScalingGroupName,
      Metrics: metrics.add,
      Granularity: inputs.metricsGranularity ?? "1Minute",
    });
  }
  const processes = plan(
    inputs.suspendedProcesses,
    have?.SuspendedProcesses?.map((each) => each.ProcessName),
  );
  if (processes.drop.length > 0)
    await aws.autoscaling.resumeProcesses({ AutoScalingGroupName, ScalingProcesses: processes.drop });
  if (processes.add.length > 0)
    await aws.autoscaling.suspendProcesses({ AutoScalingGroupName, ScalingProcesses: processes.add });
  if (inputs.targetGroupArns !== undefined && have !== undefined) {
    const targets = plan(inputs.targetGroupArns, have.TargetGroupARNs);
    if (targets.drop.length > 0)
      await aws.autoscaling.detachLoadBalancerTargetGroups({ AutoScalingGroupName, TargetGroupARNs: targets.drop });
    if (targets.add.length > 0)
      await aws.autoscaling.attachLoadBalancerTargetGroups({ AutoScalingGroupName, TargetGroupARNs: targets.add });
  }
}

/** -1 is Auto Scaling's word for no maximum, which the provider does not leave out. */
async function putWarmPool(aws: Aws, { name, warmPool }: Inputs): Promise<void> {
  if (warmPool === undefined) return;
  await aws.autoscaling.putWarmPool({
    AutoScalingGroupName: name,
    MaxGroupPreparedCapacity: warmPool.maxGroupPreparedCapacity ?? -1,
    MinSize: warmPool.minSize,
  });
}

function warmPoolState(pool: WarmPoolConfiguration | undefined) {
  if (pool === undefined) return undefined;
  const most = pool.MaxGroupPreparedCapacity;
  return { minSize: pool.MinSize, ...(most === undefined || most === -1 ? {} : { maxGroupPreparedCapacity: most }) };
}

async function describe(aws: Aws, name: string): Promise<AutoScalingGroup | undefined> {
  const answer = await found(aws.autoscaling.describeAutoScalingGroups({ AutoScalingGroupNames: [name] }));
  return answer?.AutoScalingGroups?.[0];
}

function tagStates(tags: readonly TagDescription[] | undefined) {
  const own = (tags ?? []).filter((each) => each.Key?.startsWith("aws:") !== true);
  return own.map((each) => ({
    key: each.Key,
    propagateAtLaunch: each.PropagateAtLaunch ?? false,
    value: each.Value ?? "",
  }));
}

function mixedState(policy: MixedInstancesPolicy | undefined) {
  if (policy === undefined) return undefined;
  const { LaunchTemplate: from, InstancesDistribution: spread } = policy;
  return {
    launchTemplate: {
      launchTemplateSpecification: {
        launchTemplateId: from?.LaunchTemplateSpecification?.LaunchTemplateId,
        launchTemplateName: from?.LaunchTemplateSpecification?.LaunchTemplateName,
        version: from?.LaunchTemplateSpecification?.Version,
      },
      overrides: (from?.Overrides ?? []).map((each) => ({
        instanceType: each.InstanceType,
        weightedCapacity: each.WeightedCapacity,
      })),
    },
    instancesDistribution: {
      onDemandAllocationStrategy: spread?.OnDemandAllocationStrategy,
      onDemandBaseCapacity: spread?.OnDemandBaseCapacity,
      onDemandPercentageAboveBaseCapacity: spread?.OnDemandPercentageAboveBaseCapacity,
      spotAllocationStrategy: spread?.SpotAllocationStrategy,
      spotInstancePools: spread?.SpotInstancePools,
      spotMaxPrice: spread?.SpotMaxPrice,
    },
  };
}

const group = awsType<GroupArgs, Group>({
  inputs: {
    name: replace,
    minSize: required(update),
    maxSize: required(update),
    desiredCapacity: update,
    launchTemplate: object(update, { id: update, name: update, version: update }),
    mixedInstancesPolicy: object(update, {
      instancesDistribution: object(update, {
        onDemandAllocationStrategy: update,
        onDemandBaseCapacity: update,
        onDemandPercentageAboveBaseCapacity: update,
        spotAllocationStrategy: update,
        spotInstancePools: update,
        spotMaxPrice: update,
      }),
      launchTemplate: required(
        object(update, {
          launchTemplateSpecification: required(
            object(update, { launchTemplateId: update, launchTemplateName: update, version: update }),
          ),
          overrides: object(update, {
            instanceType: update,
            weightedCapacity: update,
            instanceRequirements: unsupported,
            launchTemplateSpecification: unsupported,
          }),
        }),
      ),
    }),
    availabilityZones: set(update),
    vpcZoneIdentifiers: set(update),
    capacityRebalance: update,
    defaultCooldown: update,
    defaultInstanceWarmup: update,
    enabledMetrics: set(update),
    forceDelete: update,
    healthCheckGracePeriod: update,
    healthCheckType: update,
    maxInstanceLifetime: update,
    metricsGranularity: update,
    protectFromScaleIn: update,
    suspendedProcesses: set(update),
    tags: set(object(update, { key: required(update), propagateAtLaunch: required(update), value: required(update) })),
    targetGroupArns: set(update),
    terminationPolicies: update,
    waitForCapacityTimeout: update,
    availabilityZoneDistribution: unsupported,
    capacityReservationSpecification: unsupported,
    context: unsupported,
    desiredCapacityType: unsupported,
    forceDeleteWarmPool: unsupported,
    ignoreFailedScalingActivities: unsupported,
    initialLifecycleHooks: unsupported,
    instanceLifecyclePolicy: unsupported,
    instanceMaintenancePolicy: unsupported,
    instanceRefresh: unsupported,
    launchConfiguration: unsupported,
    loadBalancers: unsupported,
    minElbCapacity: unsupported,
    namePrefix: unsupported,
    placementGroup: unsupported,
    region: replace,
    serviceLinkedRoleArn: unsupported,
    trafficSources: unsupported,
    waitForElbCapacity: unsupported,
    warmPool: object(update, {
      instanceReusePolicy: unsupported,
      maxGroupPreparedCapacity: update,
      minSize: update,
      poolState: unsupported,
    }),
  },
  naming: { property: "name", maxLength: 255 },
  defaults: { forceDelete: false },
  create: async (aws, inputs, created) => {
    const name = sure(inputs.name, "a group name");
    await aws.autoscaling.createAutoScalingGroup({
      ...settings(inputs),
      ...(inputs.tags === undefined ? {} : { Tags: groupTags(inputs) }),
      ...(inputs.targetGroupArns === undefined ? {} : { TargetGroupARNs: inputs.targetGroupArns }),
    });
    created(name);
    await converge(aws, name, inputs, undefined);
    await putWarmPool(aws, inputs);
  },
  read: async (aws, id) => {
    const one = await describe(aws, id);
    if (one === undefined) return undefined;
    const { LaunchTemplate: used } = one;
    return {
      arn: one.AutoScalingGroupARN,
      availabilityZones: one.AvailabilityZones,
      ...(one.CapacityRebalance === undefined ? {} : { capacityRebalance: one.CapacityRebalance }),
      defaultCooldown: one.DefaultCooldown,
      ...(one.DefaultInstanceWarmup === undefined ? {} : { defaultInstanceWarmup: one.DefaultInstanceWarmup }),
      desiredCapacity: one.DesiredCapacity,
      enabledMetrics: (one.EnabledMetrics ?? []).map((each) => each.Metric) as never,
      healthCheckGracePeriod: one.HealthCheckGracePeriod,
      healthCheckType: one.HealthCheckType,
      launchTemplate:
        used === undefined
          ? undefined
          : { id: used.LaunchTemplateId, name: used.LaunchTemplateName, version: used.Version },
      ...(one.MaxInstanceLifetime === undefined ? {} : { maxInstanceLifetime: one.MaxInstanceLifetime }),
      maxSize: one.MaxSize,
      minSize: one.MinSize,
      mixedInstancesPolicy: mixedState(one.MixedInstancesPolicy),
      name: one.AutoScalingGroupName,
      protectFromScaleIn: one.NewInstancesProtectedFromScaleIn ?? false,
      serviceLinkedRoleArn: one.ServiceLinkedRoleARN ?? "",
      suspendedProcesses: (one.SuspendedProcesses ?? []).map((each) => each.ProcessName ?? ""),
      tags: tagStates(one.Tags),
      targetGroupArns: one.TargetGroupARNs ?? [],
      terminationPolicies: one.TerminationPolicies?.join() === "Default" ? undefined : one.TerminationPolicies,
      warmPool: warmPoolState(
        (await aws.autoscaling.describeWarmPool({ AutoScalingGroupName: id })).WarmPoolConfiguration,
      ),
      vpcZoneIdentifiers:
        one.VPCZoneIdentifier === undefined || one.VPCZoneIdentifier === "" ? [] : one.VPCZoneIdentifier.split(","),
    };
  },
  update: async (aws, id, inputs) => {
    await aws.autoscaling.updateAutoScalingGroup(settings(inputs));
    const have = await describe(aws, id);
    await converge(aws, id, inputs, have);
    await putWarmPool(aws, inputs);
    if (inputs.warmPool === undefined && have?.WarmPoolConfiguration !== undefined)
      await aws.autoscaling.deleteWarmPool({ AutoScalingGroupName: id });
    const wanted = new Set((inputs.tags ?? []).map((each) => each.key));
    const gone = tagStates(have?.Tags).filter((each) => !wanted.has(each.key ?? ""));
    if (gone.length > 0) {
      await aws.autoscaling.deleteTags({
        Tags: gone.map((each) => ({ Key: each.key, ResourceId: id, ResourceType: "auto-scaling-group" })),
      });
    }
    if (wanted.size > 0) await aws.autoscaling.createOrUpdateTags({ Tags: groupTags(inputs) });
  },
  remove: async (aws, id) => {
    if ((await describe(aws, id)) === undefined) return;
    await aws.autoscaling.updateAutoScalingGroup({
      AutoScalingGroupName: id,
      MinSize: 0,
      MaxSize: 0,
      DesiredCapacity: 0,
    });
    await ignoreGone(aws.autoscaling.deleteAutoScalingGroup({ AutoScalingGroupName: id, ForceDelete: true }));
  },
});

async function putHook(aws: Aws, inputs: Plain<LifecycleHookArgs>): Promise<void> {
  await aws.autoscaling.putLifecycleHook({
    AutoScalingGroupName: inputs.autoscalingGroupName,
    LifecycleHookName: inputs.name,
    LifecycleTransition: inputs.lifecycleTransition,
    DefaultResult: inputs.defaultResult,
    HeartbeatTimeout: inputs.heartbeatTimeout,
    NotificationMetadata: inputs.notificationMetadata,
    NotificationTargetARN: inputs.notificationTargetArn,
    RoleARN: inputs.roleArn,
  });
}

const lifecycleHook = awsType<LifecycleHookArgs, LifecycleHook>({
  inputs: {
    autoscalingGroupName: required(replace),
    lifecycleTransition: required(update),
    name: replace,
    defaultResult: update,
    heartbeatTimeout: update,
    notificationMetadata: update,
    notificationTargetArn: update,
    region: replace,
    roleArn: update,
  },
  naming: { property: "name", maxLength: 255 },
  create: async (aws, inputs, created) => {
    await putHook(aws, inputs);
    created(sure(inputs.name, "a hook name"));
  },
  // <group>/<hook>
  idOfImported: (name) => name.slice(name.indexOf("/") + 1),
  read: async (aws, id, known) => {
    const [importedGroup, importedHook] = id.split("/");
    const AutoScalingGroupName = known.inputs.autoscalingGroupName ?? importedGroup;
    const hook = known.inputs.name ?? importedHook ?? id;
    const answer = await found(
      aws.autoscaling.describeLifecycleHooks({ AutoScalingGroupName, LifecycleHookNames: [hook] }),
    );
    const one = answer?.LifecycleHooks?.[0];
    if (one === undefined) return undefined;
    return {
      autoscalingGroupName: one.AutoScalingGroupName,
      defaultResult: one.DefaultResult,
      heartbeatTimeout: one.HeartbeatTimeout,
      lifecycleTransition: one.LifecycleTransition,
      name: one.LifecycleHookName,
      notificationMetadata: one.NotificationMetadata,
      notificationTargetArn: one.NotificationTargetARN,
      roleArn: one.RoleARN,
    };
  },
  update: (aws, _id, inputs) => putHook(aws, inputs),
  remove: (aws, _id, { inputs }) =>
    ignoreGone(
      aws.autoscaling.deleteLifecycleHook({
        AutoScalingGroupName: inputs.autoscalingGroupName,
        LifecycleHookName: inputs.name,
      }),
    ),
});

export const autoscalingTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:autoscaling/group:Group": group,
  "aws:autoscaling/lifecycleHook:LifecycleHook": lifecycleHook,
};
