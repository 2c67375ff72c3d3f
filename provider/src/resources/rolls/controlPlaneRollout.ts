import {
  controlPlanePodFailures,
  memberFailures,
  quorumFailures,
  type Observed,
} from "../kubernetes/clusterValidation";
import { Rollout, said, type Found, type RollTools } from "./rollout";
import type { GroupInstance } from "../aws/scalingGroups";
import { makeRoom } from "../kubernetes/stalledRollouts";

export interface ControlPlaneTools extends RollTools {
  /** Whether an instance was started from what the last finished update was; others were never seen to work. */
  readonly isProven: (instance: GroupInstance) => boolean;
}

/** Replaces control-plane instances one at a time: each group has one, and is a member of etcd. */
export class ControlPlaneRollout extends Rollout {
  protected readonly kind = "control-plane";
  /** What the group started for the instance that was terminated last. */
  private replacement: string | undefined;
  /** What etcd must be able to do without. */
  private next: GroupInstance | undefined;

  constructor(private readonly tools: ControlPlaneTools) {
    super(tools);
  }

  async all(): Promise<void> {
    const { validateCount } = this.target.settings;
    let found = await this.foundWithAddons();
    this.total = found.outdated.length;
    if (this.total === 0) await this.validated("the control plane to be valid", validateCount, this.run);
    for (let next = found.outdated[0]; next !== undefined; next = found.outdated[0]) {
      try {
        await this.othersSuffice(next, found);
        if (this.replaced === 0) await this.avoid(found.outdated.slice(1), found);
        await this.replace(next, found);
      } catch (error) {
        throw this.stopped(next, found, error, this.replacement === undefined ? "" : ` by ${this.replacement}`);
      }
      this.replaced += 1;
      found = await this.found();
    }
  }

  /** The others must be able to do without an instance. Where no API answers, nobody can tell. */
  private async othersSuffice(instance: GroupInstance, found: Found): Promise<void> {
    // Alone, it leaves nothing to wait for: a changed deployment whose pods avoid each other has its next pod pending until
    // the only control-plane node is another.
    if (found.groups.length === 1) return;
    const { validateCount } = this.target.settings;
    const count = this.isSound(instance, found) ? Math.min(1, validateCount) : 0;
    if (found.nodes.length === 0) return;
    this.next = instance;
    await this.validated("the other instances to be valid", count, this.run);
    this.next = undefined;
  }

  /** A cluster whose API does not answer, as far as an instance may be replaced without it. */
  protected async withoutApi(seen: string): Promise<Found> {
    const groups = await this.groups.find();
    const broken = groups.flatMap(({ instances }) => instances).filter((each) => !each.isCurrent);
    const unproven = broken.filter((each) => !this.tools.isProven(each));
    // Where all run what they should, the API is on its way.
    if (unproven.length > 0 || broken.length === 0) return { groups, nodes: [], pods: [], outdated: unproven };
    throw new Error(
      `the Kubernetes API at ${this.api.server} did not answer in ${String(this.pauses.outageSeconds)} s (${seen}), so ` +
        `${broken.map(said).join(", ")} cannot be drained and was not replaced. Make the API reachable from where Pulumi ` +
        `runs; if the instance itself is broken, terminate it: its group starts a new one. Then run the update again`,
    );
  }

  protected concerned(found: Found): Found {
    return found;
  }

  protected async furtherFailures(
    found: Found,
    leaving: ReadonlySet<string>,
    withPods: boolean,
  ): Promise<readonly string[]> {
    if (withPods && found.groups.length === 1) await makeRoom(this.api, found.pods, this.run);
    return controlPlanePodFailures(found, leaving);
  }

  protected override isSound(instance: GroupInstance, observed: Observed): boolean {
    return memberFailures(instance, observed).length === 0;
  }

  protected override finalFailures(found: Found): readonly string[] {
    return this.next === undefined ? [] : quorumFailures(this.next, found);
  }

  private async replace(instance: GroupInstance, found: Found): Promise<void> {
    const run = this.prefixed(instance);
    this.replacement = undefined;
    await this.remove(instance, found, run);
    const { validateCount } = this.target.settings;
    await this.validated("the replacement to join", validateCount, run, () => this.unlikeReplacement(instance));
  }

  /** What keeps the group's instance from being the replacement of this one; asked of AWS, since the API may be away. */
  private async unlikeReplacement({
    id: old,
    group: { name, autoscalingGroup },
  }: GroupInstance): Promise<string | undefined> {
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
}
