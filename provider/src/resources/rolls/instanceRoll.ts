import { isDeepStrictEqual } from "node:util";
import type { DiffResult } from "@pulumi/pulumi/provider";
import type { ResolvedRollingUpdate } from "../../model/cluster";
import type { AddonHashes } from "../kubernetes/appliedAddons";
import { nodeOf } from "../kubernetes/clusterValidation";
import { KubernetesApi, type KubernetesNode } from "../kubernetes/kubernetesApi";
import { accepted, reasonOf, revealed, text, type Operation, type Properties } from "../operation/operation";
import { needsUpdate, type Pauses, type RollSettings } from "./rollout";
import type { Run } from "../operation/run";
import {
  sameTemplate,
  wantedGroups,
  type GroupInstance,
  type ScalingGroups,
  type WantedGroup,
} from "../aws/scalingGroups";

/** Output: ids of instances that do not run what they should, as a refresh or the creation found them. */
const outdated = "outdated";
/** A refresh does not wait for an API that is away. */
export const refreshMilliseconds = 5000;

/** What is particular to the instances that a resource stands for. */
export interface RollKind {
  /** As messages name them. */
  readonly instances: string;
  /** What a preview says of an update with those reasons. */
  announcement(news: Properties, reasons: readonly string[]): string;
  /** What a preview says beside. */
  warnings?(olds: Properties, news: Properties): readonly string[];
  open(properties: Properties, pauses: Pauses, run: Run): InstanceRoll;
}

/**
 * Instances of Auto Scaling groups as they run. Created when a new cluster has them; an update replaces the instances that
 * were started from something else than their launch template says now. A failed update leaves the old inputs in the state,
 * so the next one goes on.
 */
export function instanceRoll(kind: RollKind, pauses: Pauses): Operation {
  return {
    check: accepted,
    diff: (olds, news, run): DiffResult => {
      const reasons = rollReasons(olds, news);
      if (reasons.length > 0) run.inform(isManual(news) ? leftAlone(kind, reasons) : kind.announcement(news, reasons));
      for (const warning of kind.warnings?.(olds, news) ?? []) run.inform(warning);
      return {
        changes: reasons.length > 0 || otherChanges(olds, news),
        replaces: revealed(olds["clusterName"]) === revealed(news["clusterName"]) ? [] : ["clusterName"],
      };
    },
    create: async (inputs, run) => {
      await kind.open(inputs, pauses, run).created();
      // Of a cluster that was there before this resource was. Its next preview says what it replaces.
      const found = await kind.open(inputs, pauses, run).outdatedInstances();
      return { id: text(inputs, "clusterName"), outs: { ...inputs, [outdated]: found } };
    },
    read: async (properties, run) => {
      try {
        const found = await kind.open(properties, pauses, run).outdatedInstances(refreshMilliseconds);
        return { ...properties, [outdated]: found };
      } catch (error) {
        // The credentials in the state may have expired; an update has the new ones.
        run.report(`the ${kind.instances} could not be looked at: ${reasonOf(error)}`);
        return properties;
      }
    },
    update: async (olds, news, run) => {
      const roll = kind.open(news, pauses, run);
      await roll.before(olds);
      const isRolled = rollReasons(olds, news).length > 0;
      if (isRolled) await roll.all(wantedGroups(olds));
      await roll.after(olds);
      if (isRolled) return { outs: { ...news, [outdated]: [] } };
      // The state of an earlier release has no groups: what is outdated now, nobody has announced.
      const found = wantedGroups(olds).length === 0 ? await roll.outdatedInstances() : outdatedIn(olds);
      return { outs: { ...news, [outdated]: found } };
    },
    delete: (properties, run) => kind.open(properties, pauses, run).ended(),
  };
}

/** Why instances are to be replaced, as far as it is known before anybody looks at them. */
function rollReasons(olds: Properties, news: Properties): readonly string[] {
  const before = new Map(wantedGroups(olds).map((group) => [group.name, group]));
  const kept = wantedGroups(news).filter(({ name }) => before.has(name));
  const templates = kept.filter((group) => !sameTemplate(before.get(group.name) ?? group, group));
  const found = isManual(news) ? [] : outdatedIn(olds);
  const addons = changedAddons(addonsIn(olds), addonsIn(news));
  return [
    ...(isUpgrade(olds, news) ? [`kubernetesVersion becomes ${text(news, "kubernetesVersion")}`] : []),
    ...(templates.length > 0 ? [`new launch template version of ${templates.map(({ name }) => name).join(", ")}`] : []),
    ...(addons.length > 0 ? [`changed addon ${addons.join(", ")}`] : []),
    ...(found.length > 0 ? [`not started from the latest launch template version: ${found.join(", ")}`] : []),
    ...(isManual(olds) && !isManual(news) ? ["rollingUpdate.strategy becomes rolling"] : []),
  ];
}

