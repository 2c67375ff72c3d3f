import type { AutoScalingClient, AutoScalingGroup, Instance } from "@aws-sdk/client-auto-scaling";
import { warmPoolHookName } from "../../model/names";
import type { DetachedInstances } from "./detachedInstances";
import { isUnknown, revealed, type Properties } from "../operation/operation";
import type { Run } from "../operation/run";

/** What instances of a group are to be started from. */
export interface WantedGroup {
  /** Of the instance group; a control plane's says the zone. */
  readonly name: string;
  readonly autoscalingGroup: string;
  readonly launchTemplateId: string;
  /** A number as text, as Auto Scaling gives it. */
  readonly launchTemplateVersion: string;
  readonly limits: RollLimits;
  /** Absent where the group has no warm pool. */
  readonly warmPool?: { readonly waitsForNodeup: boolean };
}

/** How many instances of a group may be away, and how many may be there beyond its size: numbers, or percentages of it. */
export interface RollLimits {
  readonly maxSurge?: number | string;
  readonly maxUnavailable?: number | string;
}

/** An instance of a group that is not being terminated. */
export interface GroupInstance {
  readonly id: string;
  readonly group: WantedGroup;
  /** Of the launch template that it was started from. */
  readonly version: string;
  readonly isCurrent: boolean;
  readonly lifecycleState: string;
  /** Its group has started another in its place, and does not know it any more. */
  readonly isDetached: boolean;
}

export interface GroupState {
  readonly group: WantedGroup;
  /** Whether Auto Scaling knows the group. */
  readonly isFound: boolean;
  readonly desiredCapacity: number;
  readonly instances: readonly GroupInstance[];
  readonly detached: readonly GroupInstance[];
}

type WarmPoolOf = NonNullable<WantedGroup["warmPool"]>;

/** The groups of a resource's properties, in the order in which kOps replaces their instances: by name (kops v1.36.2 pkg/instancegroups/rollingupdate.go:240). */
export function wantedGroups(properties: Properties, property = "groups"): readonly WantedGroup[] {
  const groups = (revealed(properties[property]) ?? {}) as Readonly<Record<string, unknown>>;
  return Object.entries(groups)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => {
      const group = revealed(value) as Properties;
      const of = (key: string): string => String(revealed(group[key]));
      return {
        name,
        autoscalingGroup: of("autoscalingGroup"),
        launchTemplateId: of("launchTemplateId"),
        launchTemplateVersion: of("launchTemplateVersion"),
        limits: revealed(group["limits"]) ?? {},
        ...(group["warmPool"] === undefined ? {} : { warmPool: revealed(group["warmPool"]) as WarmPoolOf }),
      };
    });
}

/** Whether instances of both sides start from the same; what a preview does not know yet, is about to change. */
export function sameTemplate(old: WantedGroup, next: WantedGroup): boolean {
  const { launchTemplateId: id, launchTemplateVersion: version } = next;
  if (isUnknown(id) || isUnknown(version)) return false;
  return old.launchTemplateId === id && old.launchTemplateVersion === version;
}

/** Auto Scaling groups, and their instances. */
export class ScalingGroups {
  constructor(
    private readonly client: AutoScalingClient,
    readonly wanted: readonly WantedGroup[],
    private readonly run: Run,
    /** Absent where no instance is ever detached. */
    private readonly detached?: DetachedInstances,
  ) {}

  /** In the order of the wanted groups. */
  async find(): Promise<readonly GroupState[]> {
    const names = this.wanted.map(({ autoscalingGroup }) => autoscalingGroup);
    if (names.length === 0) return [];
    const [all, detached] = await Promise.all([this.described(names), this.detached?.find(names)]);
    return this.wanted.map((group) => {
      const found = all.find(({ AutoScalingGroupName }) => AutoScalingGroupName === group.autoscalingGroup);
      const instances = (found?.Instances ?? []).flatMap((instance) => instanceOf(instance, group));
      // A tagged instance that its group still has was about to be detached when an update was cut off.
      const others = (detached?.get(group.autoscalingGroup) ?? []).filter(
        (id) => !instances.some((each) => each.id === id),
      );
      return {
        group,
        isFound: found !== undefined,
        desiredCapacity: found?.DesiredCapacity ?? 0,
        instances,
        detached: others.map((id) => detachedInstance(id, group)),
      };
    });
  }

  private async described(AutoScalingGroupNames: string[]): Promise<readonly AutoScalingGroup[]> {
    const { paginateDescribeAutoScalingGroups } = await import("@aws-sdk/client-auto-scaling");
    return this.call("DescribeAutoScalingGroups", async () => {
      const groups: AutoScalingGroup[] = [];
      const pages = paginateDescribeAutoScalingGroups({ client: this.client }, { AutoScalingGroupNames });
      for await (const { AutoScalingGroups = [] } of pages) groups.push(...AutoScalingGroups);
      return groups;
    });
  }

