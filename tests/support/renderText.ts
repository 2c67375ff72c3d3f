import type { UnwrappedCluster } from "../../provider/src/model/cluster";
import type { RuntimeFacts } from "../../provider/src/model/runtime";
import type { Text } from "../../provider/src/render/artifact";

/** A text, and those it is made of, each with no more than the facts it asks for: what a component waits for must be enough. */
export function renderText(text: Text, cluster: UnwrappedCluster, facts: Partial<RuntimeFacts>): string {
  const needed = Object.fromEntries(text.needs.map((need) => [need, facts[need]])) as unknown as RuntimeFacts;
  const parts = (text.reads ?? []).map((each) => renderText(each, cluster, facts));
  return text.render(cluster, needed, ...parts);
}
