/** Judges a cluster's inputs by what AWS says of them, before anything is registered. */
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster } from "../../model/cluster";
import { checkStoreKeys, lookUp, type Findings } from "../../validate/lookups";
import { PulumiQueries, type Unusable } from "./queries";

/** `options` lead to the cluster's own AWS provider. Never fails: what cannot be asked is a warning, or one problem. */
export async function preflight(cluster: ResolvedCluster, options: pulumi.InvokeOptions): Promise<Findings> {
  const { skip } = cluster.preflight;
  // Without a valid zone there is no region to ask in.
  if (cluster.region === "" || (skip && pulumi.runtime.isDryRun())) {
    return { problems: [], changedKeys: [] };
  }
  const queries = new PulumiQueries({ ...options, async: true });
  const [problems, keys] = await Promise.all([
    skip ? [] : lookUp(cluster, queries),
    // An update asks always: it is what could put the component's keys in the place of others.
    checkStoreKeys(cluster, queries),
  ]);
  return queries.unusable === undefined || skip
    ? { problems: [...problems, ...keys.problems], changedKeys: keys.changedKeys }
    : { problems: [noAnswers(queries.unusable, cluster.region)], changedKeys: [] };
}

/** Of no input: the stack's settings are at fault. */
function noAnswers({ failure }: Unusable, region: string): { readonly path: ""; readonly reason: string } {
  const reason =
    failure === "region"
      ? `no AWS region; set aws:region or the region of the provider to ${region}`
      : "no AWS credentials that work; set them for the stack, for example with AWS_PROFILE or aws:profile";
  return { path: "", reason };
}
