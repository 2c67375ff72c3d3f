import * as pulumi from "@pulumi/pulumi";
import type { DiffResult } from "@pulumi/pulumi/provider";
import { machinesToken } from "../model/tokens";
import { KarpenterInstances } from "./karpenterInstances";
import { KubernetesApi, type KubernetesObject } from "./kubernetesApi";
import { accepted, count, reasonOf, text, type Operation, type Properties, type Report } from "./operation";
import { waitFor } from "./progress";

const pauseMilliseconds = 2000;
const claimsPath = "/apis/karpenter.sh/v1/nodeclaims";
const classesPath = "/apis/karpenter.k8s.aws/v1/ec2nodeclasses";
const controllerPath = "/apis/apps/v1/namespaces/kube-system/deployments/karpenter";
const terminationFinalizers = ["karpenter.sh/termination", "karpenter.k8s.aws/termination"];
/** Long enough for a drain that waits for one pod's grace period; a controller that does nothing for so long is stuck. */
const stallSeconds = 300;
/** EC2 ends an instance within minutes. */
const terminationSeconds = 600;

/**
 * The machines that Karpenter made and that the engine does not know. It stands between the node pools and everything
 * that a machine needs to go in order, so that on destroy the pools go first, then the machines, then the rest.
 */
export const machines: Operation = {
  check: accepted,
  diff: (olds, news): DiffResult => {
    const replaces = ["clusterName", "region"].filter((name) => text(olds, name) !== text(news, name));
    // A new certificate is worth recording, since the delete will need one that is valid.
    return { changes: replaces.length > 0 || text(olds, "kubeconfig") !== text(news, "kubeconfig"), replaces };
  },
  create: (inputs) => Promise.resolve({ id: text(inputs, "clusterName"), outs: inputs }),
  update: (_olds, news) => Promise.resolve({ outs: news }),
  delete: async (properties, report) => {
    const settled = await letControllerEnd(properties, report);
    await sweep(properties, report);
    if (!settled) {
      await sweepTemplates(properties, report);
      await releaseObjects(properties, report);
    }
  },
};

/** Whether Karpenter ended its machines itself. */
async function letControllerEnd(properties: Properties, report: Report): Promise<boolean> {
  const api = new KubernetesApi(text(properties, "kubeconfig"));
  let last = "";
  let changed = Date.now();
  const seen = await waitFor(
    {
      what: "Karpenter to end its machines",
      timeoutSeconds: count(properties, "timeoutSeconds"),
      pauseMilliseconds,
      look: async () => {
        const state = await lookForClaims(api);
        if (state.problem !== undefined) {
          report(`${state.problem}: ending the machines without Karpenter`);
          return undefined;
        }
        const text = state.claims.length === 0 ? undefined : `${String(state.claims.length)} NodeClaims left`;
        if (text !== last) {
          last = text ?? "";
          changed = Date.now();
        }
        return Date.now() - changed > stallSeconds * 1000 ? undefined : text;
      },
    },
    report,
  );
  if (seen !== undefined) {
    return false;
  }
  // No answer is no sign that they are gone.
  const { claims, problem } = await lookForClaims(api);
  return problem === undefined && claims.length === 0;
}

interface Claims {
  readonly claims: readonly KubernetesObject[];
  /** Why waiting for Karpenter is in vain. */
  readonly problem?: string;
}

async function lookForClaims(api: KubernetesApi): Promise<Claims> {
  try {
    const claims = await api.list(claimsPath);
    if (claims.length > 0 && !(await controllerRuns(api))) {
      return { claims, problem: "the Karpenter controller is stopped or gone" };
    }
    return { claims };
  } catch (error) {
    return { claims: [], problem: `the Kubernetes API at ${api.server} does not answer (${reasonOf(error)})` };
  }
}

async function controllerRuns(api: KubernetesApi): Promise<boolean> {
  const answer = await api.get(controllerPath);
  if (answer.status !== 200) {
    return false;
  }
  return (JSON.parse(answer.body) as KubernetesObject).spec?.replicas !== 0;
}

/** Ends the instances that are left, by exact tags, and waits until they are gone: they hold subnets and groups. */
async function sweep(properties: Properties, report: Report): Promise<void> {
  const clusterName = text(properties, "clusterName");
  const instances = await KarpenterInstances.of(clusterName, text(properties, "region"));
  const seen = await waitFor(
    {
      what: `the instances of ${clusterName} to end`,
      timeoutSeconds: terminationSeconds,
      pauseMilliseconds,
      look: async () => {
        const { alive, ending } = await instances.find();
        if (alive.length > 0) {
          report(`ending ${String(alive.length)} instances that Karpenter left: ${alive.join(", ")}`);
          await instances.terminate(alive);
        }
        const left = alive.length + ending.length;
        return left === 0 ? undefined : `${String(left)} instances left`;
      },
    },
    report,
  );
  if (seen !== undefined) {
    throw new Error(`Karpenter's machines of ${clusterName} did not end in ${String(terminationSeconds)} s: ${seen}`);
  }
}

/** Only where no controller is left to do it: one that works would miss a template that it still counts on. */
async function sweepTemplates(properties: Properties, report: Report): Promise<void> {
  const instances = await KarpenterInstances.of(text(properties, "clusterName"), text(properties, "region"));
  const deleted = await instances.deleteTemplates();
  if (deleted > 0) {
    report(`deleted ${String(deleted)} launch templates that Karpenter left`);
  }
}

/**
 * Takes Karpenter's own finalizers off the objects of machines that were just seen to be gone. Only here: a finalizer
 * taken off earlier would leave a machine running that nobody knows of.
 */
async function releaseObjects(properties: Properties, report: Report): Promise<void> {
  const api = new KubernetesApi(text(properties, "kubeconfig"));
  try {
    if (await controllerRuns(api)) {
      return;
    }
    for (const path of [claimsPath, classesPath]) {
      for (const { metadata } of await api.list(path)) {
        const kept = (metadata.finalizers ?? []).filter((finalizer) => !terminationFinalizers.includes(finalizer));
        await api.patch(`${path}/${metadata.name}`, { metadata: { finalizers: kept.length === 0 ? null : kept } });
      }
    }
  } catch (error) {
    // The API is going with the machines; what it still lists goes with it.
    report(`the objects of the machines could not be released: ${reasonOf(error)}`);
  }
}

export interface KarpenterMachinesArgs {
  readonly clusterName: string;
  readonly region: string;
  readonly kubeconfig: pulumi.Input<string>;
  /** Longest wait for Karpenter to end its machines, in seconds. */
  readonly timeoutSeconds: number;
}

/** Ends, when deleted, the machines that Karpenter made. */
export class KarpenterMachines extends pulumi.CustomResource {
  constructor(name: string, args: KarpenterMachinesArgs, options: pulumi.CustomResourceOptions) {
    super(machinesToken, name, { ...args, kubeconfig: pulumi.secret(args.kubeconfig) }, options);
  }
}
