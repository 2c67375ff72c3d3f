/** Judges a cluster's inputs by what AWS says of them, before anything is registered. */
import * as pulumi from "@pulumi/pulumi";
import type { ResolvedCluster } from "../../model/cluster";
import { minorVersion } from "../../model/versions";
import { reasonOf } from "../../resources/operation/operation";
import { checkStoreKeys, lookUp, type Findings, type LookupProblem } from "../../validate/lookups";
import { show } from "../../validate/report/display";
import { everySecret, withKnownValues } from "../plugin/knownInputs";
import { addonDefinitions } from "../builders/addonDefinitions";
import { HashAbsent, kopsFileHashes, nodeFileHashes } from "../builders/fileHashes";
import { PulumiQueries, type Unusable } from "./queries";

/**
 * `options` lead to the cluster's own AWS provider. Never fails: what cannot be asked is a warning, or one problem.
 * A cluster whose inputs are wrong is not rendered, so nobody has to wait for kOps's files to hear of that.
 */
export async function preflight(
  cluster: ResolvedCluster,
  options: pulumi.InvokeOptions,
  isRendered = true,
): Promise<Findings> {
  const { skip } = cluster.preflight;
  const release = Promise.all([
    checkKubernetesRelease(cluster),
    checkReading("assets.kopsSourceUrl", addonDefinitions(cluster)),
    isRendered ? checkReading("assets.kopsBaseUrl", kopsFileHashes(cluster)) : [],
  ]).then((each) => each.flat());
  // Without a valid zone there is no region to ask in.
  if (cluster.region === "" || (skip && pulumi.runtime.isDryRun())) {
    return { problems: await release, changedKeys: [] };
  }
  const queries = new PulumiQueries({ ...options, async: true });
  const [missing, account, problems, keys] = await Promise.all([
    release,
    queries.account(),
    skip ? [] : lookUp(cluster, queries),
    // An update asks always: it is what could put the component's keys in the place of others.
    knownStore(cluster).then((stateStore) => checkStoreKeys(cluster, queries, stateStore)),
  ]);
  return queries.unusable === undefined || skip
    ? {
        problems: [...missing, ...problems, ...keys.problems],
        changedKeys: keys.changedKeys,
        ...(typeof account === "object" ? { account: account.found } : {}),
      }
    : { problems: [noAnswers(queries.unusable, cluster.region)], changedKeys: [] };
}

/** A program of this process may give an output, and a plugin a secret. In a preview it may stay unknown. */
function knownStore({ declared }: ResolvedCluster): Promise<unknown> {
  return withKnownValues(declared.stateStore, everySecret);
}

/** A version that came after the kOps release has its hashes beside its files, or does not exist. */
async function checkKubernetesRelease(cluster: ResolvedCluster): Promise<readonly LookupProblem[]> {
  try {
    await nodeFileHashes(cluster);
    return [];
  } catch (error) {
    const path = "kubernetesVersion";
    const given = `got ${show(cluster.kubernetesVersion)}`;
    const known = cluster.release.kubernetes.versions[minorVersion(cluster.kubernetesVersion)]?.at(-1) ?? "";
    return error instanceof HashAbsent
      ? [{ path, reason: `no such Kubernetes release, ${given} (${error.tried}); must be one, such as ${known}` }]
      : [{ path, reason: `${reasonOf(error)}; ${given}, and versions up to ${known} need no such file` }];
  }
}

/** `path`: the input that names where it is read from. */
async function checkReading(path: string, reading: Promise<unknown>): Promise<readonly LookupProblem[]> {
  try {
    await reading;
    return [];
  } catch (error) {
    return [{ path, reason: reasonOf(error) }];
  }
}

/** Of no input: the stack's settings are at fault. */
function noAnswers({ failure }: Unusable, region: string): { readonly path: ""; readonly reason: string } {
  const reason =
    failure === "region"
      ? `no AWS region; set aws:region or the region of the provider to ${region}`
      : "no AWS credentials that work; set them for the stack, for example with AWS_PROFILE or aws:profile";
  return { path: "", reason };
}
