/** Inputs as they arrive to inputs that everything else can rely on, or all that is wrong with them. */
import type { ClusterInputs } from "../types.gen";
import { Problems, type Problem } from "./problem";
import { checkStructure } from "./structure";

export type { Problem } from "./problem";

export type ReadResult =
  | { readonly ok: ClusterInputs; readonly problems?: undefined }
  | { readonly ok?: undefined; readonly problems: readonly Problem[] };

export function readInputs(raw: unknown): ReadResult {
  const problems = new Problems();
  const inputs = checkStructure(raw, problems);
  return problems.all.length === 0 ? { ok: inputs as unknown as ClusterInputs } : { problems: problems.all };
}
