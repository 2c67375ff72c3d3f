/** What an addon is: when a cluster has it, what it consists of, and what it may do in AWS. */
import type { ChannelAddonName } from "../releases/release";
import type { ResolvedCluster, ServiceAccount, UnwrappedCluster } from "../model/cluster";
import type { PolicyDocument } from "../model/policyDocument";
import type { RuntimeFacts } from "../model/runtime";
import type { KubernetesObject, Labels } from "./objects/builders";

/** An addon that the bootstrap channel installs, or one that comes from its own charts. */
export type Addon = CommonAddon | ChannelAddon;

export interface CommonAddon {
  /** The addon's name in kOps. */
  readonly name: string;
  /** Whether the cluster has the addon; without a condition, every cluster has it. */
  condition?(cluster: ResolvedCluster): boolean;
  /** The service account that has an IAM role. */
  readonly serviceAccount?: AddonServiceAccount;
}

/** One label for every network plugin, so that the objects of a former one are found. */
export const networkPluginSelector: Labels = { "role.kubernetes.io/networking": "1" };

export interface AddonServiceAccount extends ServiceAccount {
  /** Whether the account has its role; without a condition, wherever the addon is. */
  condition?(cluster: ResolvedCluster): boolean;
  /** The role's permissions, as kOps grants them. */
  policy(cluster: ResolvedCluster): PolicyDocument;
  /** Permissions that kOps does not grant: inline policies of their own, so that kOps's policy stays as it is. */
  extraPolicies?(cluster: ResolvedCluster): readonly ExtraPolicy[];
}

export interface ExtraPolicy {
  /** Suffix of the resource's logical name. */
  readonly key: string;
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface ChannelAddon extends CommonAddon {
  readonly name: ChannelAddonName;
  /** Labels of every object of the addon; by default, `k8s-addon` with the addon's name. kOps gives one addon none. */
  readonly selector?: Labels | "none";
  /** Whether the channels tool deletes objects of the addon that its manifest no longer has. */
  readonly prunes?: true;
  readonly needsRollingUpdate?: "control-plane" | "all";
  /** Whether the channels tool creates a certificate authority for the addon, as an issuer of cert-manager. */
  needsPki?(cluster: UnwrappedCluster): boolean;
  /**
   * Whether a cluster without the addon lists it all the same, with an empty manifest, so that the channels tool
   * deletes the objects of an earlier configuration.
   */
  readonly pruneWhenAbsent?: true;
  /** The facts that the objects depend on. */
  needs?(cluster: ResolvedCluster): readonly AddonFact[];
  objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[];
}

export type AddonFact = "accountId" | "addonDefinitions" | "stateStore" | "storeAccess";
export type AddonFacts = Pick<RuntimeFacts, AddonFact>;
