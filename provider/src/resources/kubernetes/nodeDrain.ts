import { setTimeout as sleep } from "node:timers/promises";
import { RequestFailed, type KubernetesApi, type KubernetesNode, type KubernetesPod } from "./kubernetesApi";
import { reasonOf } from "../operation/operation";
import { unlessCancelled, waitFor } from "../operation/progress";
import type { Run } from "../operation/run";

export interface DrainSettings {
  readonly drainTimeoutSeconds: number;
  readonly failOnDrainError: boolean;
  readonly postDrainDelaySeconds: number;
}

const excludedFromBalancers = "node.kubernetes.io/exclude-from-external-load-balancers";

/**
 * On a node that a roll has cordoned: how it was before. An update that is killed leaves it cordoned, and the next one must
 * not take that for its owner's wish.
 */
const cordonedAnnotation = "kops-karpenter.pulumi.com/cordoned";

/** What a drain changes of a node. */
interface Former {
  readonly label: string | null;
  readonly unschedulable: boolean;
}

/** Of nodes whose instance is replaced soon (kops v1.36.2 pkg/instancegroups/instancegroups.go:37). */
const scheduledForUpdate = { key: "kops.k8s.io/scheduled-for-update", effect: "PreferNoSchedule" };
/** The kubelet and controllers change nodes as well. */
const mostConflicts = 5;

/** Keeps pods that are evicted elsewhere from nodes that are drained soon, where there are others: they would move again. */
export async function avoidForPods(api: KubernetesApi, node: KubernetesNode, run: Run): Promise<void> {
  const { name } = node.metadata;
  const path = `/api/v1/nodes/${name}`;
  let seen: KubernetesNode | undefined = node;
  for (let conflicts = 0; seen !== undefined; conflicts += 1) {
    const { taints = [], unschedulable } = seen.spec ?? {};
    if (unschedulable === true || taints.some(({ key }) => key === scheduledForUpdate.key)) return;
    await run.stillWanted(`tainting ${name}`);
    try {
      // A merge patch replaces the whole list, so it must be the one that was seen.
      const { resourceVersion } = seen.metadata;
      await api.patch(path, { metadata: { resourceVersion }, spec: { taints: [...taints, scheduledForUpdate] } });
      return;
    } catch (error) {
      if (!(error instanceof RequestFailed && error.status === 409) || conflicts >= mostConflicts) throw error;
      seen = await api.get<KubernetesNode>(path);
    }
  }
}

/** Empties a node before its instance is terminated, as kOps does (kops v1.36.2 pkg/instancegroups/instancegroups.go:670). */
export class NodeDrain {
  private readonly path: string;
  private readonly former: Former;

  constructor(
    private readonly api: KubernetesApi,
    private readonly node: KubernetesNode,
    private readonly settings: DrainSettings,
    private readonly pauseMilliseconds: number,
    private readonly run: Run,
  ) {
    this.path = `/api/v1/nodes/${node.metadata.name}`;
    this.former = formerOf(node);
  }

  async cordon(): Promise<void> {
    await this.run.stillWanted(`cordoning ${this.node.metadata.name}`);
    await this.api.patch(this.path, {
      metadata: {
        labels: { [excludedFromBalancers]: "" },
        annotations: { [cordonedAnnotation]: JSON.stringify(this.former) },
      },
      spec: { unschedulable: true },
    });
  }

  /** As the node was before; by a connection of its own, since that of the run may be cancelled. */
  async uncordon(api: KubernetesApi): Promise<void> {
    const { label, unschedulable } = this.former;
    await api.patch(this.path, {
      metadata: { labels: { [excludedFromBalancers]: label }, annotations: { [cordonedAnnotation]: null } },
      spec: { unschedulable: unschedulable ? true : null },
    });
  }

  /** Evicts the pods and waits until they are gone. Fails, or says so and goes on, where some stay. */
  async drain(): Promise<void> {
    const { drainTimeoutSeconds, failOnDrainError, postDrainDelaySeconds } = this.settings;
    const { name } = this.node.metadata;
    const seen = await waitFor(
      {
        what: `the pods of ${name} to be evicted`,
        timeoutSeconds: drainTimeoutSeconds,
        pauseMilliseconds: this.pauseMilliseconds,
        look: async () => {
          try {
            return await this.evict();
          } catch (error) {
            return reasonOf(error);
          }
        },
      },
      this.run,
    );
    if (seen !== undefined) {
      const reason = `the node ${name} did not drain in ${String(drainTimeoutSeconds)} s: ${seen}`;
      if (failOnDrainError) throw new Error(reason);
      this.run.warn(
        `${reason}; its instance is terminated all the same, since rollingUpdate.failOnDrainError is false`,
      );
    }
    await unlessCancelled(`after draining ${name}`, this.run.signal, sleep(postDrainDelaySeconds * 1000));
  }

  /** Undefined when nothing is left to evict. */
  private async evict(): Promise<string | undefined> {
    const pods = await this.api.list<KubernetesPod>(
      `/api/v1/pods?fieldSelector=spec.nodeName%3D${encodeURIComponent(this.node.metadata.name)}`,
    );
    const left = pods.filter(mustGo);
    const refused: string[] = [];
    for (const { metadata } of left.filter(({ metadata }) => metadata.deletionTimestamp === undefined)) {
      const { namespace, name, uid } = metadata;
      await this.run.stillWanted(`evicting ${namespace}/${name}`);
      try {
        await this.api.post(`/api/v1/namespaces/${namespace}/pods/${name}/eviction`, {
          apiVersion: "policy/v1",
          kind: "Eviction",
          metadata: { name, namespace },
          deleteOptions: { preconditions: { uid } },
        });
      } catch (error) {
        if (!(error instanceof RequestFailed && error.isOfBudget)) throw error;
        refused.push(`${namespace}/${name}: ${error.message.replace(/^.*HTTP 429:? ?/, "")}`);
      }
    }
    // Where nothing else could run them, no budget will ever allow it, and they end with the instance.
    if (refused.length > 0 && refused.length === left.length && (await this.isAlone())) return undefined;
    if (refused.length > 0) return refused.join("; ");
    return left.length === 0 ? undefined : `${String(left.length)} pods left`;
  }

  private async isAlone(): Promise<boolean> {
    const nodes = await this.api.list<KubernetesNode>("/api/v1/nodes");
    return nodes.every((node) => node.metadata.name === this.node.metadata.name || node.spec?.unschedulable === true);
  }
}

function formerOf({ metadata, spec }: KubernetesNode): Former {
  const recorded = metadata.annotations?.[cordonedAnnotation];
  if (recorded !== undefined) return JSON.parse(recorded) as Former;
  return { label: metadata.labels?.[excludedFromBalancers] ?? null, unschedulable: spec?.unschedulable === true };
}

/** Not what a DaemonSet would start again at once, or kubelet runs from a file; what has ended holds nothing. */
function mustGo({ metadata, status }: KubernetesPod): boolean {
  const isMirror = metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined;
  const ofDaemonSet = metadata.ownerReferences?.some(
    ({ kind, controller }) => controller === true && kind === "DaemonSet",
  );
  return !isMirror && ofDaemonSet !== true && status?.phase !== "Succeeded" && status?.phase !== "Failed";
}
