import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { DiffResult } from "@pulumi/pulumi/provider";
import type { ResolvedRollingUpdate } from "../model/cluster";
import { rollToken } from "../model/tokens";
import { awaitReady } from "./apiReadiness";
import type { AddonHashes } from "./appliedAddons";
import { autoScalingClient, settingsIn, type AwsSettings } from "./awsSettings";
import { nodeOf } from "./clusterValidation";
import { ControlPlaneGroups, sameTemplate, wantedGroups, type WantedGroup } from "./controlPlaneGroups";
import { ControlPlaneRollout, needsUpdate, usualPauses, type Pauses, type RollSettings } from "./controlPlaneRollout";
import { awaitVersion } from "./controlPlaneVersion";
import { KubernetesApi, type KubernetesNode } from "./kubernetesApi";
import { accepted, count, reasonOf, revealed, text, type Operation, type Properties } from "./operation";
import type { Run } from "./run";

/** Output: ids of instances that do not run what they should, as a refresh or the creation found them. */
const outdated = "outdated";
/** A refresh does not wait for an API that is away. */
const refreshMilliseconds = 5000;

/**
 * The control plane as it runs. Created when a new cluster's API is ready; an update replaces the instances that were
 * started from something else than their launch template says now. A failed update leaves the old inputs in the state, so
 * the next one goes on.
 */
export function controlPlaneRoll(pauses: Pauses = usualPauses): Operation {
  return {
    check: accepted,
    diff: (olds, news, run): DiffResult => {
      const reasons = rollReasons(olds, news);
      if (reasons.length > 0) run.inform(announcement(news, reasons));
      return {
        changes: reasons.length > 0 || otherChanges(olds, news),
        replaces: revealed(olds["clusterName"]) === revealed(news["clusterName"]) ? [] : ["clusterName"],
      };
    },
    create: async (inputs, run) => {
      if (awaitsApi(inputs)) await new Roll(inputs, pauses, run).awaitApi();
      // Of a cluster that was there before this resource was. Its next preview says what it replaces.
      const found = await new Roll(inputs, pauses, run).outdatedInstances();
      return { id: text(inputs, "clusterName"), outs: { ...inputs, [outdated]: found } };
    },
    read: async (properties, run) => {
      try {
        const found = await new Roll(properties, pauses, run).outdatedInstances(refreshMilliseconds);
        return { ...properties, [outdated]: found };
      } catch (error) {
        // The credentials in the state may have expired; an update has the new ones.
        run.report(`the control-plane instances could not be looked at: ${reasonOf(error)}`);
        return properties;
      }
    },
    update: async (olds, news, run) => {
      const roll = new Roll(news, pauses, run);
      if (awaitsApi(news) && !awaitsApi(olds)) await roll.awaitApi();
      if (rollReasons(olds, news).length > 0) {
        await roll.all(wantedGroups(olds));
        return { outs: { ...news, [outdated]: [] } };
      }
      // The state of an earlier release has no groups: what is outdated now, nobody has announced.
      const found = wantedGroups(olds).length === 0 ? await roll.outdatedInstances() : outdatedIn(olds);
      return { outs: { ...news, [outdated]: found } };
    },
    delete: () => Promise.resolve(),
  };
}

