/** Custom resource definitions of an addon. Their text is upstream's, so they are read from kOps's source, not kept here. */
import type { ChannelAddonName } from "../releases/release";
import type { AddonFacts } from "./addon";
import type { KubernetesObject } from "./objects/builders";

export function definitionsOf(name: ChannelAddonName, facts: AddonFacts): readonly KubernetesObject[] {
  const text = facts.addonDefinitions?.[name];
  if (text === undefined) throw new Error(`bug: ${name} was rendered without its definitions`);
  return (JSON.parse(text) as readonly KubernetesObject[]).map((object) => ({
    ...object,
    metadata: withoutNulls(object.metadata),
  }));
}

/** kOps drops them where it sets labels. */
function withoutNulls<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Fields;
}
