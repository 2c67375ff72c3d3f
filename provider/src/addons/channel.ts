/** bootstrap-channel.yaml: the list by which the channels tool applies the addons. */
import { sha256 } from "../encode/hash";
import { yaml, type YamlValue } from "../encode/yaml";
import type { ResolvedCluster, UnwrappedCluster } from "../model/cluster";
import type { Addon, AddonFacts, ChannelAddon } from "./addon";
import { addonCatalog, addonsOf } from "./catalog";
import type { KubernetesObject } from "./objects/builders";
import { addonManifest, addonNameLabel, managedByLabel, manifestPath, selectorOf } from "./manifest";

/** An addon as a cluster's channel lists it. */
export interface ListedAddon extends ChannelAddon {
  /** Whether the channels tool deletes objects that bear the addon's labels and are no longer in the manifest. */
  readonly prune: boolean;
}

export function listedAddons(cluster: ResolvedCluster): readonly ListedAddon[] {
  const present = addonsOf(cluster);
  return addonCatalog.filter(isChannelAddon).flatMap((addon): readonly ListedAddon[] => {
    if (present.includes(addon)) return [{ ...addon, prune: addon.prunes === true }];
    return addon.pruneWhenAbsent ? [{ ...addon, needs: () => [], objects: () => [], prune: true }] : [];
  });
}

function isChannelAddon(addon: Addon): addon is ChannelAddon {
  return "objects" in addon;
}

export function bootstrapChannel(addons: readonly ListedAddon[], cluster: UnwrappedCluster, facts: AddonFacts): string {
  return yaml({
    kind: "Addons",
    metadata: { name: "bootstrap" },
    spec: { addons: addons.map((addon) => entry(addon, cluster, facts)) },
  });
}

/** By which the channels tool knows a manifest. */
export function manifestHash(manifest: string): string {
  return sha256(manifest, "hex");
}

function entry(addon: ListedAddon, cluster: UnwrappedCluster, facts: AddonFacts): YamlValue {
  return {
    id: cluster.release.addons.manifests[addon.name].id,
    manifest: manifestPath(addon, cluster.release),
    manifestHash: manifestHash(addonManifest(addon, cluster, facts)),
    name: addon.name,
    needsPKI: addon.needsPki?.(cluster) === true ? true : undefined,
    needsRollingUpdate: addon.needsRollingUpdate,
    prune: addon.prune ? { kinds: prunedKinds(addon, addon.objects(cluster, facts)) } : undefined,
    selector: selectorOf(addon),
  };
}

/**
 * kops upup/pkg/fi/cloudup/bootstrapchannelbuilder/pruning.go:33; by group, then kind. Objects of the manifest narrow a
 * kind to their namespaces.
 */
const prunableKinds: readonly (readonly [group: string | undefined, ...kinds: string[]])[] = [
  [undefined, "ConfigMap", "Service", "ServiceAccount"],
  ["admissionregistration.k8s.io", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  ["apps", "DaemonSet", "Deployment", "StatefulSet"],
  ["policy", "PodDisruptionBudget"],
  ["rbac.authorization.k8s.io", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
];

function prunedKinds(addon: ListedAddon, objects: readonly KubernetesObject[]): YamlValue {
  const labelSelector = `${addonNameLabel}=${addon.name},${managedByLabel}=kops`;
  return prunableKinds.flatMap(([group, ...kinds]) =>
    kinds.map((kind) => ({ group, kind, labelSelector, namespaces: namespacesOf(objects, group, kind) })),
  );
}

function namespacesOf(
  objects: readonly KubernetesObject[],
  group: string | undefined,
  kind: string,
): readonly string[] | undefined {
  const groupOf = ({ apiVersion }: KubernetesObject): string | undefined =>
    apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : undefined;
  const found = objects.filter((each) => each.kind === kind && groupOf(each) === group);
  const namespaces = new Set(found.flatMap(({ metadata: { namespace } }) => namespace ?? []));
  return namespaces.size === 0 ? undefined : [...namespaces].sort();
}
