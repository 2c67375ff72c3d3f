import * as pulumi from "@pulumi/pulumi";
import type { ResolvedRollingUpdate } from "../../model/cluster";
import { rollToken } from "../../model/tokens";
import { versionStep } from "../../model/versions";
import { forgetReleases } from "../karpenter/helmRecords";
import { handOverKarpenter } from "../karpenter/kopsAddon";
import { awaitReady } from "../kubernetes/apiReadiness";
import { autoScalingClient, settingsIn, type AwsSettings } from "../aws/awsSettings";
import { ControlPlaneRollout } from "./controlPlaneRollout";
import { awaitVersion } from "../kubernetes/controlPlaneVersion";
import { addonsIn, InstanceRoll, instanceRoll, type RollKind } from "./instanceRoll";
import { count, revealed, text, type Checked, type Operation, type Properties } from "../operation/operation";
import { usualPauses, type Pauses } from "./rollout";
import { ScalingGroups, wantedGroups, type GroupInstance, type WantedGroup } from "../aws/scalingGroups";

const kind: RollKind = {
  instances: "control-plane instances",
  announcement: (news, reasons) => {
    const why = reasons.join("; ");
    return wantedGroups(news).length === 1
      ? `the control-plane instance is replaced (${why}); the Kubernetes API is unavailable until the new one has joined`
      : `control-plane instances are replaced one at a time (${why})`;
  },
  open: (properties, pauses, run) => new ControlPlane(properties, pauses, run),
};

/** The control plane as it runs. Created when a new cluster's API is ready. */
export function controlPlaneRoll(pauses: Pauses = usualPauses): Operation {
  return { ...instanceRoll(kind, pauses), check };
}

/**
 * The guard knows which version the last update wanted, and this resource which one it reached: an update that failed leaves
 * what it had before.
 */
function check(_urn: string, olds: Properties, news: Properties): Checked {
  const [reached, wanted] = [olds["kubernetesVersion"], news["kubernetesVersion"]];
  const minors = versionStep(reached, wanted)?.minors ?? 0;
  const reason =
    `kubernetesVersion: the upgrade from ${String(reached)} has not finished, so ${String(wanted)} would skip a minor version; ` +
    "set the version of that upgrade again, and finish it first";
  return { inputs: news, failures: minors > 1 ? [{ property: "", reason }] : [] };
}

function awaitsApi(properties: Properties): boolean {
  return revealed(properties["awaitApi"]) === true;
}

function keptPools(properties: Properties): readonly string[] {
  return (revealed(properties["keptPools"]) ?? []) as readonly string[];
}

class ControlPlane extends InstanceRoll {
  async created(): Promise<void> {
    if (awaitsApi(this.properties)) await this.awaitApi();
  }

  async before(olds: Properties): Promise<void> {
    if (awaitsApi(this.properties) && !awaitsApi(olds)) await this.awaitApi();
  }

  async all(before: readonly WantedGroup[]): Promise<void> {
    const { properties, run, api, pauses } = this;
    const version = text(properties, "kubernetesVersion");
    if (this.isManual) {
      const timeoutSeconds = count(properties, "timeoutSeconds");
      await awaitVersion(api, { clusterName: text(properties, "clusterName"), version, timeoutSeconds }, run);
      return;
    }
    const proven = new Map(before.map(({ name, launchTemplateVersion }) => [name, launchTemplateVersion]));
    // While a member of etcd is there that leaves at the end of the update, a new one cannot join.
    const isSwap = before.some(({ name }) => !this.wanted.some((group) => group.name === name));
    const members = isSwap ? this.wanted.filter(({ name }) => proven.has(name)) : this.wanted;
    await new ControlPlaneRollout({
      ...{ api, pauses, run },
      lastApi: () => this.lastApi(),
      groups: await this.groups(members),
      target: { version, addons: addonsIn(properties), settings: this.settings("controlPlaneIntervalSeconds") },
      isProven: ({ group, version: of }: GroupInstance) => (proven.get(group.name) ?? of) === of,
    }).all();
  }

  after(): Promise<void> {
    return Promise.resolve();
  }

  async ended(): Promise<void> {
    if (awaitsApi(this.properties)) await forgetReleases(this.lastApi(), this.run);
  }

  protected async groups(wanted: readonly WantedGroup[] = this.wanted): Promise<ScalingGroups> {
    const client = await autoScalingClient(text(this.properties, "region"), settingsIn(this.properties));
    return new ScalingGroups(client, wanted, this.run);
  }

  /** Karpenter's charts come next. */
  private async awaitApi(): Promise<void> {
    await awaitReady(this.api, count(this.properties, "timeoutSeconds"), this.run, async () => {
      const found = await this.outdatedInstances();
      return found.length === 0
        ? ""
        : `${found.join(", ")} run an older version of their launch template: terminate them, and their groups start the latest one. `;
    });
    await handOverKarpenter(this.api, keptPools(this.properties), this.run);
  }
}

export interface RollArgs {
  readonly clusterName: string;
  readonly region: string;
  readonly kubernetesVersion: string;
  readonly kubeconfig: pulumi.Input<string>;
  /** Of the stack's AWS provider. */
  readonly aws: pulumi.Input<AwsSettings | undefined>;
  /** By the name of the instance group. */
  readonly groups: Readonly<Record<string, RolledGroup>>;
  /** Hashes of the manifests for which kOps replaces nodes, by the addon's name. */
  readonly addons: Readonly<Record<string, pulumi.Input<string>>>;
}

export interface ControlPlaneRollArgs extends RollArgs {
  readonly rollingUpdate: Omit<ResolvedRollingUpdate, "nodeIntervalSeconds">;
  /** Whether something is to be installed in the cluster once it is there. */
  readonly awaitApi: boolean;
  /** Names of node pools without any disruption, from whose nodes Karpenter keeps away while it is taken over. */
  readonly keptPools?: readonly string[];
  /** Longest wait for the API of a new cluster, and for instances that the user replaces. */
  readonly timeoutSeconds: number;
}

export interface RolledGroup {
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
