/** An addon's manifest: its place in the state store and its bytes. */
import { yamlDocuments, type YamlValue } from "../encode/yaml";
import type { KopsRelease } from "../releases/release";
import type { UnwrappedCluster } from "../model/cluster";
import type { AddonFacts, ChannelAddon } from "./addon";
import { isWorkload, type KubernetesObject, type Labels, type Workload } from "./objects/builders";

export const addonNameLabel = "addon.kops.k8s.io/name";
export const managedByLabel = "app.kubernetes.io/managed-by";

/** Below `addons/`. */
export function manifestPath({ name }: ChannelAddon, release: KopsRelease): string {
  return `${name}/${release.addons.manifests[name].file}`;
}

export function selectorOf({ name, selector }: ChannelAddon): Labels | null {
  return selector === "none" ? null : (selector ?? { "k8s-addon": name });
}

export function addonManifest(addon: ChannelAddon, cluster: UnwrappedCluster, facts: AddonFacts): string {
  const documents = addon.objects(cluster, facts).map((object) => manifestDocument(addon, object));
  // kops upup/pkg/fi/cloudup/bootstrapchannelbuilder/addonmanifest.go:93 trims the manifest.
  return yamlDocuments(documents).trim();
}

/** An object as the manifest has it. */
export function manifestDocument(addon: ChannelAddon, object: KubernetesObject): YamlValue {
  // The objects are plain data of a closed shape; only their interfaces have no index signature.
  return labelled(addon, object) as unknown as YamlValue;
}

/** With the labels of kOps on every object and pod (kops pkg/model/components/addonmanifests/remap.go:117). */
function labelled(addon: ChannelAddon, object: KubernetesObject): KubernetesObject {
  const own = { [managedByLabel]: "kops", [addonNameLabel]: addon.name, ...selectorOf(addon) };
  const result = { ...object, metadata: { ...object.metadata, labels: { ...object.metadata.labels, ...own } } };
  return isWorkload(result) ? withLabelledPods(result) : result;
}

function withLabelledPods(workload: Workload): Workload {
  const { template } = workload.spec;
  const labels = { ...template.metadata.labels, "kops.k8s.io/managed-by": "kops" };
  return {
    ...workload,
    spec: { ...workload.spec, template: { ...template, metadata: { ...template.metadata, labels } } },
  };
}
