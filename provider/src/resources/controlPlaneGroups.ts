import type { AutoScalingClient, Instance } from "@aws-sdk/client-auto-scaling";
import { isUnknown, revealed, type Properties } from "./operation";
import type { Run } from "./run";

/** What instances of a control-plane group are to be started from. */
export interface WantedGroup {
  /** Of the instance group, which says the zone. */
  readonly name: string;
  readonly autoscalingGroup: string;
  readonly launchTemplateId: string;
  /** A number as text, as Auto Scaling gives it. */
  readonly launchTemplateVersion: string;
}

/** An instance of a control-plane group that is not being terminated. */
export interface ControlPlaneInstance {
  readonly id: string;
  readonly group: WantedGroup;
  /** Of the launch template that it was started from. */
  readonly version: string;
  readonly isCurrent: boolean;
  readonly lifecycleState: string;
}

export interface GroupState {
  readonly group: WantedGroup;
  readonly desiredCapacity: number;
  readonly instances: readonly ControlPlaneInstance[];
}

/** The groups of a resource's properties, in the order in which kOps replaces their instances: by name (kops v1.36.2 pkg/instancegroups/rollingupdate.go:240). */
export function wantedGroups(properties: Properties): readonly WantedGroup[] {
  const groups = (revealed(properties["groups"]) ?? {}) as Readonly<Record<string, unknown>>;
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
      };
    });
}

/** Whether instances of both sides start from the same; what a preview does not know yet, is about to change. */
export function sameTemplate(old: WantedGroup, next: WantedGroup): boolean {
  const { launchTemplateId: id, launchTemplateVersion: version } = next;
  if (isUnknown(id) || isUnknown(version)) return false;
  return old.launchTemplateId === id && old.launchTemplateVersion === version;
}

/** The Auto Scaling groups of the control plane, and their instances. */
export class ControlPlaneGroups {
  constructor(
    private readonly client: AutoScalingClient,
    private readonly wanted: readonly WantedGroup[],
    private readonly run: Run,
  ) {}

  /** In the order of the wanted groups. */
  async find(): Promise<readonly GroupState[]> {
    const { DescribeAutoScalingGroupsCommand } = await import("@aws-sdk/client-auto-scaling");
    const names = this.wanted.map(({ autoscalingGroup }) => autoscalingGroup);
    if (names.length === 0) return [];
    const { AutoScalingGroups = [] } = await this.call("DescribeAutoScalingGroups", () =>
      this.client.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names })),
    );
    return this.wanted.map((group) => {
      const found = AutoScalingGroups.find(
        ({ AutoScalingGroupName }) => AutoScalingGroupName === group.autoscalingGroup,
      );
      return {
        group,
        desiredCapacity: found?.DesiredCapacity ?? 0,
        instances: (found?.Instances ?? []).flatMap((instance) => instanceOf(instance, group)),
      };
    });
  }

  /**
   * The group starts another. It takes the instance out of the load balancer first, and waits until the connections that it
   * has are done (https://docs.aws.amazon.com/autoscaling/ec2/userguide/attach-load-balancer-asg.html).
   */
  async terminate(id: string): Promise<void> {
    const { TerminateInstanceInAutoScalingGroupCommand } = await import("@aws-sdk/client-auto-scaling");
    const command = new TerminateInstanceInAutoScalingGroupCommand({
      InstanceId: id,
      ShouldDecrementDesiredCapacity: false,
    });
    await this.run.stillWanted(`terminating ${id}`);
    await this.call("TerminateInstanceInAutoScalingGroup", async () => {
      try {
        await this.client.send(command);
      } catch (error) {
        // Of an instance that is gone by now.
        if (!(error instanceof Error && /not found/i.test(error.message))) throw error;
      }
    });
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
): readonly ControlPlaneInstance[] {
  const lifecycleState: string = LifecycleState ?? "";
  if (id === undefined || /^(Terminat|Detach)/.test(lifecycleState)) return [];
  const version = template?.Version ?? "";
  const isCurrent = template?.LaunchTemplateId === group.launchTemplateId && version === group.launchTemplateVersion;
  return [{ id, group, version, isCurrent, lifecycleState }];
}
