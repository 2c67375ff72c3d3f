import { setTimeout as sleep } from "node:timers/promises";
import { awaitAddons, type AddonHashes } from "../kubernetes/appliedAddons";
import {
  instanceFailures,
  isReady,
  missing,
  nodeOf,
  nodesAndPods,
  podFailures,
  shortened,
  type Observed,
} from "../kubernetes/clusterValidation";
import type { KubernetesApi, KubernetesNode } from "../kubernetes/kubernetesApi";
import { avoidForPods, NodeDrain, type DrainSettings } from "../kubernetes/nodeDrain";
import { reasonOf } from "../operation/operation";
import { unlessCancelled, waitFor } from "../operation/progress";
import { prefixed, type Run } from "../operation/run";
import type { GroupInstance, ScalingGroups, WantedGroup } from "../aws/scalingGroups";

export interface RollSettings extends DrainSettings {
  readonly validationTimeoutSeconds: number;
  readonly validateCount: number;
  /** Between a termination and the first look at what replaces the instance. */
  readonly intervalSeconds: number;
}

export interface Pauses {
  /** Between two looks at what is awaited. */
  readonly pauseMilliseconds: number;
  /** Between two validations that succeed (kops v1.36.2 cmd/kops/rolling-update_cluster.go:376). */
  readonly validatedMilliseconds: number;
  /** Of an API that answers nothing before a roll, and of addons that are not applied. */
  readonly outageSeconds: number;
}

export const usualPauses: Pauses = { pauseMilliseconds: 5000, validatedMilliseconds: 10_000, outageSeconds: 120 };

/** kOps marks a node with it that it wants to be replaced (kops v1.36.2 pkg/cloudinstances/cloud_instance_group.go:83). */
export const needsUpdate = "kops.k8s.io/needs-update";

export interface RollTarget {
  readonly version: string;
  /** Those for which kOps replaces nodes. */
  readonly addons: AddonHashes;
  readonly settings: RollSettings;
}

/** What a rollout works with. */
export interface RollTools {
  readonly api: KubernetesApi;
  /** Of a connection that outlives the run's for a moment. */
  readonly lastApi: () => KubernetesApi;
  readonly groups: ScalingGroups;
  readonly target: RollTarget;
  readonly pauses: Pauses;
  readonly run: Run;
}

export interface Found extends Observed {
  readonly outdated: readonly GroupInstance[];
}

const nothingBefore = (): Promise<undefined> => Promise.resolve(undefined);

/** Replaces the instances of Auto Scaling groups that do not run what they should. It can be stopped at any point and started again. */
export abstract class Rollout {
  /** As messages name its instances. */
  protected abstract readonly kind: string;
  protected readonly api: KubernetesApi;
  protected readonly groups: ScalingGroups;
  protected readonly target: RollTarget;
  protected readonly pauses: Pauses;
  protected readonly run: Run;
  protected replaced = 0;
  protected total = 0;
  private readonly lastApi: () => KubernetesApi;

  constructor(tools: RollTools) {
    this.api = tools.api;
    this.lastApi = tools.lastApi;
    this.groups = tools.groups;
    this.target = tools.target;
    this.pauses = tools.pauses;
    this.run = tools.run;
  }

  abstract all(): Promise<void>;

  /** Where no API answers. */
  protected abstract withoutApi(seen: string): Promise<Found>;

  /** What a failed validation is about: of the cluster, or of a part of it. */
  protected abstract concerned(found: Found): Found;

  /** What is wrong beside instances, nodes and critical pods. */
  protected abstract furtherFailures(
    found: Found,
    leaving: ReadonlySet<string>,
    withPods: boolean,
  ): Promise<readonly string[]>;

  protected isSound(instance: GroupInstance, observed: Observed): boolean {
    return isHealthy(instance, observed);
  }

  /** What else must not be, where nothing is wrong with what stays. */
  protected finalFailures(_found: Found): readonly string[] {
    return [];
  }

