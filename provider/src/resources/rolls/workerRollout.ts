import { nodeOf } from "../kubernetes/clusterValidation";
import type { KubernetesNode } from "../kubernetes/kubernetesApi";
import { unlessCancelled } from "../operation/progress";
import { isHealthy, Rollout, type Found } from "./rollout";
import { prefixed } from "../operation/run";
import type { GroupInstance, GroupState, RollLimits, WantedGroup } from "../aws/scalingGroups";

interface Concurrency {
  /** Instances whose replacement starts before any of them goes. */
  readonly surge: number;
  /** Instances that are drained at the same time. */
  readonly drains: number;
}

/** kOps's settings for a group of that many instances, of which so many are replaced (kops v1.36.2 pkg/instancegroups/settings.go:26). */
export function concurrencyOf(
  { maxSurge = 1, maxUnavailable }: RollLimits,
  size: number,
  outdated: number,
): Concurrency {
  const surge = typeof maxSurge === "number" ? maxSurge : Math.ceil((percent(maxSurge) * size) / 100);
  const unavailable =
    typeof maxUnavailable === "string"
      ? Math.max(1, Math.floor((percent(maxUnavailable) * size) / 100))
      : (maxUnavailable ?? (surge === 0 ? 1 : 0));
  const bounded = Math.min(surge, outdated);
  return { surge: bounded, drains: Math.max(1, bounded + unavailable) };
}

function percent(text: string): number {
  return Number(text.replace(/%$/, ""));
}

/**
 * Replaces workers as kOps does, one group after the other: some instances leave their group, which starts others in their
 * place; once those work, the instances that do not run what they should are drained and terminated
 * (kops v1.36.2 pkg/instancegroups/instancegroups.go:127).
 */
export class WorkerRollout extends Rollout {
  protected readonly kind = "worker";
  private current: WantedGroup | undefined;

  async all(): Promise<void> {
    const { outdated } = await this.foundWithAddons();
    this.total = outdated.length;
    for (const group of this.groups.wanted) {
      this.current = group;
      await this.rollGroup(group);
    }
  }

  /** Waits until all instances of the groups have joined the cluster, and their nodes are ready. */
  async joined(timeoutSeconds: number): Promise<void> {
    for (const group of this.groups.wanted) {
      this.current = group;
      await this.validated(`the nodes of ${group.name} to be ready`, 0, this.run, undefined, timeoutSeconds);
    }
  }

  /** Drains the nodes of the groups, which are deleted after that, one by one. */
  async emptied(): Promise<void> {
    const { groups, nodes } = await this.found();
    const leaving = groups
      .flatMap((each) => [...each.instances, ...each.detached])
      .flatMap((instance) => {
        const node = nodeOf(nodes, instance.id);
        return node === undefined ? [] : [{ instance, node }];
      });
    this.total = leaving.length;
    const found = { groups, nodes, pods: [], outdated: leaving.map(({ instance }) => instance) };
    await this.avoid(found.outdated, found);
    for (const { instance, node } of leaving) {
      await this.emptyNode(instance, node);
      this.replaced += 1;
    }
  }

  private async emptyNode(instance: GroupInstance, node: KubernetesNode): Promise<void> {
    const run = this.prefixed(instance);
    run.report("draining; its group is deleted");
    try {
      await this.drained(node, run, () => Promise.resolve());
    } catch (error) {
      throw new Error(
        `the nodes of the instance group ${instance.group.name}, which is to be deleted, could not be drained; its ` +
          `instances stay. ${node.metadata.name}: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }

  private async rollGroup(group: WantedGroup): Promise<void> {
    let found = await this.found();
    let left = outdatedOf(found, group);
    if (left.length === 0) return;
    const { validateCount } = this.target.settings;
    const { instances, detached } = stateOf(found, group);
    const { surge, drains } = concurrencyOf(group.limits, instances.length + detached.length, left.length);
    const [first] = left as [GroupInstance];
    try {
      await this.validated(`the group ${group.name} to be valid`, Math.min(1, validateCount), this.groupRun(group));
      await this.avoid(left, found);
      await this.surge(group, left, surge, isTried(found, group));
    } catch (error) {
      throw this.stopped(first, found, error);
    }
    while (left.length > 0) {
      found = await this.found();
      left = outdatedOf(found, group);
      // Until one has come up, one goes alone.
      await this.replace(left.slice(0, isTried(found, group) ? drains : 1), found);
    }
  }

  /** The last of them leave the group first: it starts others, and they go on until their turn. */
  private async surge(
    group: WantedGroup,
    outdated: readonly GroupInstance[],
    count: number,
    tried: boolean,
  ): Promise<void> {
    const { validateCount } = this.target.settings;
    const run = this.groupRun(group);
    const leaving = outdated.slice(outdated.length - count).filter(({ isDetached }) => !isDetached);
    for (const [index, instance] of leaving.entries()) {
      run.report(`${instance.id} leaves the group, which starts another in its place`);
      await this.groups.detach(instance);
      // Until one has come up, no other leaves.
      if (index < leaving.length - 1 && (tried || index > 0)) continue;
      await unlessCancelled(`after detaching ${instance.id}`, run.signal, this.interval());
      await this.validated("the replacement to join", validateCount, run);
    }
  }

  private async replace(batch: readonly GroupInstance[], found: Found): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    const removals = batch.map(async (instance, index) => {
      try {
        await this.remove(instance, found, this.prefixed(instance, index));
      } catch (error) {
        throw this.stopped(instance, found, error);
      }
    });
    // None is left halfway: what another drain is doing, it finishes.
    const failed = (await Promise.allSettled(removals)).find((each) => each.status === "rejected");
    if (failed !== undefined) throw failed.reason as Error;
    try {
      const { validateCount } = this.target.settings;
      await this.validated("the replacement to join", validateCount, this.prefixed(first));
    } catch (error) {
      throw this.stopped(first, found, error);
    }
    this.replaced += batch.length;
  }

  private groupRun({ name }: WantedGroup) {
    return prefixed(this.run, `${name}: `);
  }

  protected withoutApi(seen: string): Promise<Found> {
    return Promise.reject(
      new Error(
        `the Kubernetes API at ${this.api.server} did not answer in ${String(this.pauses.outageSeconds)} s (${seen}), so no ` +
          `worker can be drained. Make the API reachable from where Pulumi runs, and run the update again`,
      ),
    );
  }

  /** The group that is being rolled: others' troubles are not its own. */
  protected concerned(found: Found): Found {
    const { current } = this;
    return {
      ...found,
      groups: found.groups.filter(({ group }) => current === undefined || group.name === current.name),
    };
  }

  protected furtherFailures(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }
}

/** Those that are in the group before those that have left it. */
function outdatedOf({ outdated }: Found, { name }: WantedGroup): readonly GroupInstance[] {
  const ofGroup = outdated.filter(({ group }) => group.name === name);
  return [...ofGroup.filter(({ isDetached }) => !isDetached), ...ofGroup.filter(({ isDetached }) => isDetached)];
}

/** Whether what the launch template says now was seen to work. */
function isTried(found: Found, group: WantedGroup): boolean {
  return stateOf(found, group).instances.some((each) => each.isCurrent && isHealthy(each, found));
}

function stateOf({ groups }: Found, { name }: WantedGroup): GroupState {
  const found = groups.find(({ group }) => group.name === name);
  if (found === undefined) throw new Error(`bug: the group ${name} was not looked for`);
  return found;
}