  /**
   * The group starts another, and takes the instance out of its load balancers. The instance goes on working; by its tag, as
   * kOps gives it, a later update finds it again.
   */
  async detach({ id, group: { autoscalingGroup } }: GroupInstance): Promise<void> {
    const { DetachInstancesCommand } = await import("@aws-sdk/client-auto-scaling");
    await this.run.stillWanted(`detaching ${id}`);
    await this.detached?.mark(id, autoscalingGroup);
    const command = new DetachInstancesCommand({
      AutoScalingGroupName: autoscalingGroup,
      InstanceIds: [id],
      ShouldDecrementDesiredCapacity: false,
    });
    await this.call("DetachInstances", () => this.client.send(command));
  }

  async terminate({ id, isDetached }: GroupInstance): Promise<void> {
    await this.run.stillWanted(`terminating ${id}`);
    await (isDetached ? this.detached?.terminate([id]) : this.terminateInGroup(id));
  }

  /**
   * The group starts another. It takes the instance out of the load balancer first, and waits until the connections that it
   * has are done (https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html).
   */
  private async terminateInGroup(id: string): Promise<void> {
    const { TerminateInstanceInAutoScalingGroupCommand } = await import("@aws-sdk/client-auto-scaling");
    const command = new TerminateInstanceInAutoScalingGroupCommand({
      InstanceId: id,
      ShouldDecrementDesiredCapacity: false,
    });
    await this.call("TerminateInstanceInAutoScalingGroup", async () => {
      try {
        await this.client.send(command);
      } catch (error) {
        // Of an instance that is gone by now.
        if (!(error instanceof Error && /not found/i.test(error.message))) throw error;
      }
    });
  }

  /** Ids of instances in the groups' warm pools that were not started from what the groups start now. */
  async outdatedInWarmPools(): Promise<readonly string[]> {
    const { paginateDescribeWarmPool } = await import("@aws-sdk/client-auto-scaling");
    const pools = this.wanted.filter(({ warmPool }) => warmPool !== undefined);
    const found = pools.map((group) =>
      this.call("DescribeWarmPool", async () => {
        const ids: string[] = [];
        const asked = { AutoScalingGroupName: group.autoscalingGroup };
        for await (const { Instances = [] } of paginateDescribeWarmPool({ client: this.client }, asked)) {
          const outdated = Instances.flatMap((each) => instanceOf(each, group)).filter(({ isCurrent }) => !isCurrent);
          ids.push(...outdated.map(({ id }) => id));
        }
        return ids;
      }),
    );
    return (await Promise.all(found)).flat();
  }

  /** Instances that start from now on would wait for a nodeup that knows nothing of the hook. */
  async endLaunchHooks(): Promise<void> {
    const { DeleteLifecycleHookCommand } = await import("@aws-sdk/client-auto-scaling");
    for (const { autoscalingGroup: AutoScalingGroupName } of this.wanted) {
      const command = new DeleteLifecycleHookCommand({ AutoScalingGroupName, LifecycleHookName: warmPoolHookName });
      await this.call("DeleteLifecycleHook", async () => {
        try {
          await this.client.send(command);
        } catch (error) {
          // Of an update that was cut off.
          if (!(error instanceof Error && /no lifecycle hook found/i.test(error.message))) throw error;
        }
      });
    }
  }

  /** Why the group could not start an instance when it tried last, in Auto Scaling's words; empty where it says nothing. */
  async whyNoneStarted(AutoScalingGroupName: string): Promise<string> {
    const { DescribeScalingActivitiesCommand } = await import("@aws-sdk/client-auto-scaling");
    try {
      // The newest comes first.
      const { Activities = [] } = await this.client.send(
        new DescribeScalingActivitiesCommand({ AutoScalingGroupName, MaxRecords: 20 }),
      );
      const last = Activities.find(({ Description = "" }) => Description.startsWith("Launching"));
      return last?.StatusCode === "Failed"
        ? `: ${(last.StatusMessage ?? "its last attempt failed").replace(/\.$/, "")}`
        : "";
    } catch {
      // It only explains what is wrong.
      return "";
    }
  }

  private async call<T>(operation: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      throw new Error(`Auto Scaling ${operation}: ${reason}`, { cause: error });
    }
  }
}

function instanceOf(
  { InstanceId: id, LifecycleState, LaunchTemplate: template }: Instance,
  group: WantedGroup,
): readonly GroupInstance[] {
  const lifecycleState: string = LifecycleState ?? "";
  if (id === undefined || /^(Warmed:)?(Terminat|Detach)/.test(lifecycleState)) return [];
  const version = template?.Version ?? "";
  const isCurrent = template?.LaunchTemplateId === group.launchTemplateId && version === group.launchTemplateVersion;
  return [{ id, group, version, isCurrent, lifecycleState, isDetached: false }];
}

function detachedInstance(id: string, group: WantedGroup): GroupInstance {
  return { id, group, version: "", isCurrent: false, lifecycleState: "Detached", isDetached: true };
}