function leftAlone({ instances }: RollKind, reasons: readonly string[]): string {
  return `${instances} are not replaced, because rollingUpdate.strategy is "manual": ${reasons.join("; ")}`;
}

export function addonsIn(properties: Properties): AddonHashes {
  return (revealed(properties["addons"]) ?? {}) as AddonHashes;
}

/** One that comes or goes with another network plugin is no change of one that nodes run. */
function changedAddons(before: AddonHashes, after: AddonHashes): readonly string[] {
  return Object.keys(after).filter((name) => before[name] !== undefined && before[name] !== after[name]);
}

function outdatedIn(properties: Properties): readonly string[] {
  const found = revealed(properties[outdated]);
  return Array.isArray(found) ? found.map(String) : [];
}

/** What is worth recording: a later refresh uses it. */
function otherChanges(olds: Properties, news: Properties): boolean {
  const names = ["groups", "addons", "region", "kubeconfig", "aws", "awaitApi", "terminationHandler"];
  return names.some((name) => !isDeepStrictEqual(revealed(olds[name]), revealed(news[name])));
}

function isUpgrade(olds: Properties, news: Properties): boolean {
  return revealed(olds["kubernetesVersion"]) !== revealed(news["kubernetesVersion"]);
}

function isManual(properties: Properties): boolean {
  return rollingUpdate(properties).strategy === "manual";
}

function rollingUpdate(properties: Properties): Partial<ResolvedRollingUpdate> {
  return revealed(properties["rollingUpdate"]) ?? {};
}

/** One operation on the instances. */
export abstract class InstanceRoll {
  protected readonly api: KubernetesApi;
  protected readonly wanted: readonly WantedGroup[];

  constructor(
    protected readonly properties: Properties,
    protected readonly pauses: Pauses,
    protected readonly run: Run,
  ) {
    this.api = this.connection(run.signal);
    this.wanted = wantedGroups(properties);
  }

  /** When the resource is new. */
  abstract created(): Promise<void>;
  /** In an update, before instances are replaced. */
  abstract before(olds: Properties): Promise<void>;
  /** Replaces the instances; `before`: what the last finished update had. */
  abstract all(before: readonly WantedGroup[]): Promise<void>;
  abstract after(olds: Properties): Promise<void>;
  /** When the resource is deleted. */
  abstract ended(): Promise<void>;

  protected abstract groups(wanted?: readonly WantedGroup[]): Promise<ScalingGroups>;

  /** Ids; those that kOps marked are among them where the API says so in time. */
  async outdatedInstances(milliseconds?: number): Promise<readonly string[]> {
    if (this.isManual) return [];
    const groups = await (await this.groups()).find();
    const instances = groups.flatMap((group): readonly GroupInstance[] => [...group.instances, ...group.detached]);
    const marked = milliseconds === undefined || instances.length === 0 ? [] : await this.marked(milliseconds);
    const isMarked = (id: string): boolean => nodeOf(marked, id) !== undefined;
    return instances.filter(({ id, isCurrent }) => !isCurrent || isMarked(id)).map(({ id }) => id);
  }

  protected get isManual(): boolean {
    return isManual(this.properties);
  }

  protected settings(interval: "controlPlaneIntervalSeconds" | "nodeIntervalSeconds"): RollSettings {
    const { [interval]: intervalSeconds, ...settings } = rollingUpdate(this.properties) as ResolvedRollingUpdate;
    return { ...settings, intervalSeconds };
  }

  protected lastApi(): KubernetesApi {
    return this.connection(AbortSignal.timeout(refreshMilliseconds));
  }

  private connection(signal: AbortSignal): KubernetesApi {
    return new KubernetesApi(text(this.properties, "kubeconfig"), signal);
  }

  private async marked(milliseconds: number): Promise<readonly KubernetesNode[]> {
    const { signal } = this.run;
    const api = this.connection(AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]));
    try {
      const nodes = await api.list<KubernetesNode>("/api/v1/nodes");
      return nodes.filter(({ metadata }) => metadata.annotations?.[needsUpdate] !== undefined);
    } catch {
      // Only what kOps wants beyond the launch templates is missed.
      return [];
    }
  }
}
