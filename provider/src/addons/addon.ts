/** What an addon is: its entry in the bootstrap channel and the objects of its manifest. */
import type { SettledCluster } from "../model/cluster";
import type { RuntimeFacts } from "../model/runtime";
import type { KubernetesObject, Labels } from "./objects/objects";

export type AddonFact = "accountId" | "stateStore" | "storeAccess";
export type AddonFacts = Pick<RuntimeFacts, AddonFact>;

export interface Addon {
  readonly name: string;
  /** Below `addons/`. */
  readonly manifest: string;
  readonly id: string | undefined;
  /** Labels of every object of the addon. */
  readonly selector: Labels;
  readonly needsRollingUpdate: "control-plane" | "all" | undefined;
  /** Whether channels deletes objects that bear the addon's labels and are no longer in the manifest. */
  readonly prune: boolean;
  readonly needs: readonly AddonFact[];
  objects(cluster: SettledCluster, facts: AddonFacts): readonly KubernetesObject[];
}

interface AddonOptions extends Partial<Pick<Addon, "selector" | "needsRollingUpdate" | "prune" | "needs">> {
  /** Name of the manifest without `.yaml`, where it is not the id. */
  readonly file?: string;
}

export function addon(
  name: string,
  id: string | undefined,
  objects: Addon["objects"],
  options: AddonOptions = {},
): Addon {
  const file = options.file ?? id;
  if (file === undefined) throw new Error(`bug: addon ${name} has no file name`);
  return {
    name,
    id,
    manifest: `${name}/${file}.yaml`,
    selector: options.selector ?? { "k8s-addon": name },
    needsRollingUpdate: options.needsRollingUpdate,
    prune: options.prune ?? false,
    needs: options.needs ?? [],
    objects,
  };
}
