import * as pulumi from "@pulumi/pulumi";
import type { ResolvedRollingUpdate } from "../../model/cluster";
import { workerRollToken } from "../../model/tokens";
import { autoScalingClient, ec2Client, settingsIn } from "../aws/awsSettings";
import type { RolledGroup, RollArgs } from "./controlPlaneRoll";
import { DetachedInstances } from "../aws/detachedInstances";
import { removeTerminationHandler } from "../kubernetes/terminationHandler";
import { addonsIn, InstanceRoll, instanceRoll, type RollKind } from "./instanceRoll";
import { count, revealed, text, type Operation, type Properties } from "../operation/operation";
import { usualPauses, type Pauses } from "./rollout";
import { ScalingGroups, wantedGroups, type WantedGroup } from "../aws/scalingGroups";
import { WorkerRollout } from "./workerRollout";

const kind: RollKind = {
  instances: "workers in Auto Scaling groups",
  announcement: (_news, reasons) =>
    `workers in Auto Scaling groups that do not run what they should are drained and replaced (${reasons.join("; ")})`,
  warnings: (olds, news) => {
    const names = without(wantedGroups(olds), wantedGroups(news)).map(({ name }) => name);
    return [
      ...(names.length === 0 ? [] : [`the nodes of ${names.join(", ")} are drained, and their instances terminated`]),
      ...(losesHandler(olds, news) ? ["the node termination handler is deleted from the cluster"] : []),
    ];
  },
  open: (properties, pauses, run) => new Workers(properties, pauses, run),
};

/** The workers in Auto Scaling groups as they run. */
export function workerRoll(pauses: Pauses = usualPauses): Operation {
  return instanceRoll(kind, pauses);
}

function without(groups: readonly WantedGroup[], others: readonly WantedGroup[]): readonly WantedGroup[] {
  return groups.filter(({ autoscalingGroup: name }) => !others.some((other) => other.autoscalingGroup === name));
}

function losesHandler(olds: Properties, news: Properties): boolean {
  return revealed(olds["terminationHandler"]) === true && revealed(news["terminationHandler"]) !== true;
}

class Workers extends InstanceRoll {
  created(): Promise<void> {
    return this.joined(this.wanted);
  }

  /** Workloads that leave a group's nodes find room on those of a new one. */
  async before(olds: Properties): Promise<void> {
    await this.endLaunchHooks(wantedGroups(olds));
    await this.joined(without(this.wanted, wantedGroups(olds)));
  }

  async all(): Promise<void> {
    if (this.isManual) return;
    await this.emptyWarmPools();
    await (await this.rollout(this.wanted)).all();
  }

  /** The engine deletes the hook at the end of the update only, after instances have started that do not complete it. */
  private async endLaunchHooks(before: readonly WantedGroup[]): Promise<void> {
    const waits = ({ warmPool }: WantedGroup): boolean => warmPool?.waitsForNodeup === true;
    const waited = before.filter(waits).map(({ name }) => name);
    const ended = this.wanted.filter((group) => waited.includes(group.name) && !waits(group));
    if (ended.length > 0) await (await this.groups(ended)).endLaunchHooks();
  }

  /** First: a group replaces an instance by one of its warm pool (kops v1.36.2 pkg/instancegroups/instancegroups.go:154). */
  private async emptyWarmPools(): Promise<void> {
    const ids = await (await this.groups()).outdatedInWarmPools();
    if (ids.length === 0) return;
    this.run.report(`terminating ${ids.join(", ")} of warm pools, which do not run what they should`);
    await this.run.stillWanted(`terminating ${ids.join(", ")}`);
    await (await this.detached()).terminate(ids);
  }

  async after(olds: Properties): Promise<void> {
    const removed = without(wantedGroups(olds), this.wanted);
    if (removed.length > 0) {
      await (await this.rollout(removed)).emptied();
      await this.endDetached(removed);
    }
    // Terminations that wait for it are done.
    if (losesHandler(olds, this.properties)) await removeTerminationHandler(this.api, this.run);
  }

  ended(): Promise<void> {
    return this.endDetached(this.wanted);
  }

  protected async groups(wanted: readonly WantedGroup[] = this.wanted): Promise<ScalingGroups> {
    const client = await autoScalingClient(text(this.properties, "region"), settingsIn(this.properties));
    return new ScalingGroups(client, wanted, this.run, await this.detached());
  }

  private async joined(groups: readonly WantedGroup[]): Promise<void> {
    if (groups.length === 0 || revealed(this.properties["awaitNodes"]) !== true) return;
    await (await this.rollout(groups)).joined(count(this.properties, "timeoutSeconds"));
  }

  private async rollout(wanted: readonly WantedGroup[]): Promise<WorkerRollout> {
    const { api, pauses, run, properties } = this;
    return new WorkerRollout({
      ...{ api, pauses, run },
      lastApi: () => this.lastApi(),
      groups: await this.groups(wanted),
      target: {
        version: text(properties, "kubernetesVersion"),
        addons: addonsIn(properties),
        settings: this.settings("nodeIntervalSeconds"),
      },
    });
  }

  /** What an update that was cut off has detached: no group ends it. */
  private async endDetached(groups: readonly WantedGroup[]): Promise<void> {
    if (groups.length === 0) return;
    const detached = await this.detached();
    const found = await detached.find(groups.map(({ autoscalingGroup }) => autoscalingGroup));
    const ids = [...found.values()].flat();
    if (ids.length === 0) return;
    await this.run.stillWanted(`terminating ${ids.join(", ")}`);
    await detached.terminate(ids);
  }

  private async detached(): Promise<DetachedInstances> {
    const client = await ec2Client(text(this.properties, "region"), settingsIn(this.properties));
    return new DetachedInstances(client, text(this.properties, "clusterName"));
  }
}

export interface WorkerRollArgs extends RollArgs {
  readonly groups: Readonly<Record<string, RolledGroup & Pick<WantedGroup, "limits" | "warmPool">>>;
  readonly rollingUpdate: Omit<ResolvedRollingUpdate, "controlPlaneIntervalSeconds">;
  /** Whether nodes become ready without anything that comes after the cluster. */
  readonly awaitNodes: boolean;
  /** Longest wait for the nodes of a new group. */
  readonly timeoutSeconds: number;
  /** Of a cluster with kOps's node termination handler. */
  readonly terminationHandler?: true;
}

/** The resource as the component declares it. */
export class WorkerRoll extends pulumi.CustomResource {
  constructor(name: string, args: WorkerRollArgs, options: pulumi.CustomResourceOptions) {
    super(workerRollToken, name, { ...args, kubeconfig: pulumi.secret(args.kubeconfig) }, options);
  }
}
