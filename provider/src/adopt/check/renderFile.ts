import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import type { RuntimeFacts } from "../../model/runtime";
import type { Text } from "../../render/artifact";

/** A text and those it is made of, all of whose facts are known. */
export function renderFile(text: Text, cluster: ResolvedCluster, facts: RuntimeFacts): string {
  const parts = (text.reads ?? []).map((each) => renderFile(each, cluster, facts));
  // Inputs that were read from a store hold no pending values.
  return text.render(cluster as UnwrappedCluster, facts, ...parts);
}
