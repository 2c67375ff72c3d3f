/** Inputs as they arrive to the resolved cluster, or all that is wrong with them. */
import type { ResolvedCluster } from "../model/cluster";
import { resolveCluster } from "../resolve/cluster";
import { Report, type Problem } from "./report/report";
import { checkStructure } from "./structure/structure";
import { validateCluster } from "./cluster";

export type { Problem } from "./report/report";

export type ReadResult =
  | { readonly cluster: ResolvedCluster; readonly problems?: undefined }
  /** `attempt`: what came of them all the same, for further checks. Nothing is made of it. */
  | { readonly cluster?: undefined; readonly attempt: ResolvedCluster; readonly problems: readonly Problem[] };

/** Every problem at once: those of structure in the order of the schema, then those that the rules find. */
export function readInputs(raw: unknown): ReadResult {
  const report = new Report();
  const inputs = checkStructure(raw, report);
  const cluster = resolveCluster(inputs);
  validateCluster(cluster, inputs, report);
  return report.problems.length === 0 ? { cluster } : { attempt: cluster, problems: report.problems };
}
