import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { validationToken } from "../model/tokens";
import { autoScalingClient, settingsIn } from "./aws/awsSettings";
import { clusterFailures, nodesAndPods, shortened } from "./kubernetes/clusterValidation";
import type { ControlPlaneRollArgs } from "./rolls/controlPlaneRoll";
import { KubernetesApi, RequestFailed } from "./kubernetes/kubernetesApi";
import { accepted, count, reasonOf, revealed, text, type Operation, type Properties } from "./operation/operation";
import { waitFor } from "./operation/progress";
import type { Run } from "./operation/run";
import { ScalingGroups, wantedGroups } from "./aws/scalingGroups";

/** Output: what was seen last. */
const output = "validation";
const mostShown = 3;
/** Of one look at a cluster that may not answer. */
const lookMilliseconds = 15_000;

/** The verdict of `kops validate cluster`, and when it was given. */
export interface Validation {
  readonly valid: boolean;
  /** What is wrong, in a person's words. */
  readonly failures: readonly string[];
  /** RFC 3339, as all times. */
  readonly checkedAt: string;
  /** Absent where it was never seen valid. */
  readonly lastValidAt?: string;
}

/**
 * Whether the cluster is valid, recorded by each update that changes the cluster and by each refresh that finds another
 * verdict. It never fails: a cluster that is not valid is a result, and the next update would have to repeat this one.
 */
export function recordedValidation(now: () => Date = () => new Date(), pauseMilliseconds = 5000): Operation {
  const judged = async (olds: Properties, news: Properties, run: Run): Promise<Properties> => {
    const failures = await awaitValid(news, pauseMilliseconds, run);
    return { ...news, [output]: validation(failures, recorded(olds), now()) };
  };
  return {
    check: accepted,
    diff: (olds, news) => ({
      changes: compared.some((name) => !isDeepStrictEqual(revealed(olds[name]), revealed(news[name]))),
      replaces: revealed(olds["clusterName"]) === revealed(news["clusterName"]) ? [] : ["clusterName"],
    }),
    create: async (inputs, run) => ({ id: text(inputs, "clusterName"), outs: await judged({}, inputs, run) }),
    update: async (olds, news, run) => ({ outs: await judged(olds, news, run) }),
    read: async (properties, run) => {
      try {
        const before = recorded(properties);
        const failures = await look(properties, run);
        // With another time alone, every refresh would report a change.
        const isSame = before !== undefined && isDeepStrictEqual(before.failures, failures);
        return isSame ? properties : { ...properties, [output]: validation(failures, before, now()) };
      } catch (error) {
        run.report(`the cluster could not be validated: ${reasonOf(error)}`);
        return properties;
      }
    },
    delete: () => Promise.resolve(),
  };
}

/** How long a look may take changes nothing; what a later refresh needs to look, it finds recorded. */
const compared = [
  "clusterName",
  "region",
  "kubernetesVersion",
  "kubeconfig",
  "aws",
  "groups",
  "workerGroups",
  "cluster",
];

function recorded(properties: Properties): Validation | undefined {
  return revealed(properties[output]) as Validation | undefined;
}

function validation(failures: readonly string[], before: Validation | undefined, time: Date): Validation {
  const checkedAt = time.toISOString();
  const valid = failures.length === 0;
  const lastValidAt = valid ? checkedAt : before?.lastValidAt;
  return { valid, failures, checkedAt, ...(lastValidAt === undefined ? {} : { lastValidAt }) };
}

/** What is wrong in the end; nothing as soon as nothing is. */
async function awaitValid(properties: Properties, pauseMilliseconds: number, run: Run): Promise<readonly string[]> {
  const timeoutSeconds = count(properties, "timeoutSeconds");
  let failures: readonly string[] = [];
  const seen = await waitFor(
    {
      what: "the cluster to be valid",
      timeoutSeconds,
      pauseMilliseconds,
      look: async () => {
        failures = await look(properties, run).catch((error: unknown) => [reasonOf(error)]);
        return failures.length === 0 ? undefined : shortened(failures, mostShown);
      },
    },
    run,
  );
  if (seen !== undefined && timeoutSeconds > 0) {
    run.warn(`the cluster was not valid after ${String(timeoutSeconds)} s: ${seen}`);
  }
  return failures;
}

/** Fails where nobody can tell: AWS does not answer, or the API does not know the certificate in the state any more. */
async function look(properties: Properties, run: Run): Promise<readonly string[]> {
  const client = await autoScalingClient(text(properties, "region"), settingsIn(properties));
  const wanted = wantedGroups(properties);
  const groups = new ScalingGroups(client, [...wanted, ...wantedGroups(properties, "workerGroups")], run);
  const signal = AbortSignal.any([run.signal, AbortSignal.timeout(lookMilliseconds)]);
  const api = new KubernetesApi(text(properties, "kubeconfig"), signal);
  const states = await groups.find();
  const [masters, workers] = [states.slice(0, wanted.length), states.slice(wanted.length)];
  try {
    const observed = { groups: masters, ...(await nodesAndPods(api)) };
    return clusterFailures(observed, workers, text(properties, "kubernetesVersion"));
  } catch (error) {
    if (error instanceof RequestFailed && error.isRefusal) throw error;
    return [`the Kubernetes API at ${api.server}: ${reasonOf(error)}`];
  }
}

/** By which the control plane is found and reached. */
type WhereToLook = "clusterName" | "region" | "kubernetesVersion" | "kubeconfig" | "aws" | "groups";

export interface ClusterValidationArgs extends Pick<ControlPlaneRollArgs, WhereToLook> {
  /** Of workers, as `groups` is of the control plane; absent where no Auto Scaling group has any. */
  readonly workerGroups?: ControlPlaneRollArgs["groups"];
  /** Changes with the cluster: the verdict is due again. */
  readonly cluster: pulumi.Input<string>;
  /** Longest wait for the cluster to be valid; 0: one look. */
  readonly timeoutSeconds: number;
}

/**
 * The resource as the component declares it, after all others that the cluster needs. The verdict is no output of the
 * component: what uses any output of a component waits until all of them are known.
 */
export class ClusterValidation extends pulumi.CustomResource {
  constructor(name: string, args: ClusterValidationArgs, options: pulumi.CustomResourceOptions) {
    super(validationToken, name, { ...args, kubeconfig: pulumi.secret(args.kubeconfig) }, options);
  }
}
