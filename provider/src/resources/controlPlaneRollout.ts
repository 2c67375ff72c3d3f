import { setTimeout as sleep } from "node:timers/promises";
import { awaitAddons, type AddonHashes } from "./appliedAddons";
import {
  instanceFailures,
  memberFailures,
  missing,
  nodeOf,
  nodesAndPods,
  podFailures,
  quorumFailures,
  shortened,
  type Observed,
} from "./clusterValidation";
import type { ControlPlaneGroups, ControlPlaneInstance } from "./controlPlaneGroups";
import type { KubernetesApi, KubernetesNode } from "./kubernetesApi";
import { avoidForPods, NodeDrain, type DrainSettings } from "./nodeDrain";
import { reasonOf } from "./operation";
import { unlessCancelled, waitFor } from "./progress";
import type { Run } from "./run";
import { makeRoom } from "./stalledRollouts";

/** By the names of the inputs. */
export interface RollSettings extends DrainSettings {
  readonly validationTimeoutSeconds: number;
  readonly validateCount: number;
  readonly controlPlaneIntervalSeconds: number;
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
  /** Whether an instance was started from what the last finished update was; others were never seen to work. */
  readonly isProven: (instance: ControlPlaneInstance) => boolean;
}

interface Found extends Observed {
  readonly outdated: readonly ControlPlaneInstance[];
}

/** Replaces the control-plane instances that do not run what they should, one at a time. It can be stopped at any point and started again. */
export class ControlPlaneRollout {
  private replaced = 0;
  private total = 0;
  /** What the group started for the instance that was terminated last. */
  private replacement: string | undefined;

  constructor(
    private readonly api: KubernetesApi,
    /** Of a connection that outlives the run's for a moment. */
    private readonly lastApi: () => KubernetesApi,
    private readonly groups: ControlPlaneGroups,
    private readonly target: RollTarget,
    private readonly pauses: Pauses,
    private readonly run: Run,
  ) {}

  async all(): Promise<void> {
    const { validateCount } = this.target.settings;
    let found = await this.found();
    if (found.nodes.length > 0 && (await this.addonsCame())) found = await this.found();
    this.total = found.outdated.length;
    if (this.total === 0) await this.validated("the control plane to be valid", validateCount, this.run);
    for (let next = found.outdated[0]; next !== undefined; next = found.outdated[0]) {
      try {
        await this.othersSuffice(next, found);
        if (this.replaced === 0) await this.avoidOutdated(next, found);
        await this.replace(next, found);
      } catch (error) {
        throw this.stopped(next, found, error);
      }
      this.replaced += 1;
      found = await this.found();
    }
  }

  private addonsCame(): Promise<boolean> {
    const { outageSeconds, pauseMilliseconds } = this.pauses;
    return awaitAddons(this.api, this.target.addons, outageSeconds, pauseMilliseconds, this.run);
  }

  /** The others must be able to do without an instance. Where no API answers, nobody can tell. */
  private async othersSuffice(instance: ControlPlaneInstance, found: Found): Promise<void> {
    // Alone, it leaves nothing to wait for: a changed deployment whose pods avoid each other has its next pod pending until
    // the only control-plane node is another.
    if (found.groups.length === 1) return;
    const { validateCount } = this.target.settings;
    const count = memberFailures(instance, found).length === 0 ? Math.min(1, validateCount) : 0;
    if (found.nodes.length === 0) return;
    await this.validated("the other instances to be valid", count, this.run, undefined, instance);
  }

