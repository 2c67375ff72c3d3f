/** bootstrap-channel.yaml: the list by which the channels tool applies the addons. */
import { sha256 } from "../encode/hash";
import { yaml, type YamlValue } from "../encode/yaml";
import type { SettledCluster } from "../model/cluster";
import type { Addon, AddonFacts } from "./addon";
import { addonManifest } from "./manifest";
import { addonNameLabel, managedByLabel } from "./stamp";

export function bootstrapChannel(addons: readonly Addon[], cluster: SettledCluster, facts: AddonFacts): string {
  return yaml({
    kind: "Addons",
    metadata: { name: "bootstrap" },
    spec: { addons: addons.map((addon) => entry(addon, addonManifest(addon, cluster, facts))) },
  });
}

function entry(addon: Addon, manifest: string): YamlValue {
  return {
    id: addon.id,
    manifest: addon.manifest,
    manifestHash: sha256(manifest, "hex"),
    name: addon.name,
    needsRollingUpdate: addon.needsRollingUpdate,
    prune: addon.prune ? { kinds: prunedKinds(addon) } : undefined,
    selector: addon.selector,
  };
}

/**
 * kops v1.36.2 upup/pkg/fi/cloudup/bootstrapchannelbuilder/pruning.go:33; by group, then kind. A manifest with
 * objects would narrow a kind to their namespaces; the only addon that is pruned here has none.
 */
const prunableKinds: readonly (readonly [group: string | undefined, ...kinds: string[]])[] = [
  [undefined, "ConfigMap", "Service", "ServiceAccount"],
  ["admissionregistration.k8s.io", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
  ["apps", "DaemonSet", "Deployment", "StatefulSet"],
  ["policy", "PodDisruptionBudget"],
  ["rbac.authorization.k8s.io", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"],
];

function prunedKinds(addon: Addon): YamlValue {
  const labelSelector = `${addonNameLabel}=${addon.name},${managedByLabel}=kops`;
  return prunableKinds.flatMap(([group, ...kinds]) => kinds.map((kind) => ({ group, kind, labelSelector })));
}