  /** With the addons applied for which kOps replaces nodes; it marks the nodes as it applies them. */
  protected async foundWithAddons(): Promise<Found> {
    const found = await this.found();
    const { outageSeconds, pauseMilliseconds } = this.pauses;
    if (found.nodes.length === 0) return found;
    const came = await awaitAddons(this.api, this.target.addons, outageSeconds, pauseMilliseconds, this.run);
    return came ? this.found() : found;
  }

  /** What there is, through failures of the API that pass. */
  protected async found(): Promise<Found> {
    let found: Found | undefined;
    const seen = await waitFor(
      {
        what: `the Kubernetes API at ${this.api.server}`,
        timeoutSeconds: this.pauses.outageSeconds,
        pauseMilliseconds: this.pauses.pauseMilliseconds,
        look: async () => {
          try {
            found = await this.observe();
            return undefined;
          } catch (error) {
            return reasonOf(error);
          }
        },
      },
      this.run,
    );
    return found ?? this.withoutApi(seen ?? "");
  }

  protected async observe(): Promise<Found> {
    const [groups, { nodes, pods }] = await Promise.all([this.groups.find(), nodesAndPods(this.api)]);
    const instances = groups.flatMap((group) => [...group.instances, ...group.detached]);
    const isMarked = ({ id }: GroupInstance): boolean =>
      nodeOf(nodes, id)?.metadata.annotations?.[needsUpdate] !== undefined;
    const outdated = instances.filter((instance) => !instance.isCurrent || isMarked(instance));
    const observed = { groups, nodes, pods };
    // What does not work goes first: what works is worth more, a member of etcd above all.
    const first = outdated.filter((each) => !this.isSound(each, observed));
    return { ...observed, outdated: [...first, ...outdated.filter((each) => !first.includes(each))] };
  }

  /** Pods that leave an instance should not move to one that follows. It is a preference, so the update does without. */
  protected async avoid(instances: readonly GroupInstance[], { nodes }: Found): Promise<void> {
    for (const { id } of instances) {
      const node = nodeOf(nodes, id);
      if (node === undefined) continue;
      try {
        await avoidForPods(this.api, node, this.run);
      } catch (error) {
        if (this.run.signal.aborted) throw error;
        this.run.report(`the node ${node.metadata.name} was not tainted, so pods may move to it: ${reasonOf(error)}`);
      }
    }
  }

  /** Drains and terminates an instance, and gives its group the time to start another. */
  protected async remove(instance: GroupInstance, found: Found, run: Run): Promise<void> {
    const node = nodeOf(found.nodes, instance.id);
    if (node === undefined) run.report("not in the cluster, so there is nothing to drain");
    await (node === undefined ? this.groups.terminate(instance) : this.drainAndTerminate(instance, node, run));
    run.report(instance.isDetached ? "terminated" : "terminated; waiting for its group to start another");
    await unlessCancelled(`after terminating ${instance.id}`, run.signal, this.interval());
  }

  protected interval(): Promise<void> {
    return sleep(this.target.settings.intervalSeconds * 1000);
  }

  private async drainAndTerminate(instance: GroupInstance, node: KubernetesNode, run: Run): Promise<void> {
    run.report(`draining; ${reasonOfReplacement(instance)}`);
    await this.drained(node, run, () => this.groups.terminate(instance));
  }

  /** A node that is not drained goes on working: the next update cordons it again. */
  protected async drained(node: KubernetesNode, run: Run, then: () => Promise<void>): Promise<void> {
    const drain = new NodeDrain(this.api, node, this.target.settings, this.pauses.pauseMilliseconds, run);
    try {
      await drain.cordon();
      await drain.drain();
      await then();
    } catch (error) {
      await drain.uncordon(this.lastApi()).catch((failure: unknown) => {
        run.warn(`the node ${node.metadata.name} stays cordoned: ${reasonOf(failure)}`);
      });
      throw error;
    }
  }

