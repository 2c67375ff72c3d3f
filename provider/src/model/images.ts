import { imageOwner } from "./aws";

export type ImageQuery =
  | { readonly parameter: string }
  | { readonly id: string }
  /** The newest of that owner and name. */
  | { readonly owner: string; readonly name: string };

/** What a selector asks for: `ami-…`, `ssm:<parameter>`, `<name>` or `<owner>/<name>`, as kOps reads it. */
export function imageQuery(selector: string): ImageQuery {
  if (selector.startsWith("ami-")) {
    return { id: selector };
  }
  if (selector.startsWith("ssm:")) {
    return { parameter: selector.slice("ssm:".length) };
  }
  const slash = selector.indexOf("/");
  return { owner: slash === -1 ? "self" : imageOwner(selector.slice(0, slash)), name: selector.slice(slash + 1) };
}
