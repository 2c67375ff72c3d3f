/** The addons of the state store, and the bootstrap channel that lists them. */
import type { ResolvedCluster } from "../model/cluster";
import { artifact, type Artifact } from "./artifact";
import type { AddonFact } from "../addons/addon";
import { bootstrapChannel, listedAddons, type ListedAddon } from "../addons/channel";
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

function needsOf(cluster: ResolvedCluster, addon: ListedAddon): readonly AddonFact[] {
  return addon.needs?.(cluster) ?? [];
}
