/** The addons of the state store, and the bootstrap channel that lists them. */
import type { ResolvedCluster, SettledCluster } from "../../spec/model";
import type { Artifact } from "../facts";
import type { Addon, AddonFact, AddonFacts } from "./addon";
import { addonsOf } from "./catalog";
import { bootstrapChannel } from "./channel";
import { addonManifest } from "./manifest";

export function addonArtifacts(cluster: ResolvedCluster): readonly Artifact[] {
  const addons = addonsOf(cluster);
  return [channelArtifact(addons), ...addons.map(manifestArtifact)];
}

function manifestArtifact(addon: Addon): Artifact {
  return artifact(addon.manifest, addon.needs, (settled, facts) => addonManifest(addon, settled, facts));
}

function channelArtifact(addons: readonly Addon[]): Artifact {
  const needs = [...new Set(addons.flatMap((addon) => addon.needs))].sort();
  return artifact("bootstrap-channel.yaml", needs, (settled, facts) => bootstrapChannel(addons, settled, facts));
}

function artifact(
  file: string,
  needs: readonly AddonFact[],
  render: (cluster: SettledCluster, facts: AddonFacts) => string,
): Artifact {
  const path = `addons/${file}`;
  return { key: path.replace(/[^A-Za-z0-9.]/g, "-"), store: "state", path, needs, render };
}