  /** Pods that leave the first instance should not move to one that follows. It is a preference, so the update does without. */
  private async avoidOutdated(first: ControlPlaneInstance, { outdated, nodes }: Found): Promise<void> {
    for (const { id } of outdated.filter((instance) => instance !== first)) {
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

  /** What there is, through failures of the API that pass, and of a cluster whose API does not answer as far as an instance may be
   *  replaced without it. */
  private async found(): Promise<Found> {
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
    if (found !== undefined) return found;
    const groups = await this.groups.find();
    const broken = groups.flatMap(({ instances }) => instances).filter((each) => !each.isCurrent);
    const unproven = broken.filter((each) => !this.target.isProven(each));
    // Where all run what they should, the API is on its way.
    if (unproven.length > 0 || broken.length === 0) return { groups, nodes: [], pods: [], outdated: unproven };
    throw new Error(
      `the Kubernetes API at ${this.api.server} did not answer in ${String(this.pauses.outageSeconds)} s (${seen ?? ""}), so ` +
        `${broken.map(said).join(", ")} cannot be drained and was not replaced. Make the API reachable from where Pulumi ` +
        `runs; if the instance itself is broken, terminate it: its group starts a new one. Then run the update again`,
    );
  }

  private async observe(): Promise<Found> {
    const [groups, { nodes, pods }] = await Promise.all([this.groups.find(), nodesAndPods(this.api)]);
    const instances = groups.flatMap((group) => group.instances);
    const isMarked = ({ id }: ControlPlaneInstance): boolean =>
      nodeOf(nodes, id)?.metadata.annotations?.[needsUpdate] !== undefined;
    const outdated = instances.filter((instance) => !instance.isCurrent || isMarked(instance));
    const observed = { groups, nodes, pods };
    // What does not work goes first: a member of etcd that works is worth more.
    const first = outdated.filter((each) => memberFailures(each, observed).length > 0);
    return { ...observed, outdated: [...first, ...outdated.filter((each) => !first.includes(each))] };
  }

  private async replace(instance: ControlPlaneInstance, found: Found): Promise<void> {
    const run = this.prefixed(instance);
    this.replacement = undefined;
    const node = nodeOf(found.nodes, instance.id);
    if (node === undefined) run.report("not in the cluster, so there is nothing to drain");
    await (node === undefined ? this.groups.terminate(instance.id) : this.drainAndTerminate(instance, node, run));
    run.report("terminated; waiting for its group to start another");
    const interval = this.target.settings.controlPlaneIntervalSeconds * 1000;
    await unlessCancelled(`after terminating ${instance.id}`, run.signal, sleep(interval));
    const { validateCount } = this.target.settings;
    await this.validated("the replacement to join", validateCount, run, () => this.unlikeReplacement(instance));
  }

  private async drainAndTerminate(instance: ControlPlaneInstance, node: KubernetesNode, run: Run): Promise<void> {
    const drain = new NodeDrain(this.api, node, this.target.settings, this.pauses.pauseMilliseconds, run);
    try {
      run.report(`draining; ${reasonOfReplacement(instance)}`);
      await drain.cordon();
      await drain.drain();
      await this.groups.terminate(instance.id);
    } catch (error) {
      // It stays, so it goes on working: the next update cordons it again.
      await drain.uncordon(this.lastApi()).catch((failure: unknown) => {
        run.warn(`the node ${node.metadata.name} stays cordoned: ${reasonOf(failure)}`);
      });
      throw error;
    }
  }

  /** What keeps the group's instance from being the replacement of this one; asked of AWS, since the API may be away. */
  private async unlikeReplacement({
    id: old,
    group: { name, autoscalingGroup },
  }: ControlPlaneInstance): Promise<string | undefined> {
    const state = (await this.groups.find()).find(({ group }) => group.name === name);
    const started = (state?.instances ?? []).filter(({ id }) => id !== old);
    if (started.length === 0) {
      const why = await this.groups.whyNoneStarted(autoscalingGroup);
      return `the group ${autoscalingGroup} has not started another instance${why}`;
    }
    this.replacement = started[0]?.id;
    const other = started.find(({ isCurrent }) => !isCurrent);
    return other === undefined
      ? undefined
      : `the replacement ${other.id} was started from version ${other.version} of the launch template, which is not the one of this update`;
  }

  /**
   * Waits until as many looks in a row found nothing wrong with the instances that run what they should, and with the
   * cluster's critical pods; at none, with the instances alone. `next`: etcd must be able to do without it.
   */
  private async validated(
    what: string,
    count: number,
    run: Run,
    before: () => Promise<string | undefined> = () => Promise.resolve(undefined),
    next?: ControlPlaneInstance,
  ): Promise<void> {
    const { validationTimeoutSeconds: timeoutSeconds } = this.target.settings;
    const { pauseMilliseconds, validatedMilliseconds } = this.pauses;
    const look = async (): Promise<string | undefined> => {
      for (let times = 1; ; times += 1) {
        const failure = (await before()) ?? (await this.failure(count > 0, next));
        if (failure !== undefined || times >= count) return failure;
        await unlessCancelled(`while waiting for ${what}`, run.signal, sleep(validatedMilliseconds));
      }
    };
    const seen = await waitFor({ what, timeoutSeconds, pauseMilliseconds, look }, run);
    if (seen !== undefined) throw new Error(`waited ${String(timeoutSeconds)} s for ${what}: ${seen}`);
  }

  private async failure(withPods: boolean, next: ControlPlaneInstance | undefined): Promise<string | undefined> {
    try {
      const found = await this.observe();
      const leaving = new Set(found.outdated.map(({ id }) => id));
      if (withPods && found.groups.length === 1) await makeRoom(this.api, found.pods, this.run);
      const failures = [
        ...(await this.missingInstances(found)),
        ...instanceFailures(found, this.target.version, leaving),
        ...(withPods ? podFailures(found, leaving) : []),
      ];
      const all = failures.length === 0 && next !== undefined ? quorumFailures(next, found) : failures;
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

  private stopped(instance: ControlPlaneInstance, { outdated }: Found, error: unknown): Error {
    const others = outdated.filter(({ id }) => id !== instance.id);
    const rest =
      others.length === 0 ? "" : ` ${others.map(said).join(", ")} ${others.length === 1 ? "was" : "were"} not touched.`;
    const by = this.replacement === undefined ? "" : ` by ${this.replacement}`;
    return new Error(
      `the replacement of the control-plane instance ${said(instance)}${by}, ${this.place()}, stopped: ${reasonOf(error)}.${rest} ` +
        `Mend what is wrong and run the update again: it goes on from here (see the troubleshooting guide)`,
      { cause: error },
    );
  }

  private place(): string {
    return `${String(this.replaced + 1)} of ${String(Math.max(this.total, this.replaced + 1))}`;
  }

  private prefixed({ id, group }: ControlPlaneInstance): Run {
    const { run } = this;
    const prefix = `${this.place()}: ${id}, ${group.name}: `;
    return {
      report: (text) => {
        run.report(prefix + text);
      },
      inform: (text) => {
        run.inform(prefix + text);
      },
      warn: (text) => {
        run.warn(prefix + text);
      },
      stillWanted: (doing) => run.stillWanted(doing),
      signal: run.signal,
    };
  }
}

/** What an instance that runs what it should has, is kOps's mark. */
function reasonOfReplacement({ isCurrent, version }: ControlPlaneInstance): string {
  return isCurrent ? `its node has the annotation ${needsUpdate}` : `it runs version ${version} of its launch template`;
}

function said({ id, group }: ControlPlaneInstance): string {
  return `${id} (${group.name})`;
}

const mostShown = 4;
