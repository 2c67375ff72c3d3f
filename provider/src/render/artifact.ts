/** Texts that a cluster needs, and those of them that are files of its stores. */
import type { UnwrappedCluster } from "../model/cluster";
import type { RuntimeFacts } from "../model/runtime";

/**
 * A text, described before it can be rendered: which texts exist and their keys follow from the resolved cluster alone,
 * so that a preview shows every one.
 */
export interface Text<Need extends keyof RuntimeFacts = keyof RuntimeFacts> {
  /** Stable, and unique within a cluster: a text is rendered once, however many read it. */
  readonly key: string;
  /** The facts that it waits for. */
  readonly needs: readonly Need[];
  /** The texts that it is made of; `render` gets them in this order. */
  readonly reads?: readonly Text[];
  render(cluster: UnwrappedCluster, facts: Pick<RuntimeFacts, Need>, ...texts: readonly string[]): string;
}

/** One file of a store. Its key is part of the resource's name. */
export interface Artifact<Need extends keyof RuntimeFacts = keyof RuntimeFacts> extends Text<Need> {
  readonly store: "state" | "discovery";
  /** Path below the cluster's prefix; a function where it holds a fact (the SSH key's fingerprint). */
  readonly path: string | ((cluster: UnwrappedCluster) => string);
  readonly contentType?: string;
  /** `group`: what an instance group is, or its nodes are told. `keys`: private keys or a token, which kOps can rotate. */
  readonly holds?: "group" | "keys";
}

/** With facts at hand that include those it needs, any text renders. */
export function text<Need extends keyof RuntimeFacts = never>(description: Text<Need>): Text {
  return description;
}

/** The key of a file follows from its path. */
export function artifact<Need extends keyof RuntimeFacts = never>(
  description: Omit<Artifact<Need>, "key"> & { readonly key?: string },
): Artifact {
  const { path } = description;
  const key = description.key ?? (typeof path === "string" ? artifactKey(path) : undefined);
  if (key === undefined) throw new Error("bug: an artifact whose path is a function needs a key");
  return { ...description, key };
}

/** Letters, digits and dots stay. */
function artifactKey(path: string): string {
  return path.replace(/[^A-Za-z0-9.]/g, "-");
}
