/** What the instances of a group with a warm pool pull in advance (kops pkg/nodemodel/nodeupconfigbuilder.go:479). */
import type { AddonFacts } from "../../addons/addon";
import { listedAddons } from "../../addons/channel";
import { isWorkload } from "../../addons/objects/builders";
import { compareCodeUnits } from "../../encode/natural";
import type { UnwrappedCluster, UnwrappedNodeGroup } from "../../model/cluster";
import { componentImage, imageLocation } from "../../model/containerImages";

/** kOps, too, renders the addons with made-up values to see their images. Definitions have none. */
function madeUpFacts({ release }: UnwrappedCluster): AddonFacts {
  const addonDefinitions = Object.fromEntries(Object.keys(release.addons.definitions).map((name) => [name, "[]"]));
  return { accountId: "", addonDefinitions, stateStore: { bucket: "", prefix: "" }, storeAccess: undefined };
}

export function warmPoolImages(cluster: UnwrappedCluster, group: UnwrappedNodeGroup): readonly string[] | undefined {
  if (group.manager !== "CloudGroup" || group.settings.warmPool === undefined) return undefined;
  const { containerRegistry } = cluster.assets;
  const wanted = cluster.release.defaults.warmPools.images.map((image) => imageLocation(image, containerRegistry));
  // kOps lists kube-proxy where nodes do not run it, too.
  const own = [...addonImages(cluster), componentImage(cluster, "kube-proxy")];
  const additional = group.settings.warmPool.additionalImages ?? [];
  const all = [
    ...own.filter((image) => wanted.some((beginning) => image.startsWith(beginning))),
    ...additional.map((image) => imageLocation(image, containerRegistry)),
  ];
  return all.length === 0 ? undefined : [...new Set(all)].sort(compareCodeUnits);
}

function addonImages(cluster: UnwrappedCluster): readonly string[] {
  const facts = madeUpFacts(cluster);
  const objects = listedAddons(cluster).flatMap((addon) => addon.objects(cluster, facts));
  return objects.filter(isWorkload).flatMap(({ spec }) => {
    const { containers, initContainers = [] } = spec.template.spec;
    return [...containers, ...initContainers].map(({ image }) => image);
  });
}
