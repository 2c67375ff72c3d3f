/** The addons of the state store, and the bootstrap channel that lists them. */
import type { ResolvedCluster } from "../model/cluster";
import { artifact } from "./artifact";
import type { Artifact } from "../model/runtime";
import type { Addon } from "../addons/addon";
import { addonsOf } from "../addons/catalog";
import { bootstrapChannel } from "../addons/channel";
import { addonManifest } from "../addons/manifest";

export function addonArtifacts(cluster: ResolvedCluster): readonly Artifact[] {
  const addons = addonsOf(cluster);
  return [channelArtifact(addons), ...addons.map(manifestArtifact)];
}

function manifestArtifact(addon: Addon): Artifact {
  return artifact({
    store: "state",
    path: `addons/${addon.manifest}`,
    needs: addon.needs,
    render: (cluster, facts) => addonManifest(addon, cluster, facts),
  });
}

function channelArtifact(addons: readonly Addon[]): Artifact {
  return artifact({
    store: "state",
    path: "addons/bootstrap-channel.yaml",
    needs: [...new Set(addons.flatMap((addon) => addon.needs))].sort(),
    render: (cluster, facts) => bootstrapChannel(addons, cluster, facts),
  });
}
