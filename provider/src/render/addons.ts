/** The addons of the state store, and the bootstrap channel that lists them. */
import type { ResolvedCluster } from "../model/cluster";
import { artifact, text, type Artifact, type Text } from "./artifact";
import type { AddonFact } from "../addons/addon";
import { bootstrapChannel, listedAddons, manifestHash, type ListedAddon } from "../addons/channel";
import { addonManifest, manifestPath } from "../addons/manifest";

export function addonArtifacts(cluster: ResolvedCluster): readonly Artifact[] {
  const addons = listedAddons(cluster);
  return [channelArtifact(cluster, addons), ...addons.map((addon) => manifestArtifact(cluster, addon))];
}

function manifestArtifact(cluster: ResolvedCluster, addon: ListedAddon): Artifact {
  return artifact({
    store: "state",
    path: `addons/${manifestPath(addon, cluster.release)}`,
    needs: needsOf(cluster, addon),
    render: (known, facts) => addonManifest(addon, known, facts),
  });
}

function channelArtifact(cluster: ResolvedCluster, addons: readonly ListedAddon[]): Artifact {
  return artifact({
    store: "state",
    path: "addons/bootstrap-channel.yaml",
    needs: [...new Set(addons.flatMap((addon) => needsOf(cluster, addon)))].sort(),
    render: (known, facts) => bootstrapChannel(addons, known, facts),
  });
}

/** Hashes of the manifests for which kOps replaces every node, by the addon's name. */
export function nodeAddonHashes(cluster: ResolvedCluster): Readonly<Record<string, Text>> {
  const addons = listedAddons(cluster).filter(({ needsRollingUpdate }) => needsRollingUpdate === "all");
  return Object.fromEntries(addons.map((addon) => [addon.name, hashText(cluster, addon)]));
}

function hashText(cluster: ResolvedCluster, addon: ListedAddon): Text {
  return text({
    key: `${addon.name}-hash`,
    needs: [],
    reads: [manifestArtifact(cluster, addon)],
    render: (_known, _facts, manifest) => manifestHash(manifest),
  });
}

function needsOf(cluster: ResolvedCluster, addon: ListedAddon): readonly AddonFact[] {
  return addon.needs?.(cluster) ?? [];
}
