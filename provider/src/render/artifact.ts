/** Making artifacts: the logical key of a file follows from its path. */
import type { SettledCluster } from "../model/cluster";
import type { Artifact, RuntimeFacts } from "../model/runtime";

/** A text that waits for some of the facts. */
export interface RenderedText<Need extends keyof RuntimeFacts = keyof RuntimeFacts> {
  readonly needs: readonly Need[];
  render(cluster: SettledCluster, facts: Pick<RuntimeFacts, Need>): string;
}

/** With facts at hand that include those it needs, any artifact renders. */
export type AnyArtifact = Artifact;

type Description<Need extends keyof RuntimeFacts> = Omit<Artifact<Need>, "key"> & { readonly key?: string };

export function artifact<Need extends keyof RuntimeFacts = never>(description: Description<Need>): AnyArtifact {
  const { path } = description;
  const key = description.key ?? (typeof path === "string" ? artifactKey(path) : undefined);
  if (key === undefined) throw new Error("bug: an artifact whose path is a function needs a key");
  return { ...description, key };
}

/** Letters, digits and dots stay. */
export function artifactKey(path: string): string {
  return path.replace(/[^A-Za-z0-9.]/g, "-");
}

export function renderedText<Need extends keyof RuntimeFacts>(text: RenderedText<Need>): RenderedText {
  return text;
}

/** The group or etcd cluster that an artifact was made for: settling keeps the order of lists. */
export function elementAt<Element>(list: readonly Element[], index: number): Element {
  const element = list[index];
  if (element === undefined) throw new Error(`bug: the settled cluster has no element ${String(index)}`);
  return element;
}
