/** Judges a cluster's inputs by what AWS says of them, before anything is registered. */
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster } from "../../model/cluster";
import { lookUp, type LookupProblem } from "../../validate/lookups";
import { PulumiQueries, type Unusable } from "./queries";

/** `options` lead to the cluster's own AWS provider. Never fails: what cannot be asked is a warning, or one problem. */
export async function preflight(
  cluster: ResolvedCluster,
  options: pulumi.InvokeOptions,
): Promise<readonly LookupProblem[]> {
  // Without a valid zone there is no region to ask in.
  if (cluster.preflight.skip || cluster.region === "") {
    return [];
  }
  const queries = new PulumiQueries({ ...options, async: true });
  const problems = await lookUp(cluster, queries);
  return queries.unusable === undefined ? problems : [noAnswers(queries.unusable, cluster.region)];
}

/** Of no input: the stack's settings are at fault. */
function noAnswers({ failure }: Unusable, region: string): LookupProblem {
  const reason =
    failure === "region"
      ? `no AWS region; set aws:region or the region of the provider to ${region}`
      : "no AWS credentials that work; set them for the stack, for example with AWS_PROFILE or aws:profile";
  return { path: "", reason };
}
