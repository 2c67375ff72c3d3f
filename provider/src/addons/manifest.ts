/** The bytes of an addon's manifest. */
import { yamlDocuments, type YamlValue } from "../encode/yaml";
import type { SettledCluster } from "../model/cluster";
import type { Addon, AddonFacts } from "./addon";
import { stamp } from "./stamp";

export function addonManifest(addon: Addon, cluster: SettledCluster, facts: AddonFacts): string {
  const objects = addon.objects(cluster, facts).map((object) => stamp(addon, object));
  // The objects are plain data of a closed shape; only their interfaces have no index signature.
  const documents = objects as unknown as readonly YamlValue[];
  // kops v1.36.2 upup/pkg/fi/cloudup/bootstrapchannelbuilder/addonmanifest.go:93 trims the manifest.
  return yamlDocuments(documents).trim();
}