  /**
   * Waits until as many looks in a row found nothing wrong with the instances that run what they should, and with the
   * cluster's critical pods; at none, with the instances alone.
   */
  protected async validated(
    what: string,
    count: number,
    run: Run,
    before: () => Promise<string | undefined> = nothingBefore,
    timeoutSeconds = this.target.settings.validationTimeoutSeconds,
  ): Promise<void> {
    const { pauseMilliseconds, validatedMilliseconds } = this.pauses;
    const look = async (): Promise<string | undefined> => {
      for (let times = 1; ; times += 1) {
        const failure = (await before()) ?? (await this.failure(count > 0));
        if (failure !== undefined || times >= count) return failure;
        await unlessCancelled(`while waiting for ${what}`, run.signal, sleep(validatedMilliseconds));
      }
    };
    const seen = await waitFor({ what, timeoutSeconds, pauseMilliseconds, look }, run);
    if (seen !== undefined) throw new Error(`waited ${String(timeoutSeconds)} s for ${what}: ${seen}`);
  }

  private async failure(withPods: boolean): Promise<string | undefined> {
    try {
      const found = this.concerned(await this.observe());
      const leaving = new Set(found.outdated.map(({ id }) => id));
      const failures = [
        ...(await this.missingInstances(found)),
        ...instanceFailures(found, this.target.version, leaving),
        ...(await this.furtherFailures(found, leaving, withPods)),
        ...(withPods ? podFailures(found, leaving) : []),
      ];
      const all = failures.length === 0 ? this.finalFailures(found) : failures;
      return all.length === 0 ? undefined : shortened([...new Set(all)], mostShown);
    } catch (error) {
      return reasonOf(error);
    }
  }

  private async missingInstances({ groups }: Found): Promise<readonly string[]> {
    const failures = groups.flatMap((state) => missing(state).map((text) => [state, text] as const));
    const said = failures.map(async ([{ group }, text]) => {
      return text + (await this.groups.whyNoneStarted(group.autoscalingGroup));
    });
    return Promise.all(said);
  }

  /** `by`: what the instance was replaced with, as far as it is known. */
  protected stopped(instance: GroupInstance, { outdated }: Found, error: unknown, by = ""): Error {
    const others = outdated.filter(({ id }) => id !== instance.id);
    const rest =
      others.length === 0 ? "" : ` ${others.map(said).join(", ")} ${others.length === 1 ? "was" : "were"} not touched.`;
    return new Error(
      `the replacement of the ${this.kind} instance ${said(instance)}${by}, ${this.place()}, stopped: ${reasonOf(error)}.${rest} ` +
        `Mend what is wrong and run the update again: it goes on from here (see the troubleshooting guide)`,
      { cause: error },
    );
  }

  protected place(after = 0): string {
    const place = this.replaced + 1 + after;
    return `${String(place)} of ${String(Math.max(this.total, place))}`;
  }

  protected prefixed({ id, group }: Pick<GroupInstance, "id" | "group">, after = 0): Run {
    return prefixed(this.run, `${this.place(after)}: ${id}, ${group.name}: `);
  }
}

export function isHealthy({ id, lifecycleState, isDetached }: GroupInstance, { nodes }: Observed): boolean {
  const node = nodeOf(nodes, id);
  return (lifecycleState === "InService" || isDetached) && node !== undefined && isReady(node);
}

/** What an instance that runs what it should has, is kOps's mark. */
function reasonOfReplacement({ isCurrent, isDetached, version }: GroupInstance): string {
  if (isDetached) return "another has taken its place";
  return isCurrent ? `its node has the annotation ${needsUpdate}` : `it runs version ${version} of its launch template`;
}

export function said({ id, group }: { readonly id: string; readonly group: WantedGroup }): string {
  return `${id} (${group.name})`;
}

const mostShown = 4;