/** Why instances are to be replaced, as far as it is known before anybody looks at them. */
function rollReasons(olds: Properties, news: Properties): readonly string[] {
  const before = new Map(wantedGroups(olds).map((group) => [group.name, group]));
  const templates = wantedGroups(news).filter((group) => {
    const old = before.get(group.name);
    return old !== undefined && !sameTemplate(old, group);
  });
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

function addonsIn(properties: Properties): AddonHashes {
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
  const names = ["groups", "addons", "region", "kubeconfig", "aws", "awaitApi"];
  return names.some((name) => !isDeepStrictEqual(revealed(olds[name]), revealed(news[name])));
}

function announcement(news: Properties, reasons: readonly string[]): string {
  const groups = wantedGroups(news);
  const why = reasons.join("; ");
  if (isManual(news)) {
    return `control-plane instances are not replaced, because rollingUpdate.strategy is "manual": ${why}`;
  }
  return groups.length === 1
    ? `the control-plane instance is replaced (${why}); the Kubernetes API is unavailable until the new one has joined`
    : `control-plane instances are replaced one at a time (${why})`;
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

function awaitsApi(properties: Properties): boolean {
  return revealed(properties["awaitApi"]) === true;
}

/** One operation on the control plane. */
class Roll {
  private readonly api: KubernetesApi;
  private readonly wanted: readonly WantedGroup[];

  constructor(
    private readonly properties: Properties,
    private readonly pauses: Pauses,
    private readonly run: Run,
  ) {
    this.api = this.connection(run.signal);
    this.wanted = wantedGroups(properties);
  }

  awaitApi(): Promise<void> {
    return awaitReady(this.api, count(this.properties, "timeoutSeconds"), this.run, async () => {
      const found = await this.outdatedInstances();
      return found.length === 0
        ? ""
        : `${found.join(", ")} run an older version of their launch template: terminate them, and their groups start the latest one. `;
    });
  }

  /** Ids; those that kOps marked are among them where the API says so in time. */
  async outdatedInstances(milliseconds?: number): Promise<readonly string[]> {
    if (isManual(this.properties)) return [];
    const instances = (await (await this.groups()).find()).flatMap((group) => group.instances);
    const marked = milliseconds === undefined || instances.length === 0 ? [] : await this.marked(milliseconds);
    const isMarked = (id: string): boolean => nodeOf(marked, id) !== undefined;
    return instances.filter(({ id, isCurrent }) => !isCurrent || isMarked(id)).map(({ id }) => id);
  }

  async all(before: readonly WantedGroup[]): Promise<void> {
    const { properties, run, api } = this;
    const version = text(properties, "kubernetesVersion");
    if (isManual(properties)) {
      const timeoutSeconds = count(properties, "timeoutSeconds");
      await awaitVersion(api, { clusterName: text(properties, "clusterName"), version, timeoutSeconds }, run);
      return;
    }
    const proven = new Map(before.map(({ name, launchTemplateVersion }) => [name, launchTemplateVersion]));
    const target = {
      version,
      addons: addonsIn(properties),
      settings: rollingUpdate(properties) as RollSettings,
      isProven: (instance: { readonly group: WantedGroup; readonly version: string }) =>
        (proven.get(instance.group.name) ?? instance.version) === instance.version,
    };
    const lastApi = (): KubernetesApi => this.connection(AbortSignal.timeout(refreshMilliseconds));
    // While a member of etcd is there that leaves at the end of the update, a new one cannot join.
    const isSwap = before.some(({ name }) => !this.wanted.some((group) => group.name === name));
    const members = isSwap ? this.wanted.filter(({ name }) => proven.has(name)) : this.wanted;
    await new ControlPlaneRollout(api, lastApi, await this.groups(members), target, this.pauses, run).all();
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

  private async groups(wanted: readonly WantedGroup[] = this.wanted): Promise<ControlPlaneGroups> {
    const client = await autoScalingClient(text(this.properties, "region"), settingsIn(this.properties));
    return new ControlPlaneGroups(client, wanted, this.run);
  }

  private connection(signal: AbortSignal): KubernetesApi {
    return new KubernetesApi(text(this.properties, "kubeconfig"), signal);
  }
}

export interface ControlPlaneRollArgs {
  readonly clusterName: string;
  readonly region: string;
  readonly kubernetesVersion: string;
  readonly kubeconfig: pulumi.Input<string>;
  /** Of the stack's AWS provider. */
  readonly aws: pulumi.Input<AwsSettings | undefined>;
  /** By the name of the instance group. */
  readonly groups: Readonly<Record<string, ControlPlaneRollGroup>>;
  /** Hashes of the manifests for which kOps replaces nodes, by the addon's name. */
  readonly addons: Readonly<Record<string, pulumi.Input<string>>>;
  readonly rollingUpdate: ResolvedRollingUpdate;
  /** Whether something is to be installed in the cluster once it is there. */
  readonly awaitApi: boolean;
  /** Longest wait for the API of a new cluster, and for instances that the user replaces. */
  readonly timeoutSeconds: number;
}

interface ControlPlaneRollGroup {
  readonly autoscalingGroup: pulumi.Input<string>;
  readonly launchTemplateId: pulumi.Input<string>;
  readonly launchTemplateVersion: pulumi.Input<number>;
}

/** The resource as the component declares it. */
export class ControlPlaneRoll extends pulumi.CustomResource {
  constructor(name: string, args: ControlPlaneRollArgs, options: pulumi.CustomResourceOptions) {
    super(rollToken, name, { ...args, kubeconfig: pulumi.secret(args.kubeconfig) }, options);
  }
}
