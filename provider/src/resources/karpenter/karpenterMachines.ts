import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { DiffResult } from "@pulumi/pulumi/provider";
import { machinesToken } from "../../model/tokens";
import { ec2Client, settingsIn, type AwsSettings } from "../aws/awsSettings";
import { claimsPath, controllerPath, KarpenterDrain, type Outcome, type Patience, runs } from "./karpenterDrain";
import { KarpenterInstances } from "./karpenterInstances";
import { KubernetesApi, type KubernetesObject } from "../kubernetes/kubernetesApi";
import { accepted, count, reasonOf, revealed, text, type Operation, type Properties } from "../operation/operation";
import { waitFor } from "../operation/progress";
import type { Run } from "../operation/run";

const classesPath = "/apis/karpenter.k8s.aws/v1/ec2nodeclasses";
const terminationFinalizers = ["karpenter.sh/termination", "karpenter.k8s.aws/termination"];

export interface Times extends Patience {
  readonly pauseMilliseconds: number;
  readonly terminationSeconds: number;
}

const usualTimes: Times = {
  pauseMilliseconds: 2000,
  // Long enough for a drain that waits for one pod's grace period.
  stallSeconds: 300,
  // An API server that restarts is back in less, and so is a load balancer that has lost a target.
  outageSeconds: 60,
  // EC2 ends an instance within minutes.
  terminationSeconds: 600,
};

/**
 * The machines that Karpenter made and that the engine does not know. It stands between the node pools and everything
 * that a machine needs to go in order, so that on destroy the pools go first, then the machines, then the rest.
 */
export function karpenterMachines(times: Times = usualTimes): Operation {
  return {
    check: accepted,
    diff: (olds, news): DiffResult => {
      const replaces = ["clusterName", "region"].filter((name) => text(olds, name) !== text(news, name));
      // A new certificate and new credentials are worth recording, since the delete will need what is valid.
      const isSame =
        revealed(olds["kubeconfig"]) === revealed(news["kubeconfig"]) &&
        ["aws", "sweepsInterfaces"].every((name) => isDeepStrictEqual(olds[name], news[name]));
      return { changes: replaces.length > 0 || !isSame, replaces };
    },
    create: (inputs) => Promise.resolve({ id: text(inputs, "clusterName"), outs: inputs }),
    update: (_olds, news) => Promise.resolve({ outs: news }),
    delete: (properties, run) => new Removal(properties, times, run).all(),
  };
}

/** One deletion. Each of its steps can be done again, whichever failed or was cancelled before. */
class Removal {
  /** Absent where others install Karpenter: it has gone with the control plane by now. */
  private readonly api: KubernetesApi | undefined;
  private readonly clusterName: string;

  constructor(
    private readonly properties: Properties,
    private readonly times: Times,
    private readonly run: Run,
  ) {
    const isReachable = properties["kubeconfig"] !== undefined;
    this.api = isReachable ? new KubernetesApi(text(properties, "kubeconfig"), run.signal) : undefined;
    this.clusterName = text(properties, "clusterName");
  }

  async all(): Promise<void> {
    const { api } = this;
    const client = await ec2Client(text(this.properties, "region"), settingsIn(this.properties));
    const instances = new KarpenterInstances(client, this.clusterName, this.run);
    if (api === undefined) {
      await this.sweep(instances);
      await this.deleteTemplates(instances);
      return;
    }
    const drain = new KarpenterDrain(api, this.times, this.run);
    const outcome = await this.outcomeOf(drain);
    if (!outcome.settled) {
      this.run.warn(`${outcome.reason}: ending the machines without Karpenter`);
    }
    await this.sweep(instances);
    await this.deleteTemplates(instances);
    if (!outcome.settled) {
      await this.releaseObjects(api, drain.apiAnswers);
    }
  }

  /** The controller does so only for a node class that is deleted, and those of a cluster go with its API. */
  private async deleteTemplates(instances: KarpenterInstances): Promise<void> {
    const deleted = await instances.deleteTemplates();
    if (deleted > 0) {
      this.run.report(`deleted ${String(deleted)} launch templates of Karpenter`);
    }
  }

  /** A node that ends may leave some: they would keep the security group and the subnets. */
  private async sweepInterfaces(instances: KarpenterInstances): Promise<void> {
    const deleted = await instances.deleteInterfaces();
    if (deleted > 0) this.run.report(`deleted ${String(deleted)} network interfaces that nodes left`);
  }

  private async outcomeOf(drain: KarpenterDrain): Promise<Outcome> {
    const timeoutSeconds = count(this.properties, "timeoutSeconds");
    const seen = await waitFor(
      {
        what: "Karpenter to end its machines",
        timeoutSeconds,
        pauseMilliseconds: this.times.pauseMilliseconds,
        look: () => drain.look(),
      },
      this.run,
    );
    const reason = `Karpenter did not end its machines in ${String(timeoutSeconds)} s, ${seen ?? ""}`;
    return drain.outcome ?? { settled: false, reason };
  }

  /** Ends the instances that are left, by exact tags, and waits until they are gone: they hold subnets and groups. */
  private async sweep(instances: KarpenterInstances): Promise<void> {
    const { pauseMilliseconds, terminationSeconds } = this.times;
    const told = new Set<string>();
    const seen = await waitFor(
      {
        what: `the instances of ${this.clusterName} to end`,
        timeoutSeconds: terminationSeconds,
        pauseMilliseconds,
        look: async () => {
          const { alive, ending } = await instances.find();
          const news = alive.filter((id) => !told.has(id));
          if (news.length > 0) {
            this.run.warn(`ending ${String(news.length)} instances that Karpenter left: ${news.join(", ")}`);
            for (const id of news) told.add(id);
          }
          if (alive.length > 0) {
            await instances.terminate(alive);
          }
          const left = alive.length + ending.length;
          return left === 0 ? undefined : `${String(left)} instances left`;
        },
      },
      this.run,
    );
    if (seen !== undefined) {
      throw new Error(
        `Karpenter's machines of ${this.clusterName} did not end in ${String(terminationSeconds)} s: ${seen}`,
      );
    }
    if (this.properties["sweepsInterfaces"] === true) await this.sweepInterfaces(instances);
  }

  /**
   * Takes Karpenter's own finalizers off the objects of machines that were just seen to be gone. Only here: a finalizer
   * taken off earlier would leave a machine running that nobody knows of.
   */
  private async releaseObjects(api: KubernetesApi, apiAnswers: boolean): Promise<void> {
    const { outageSeconds, pauseMilliseconds } = this.times;
    const what = "the release of the machines' objects";
    const look = async (): Promise<string | undefined> => {
      try {
        await releaseOnce(api, this.run);
        return undefined;
      } catch (error) {
        return reasonOf(error);
      }
    };
    const seen = await waitFor(
      { what, timeoutSeconds: apiAnswers ? outageSeconds : 0, pauseMilliseconds, look },
      this.run,
    );
    if (seen === undefined) {
      return;
    }
    const failed = `the objects of the machines could not be released: ${seen}`;
    if (apiAnswers) {
      throw new Error(`${failed}. Run the destroy again`);
    }
    // What an API that is gone still lists goes with it.
    this.run.report(failed);
  }
}

async function releaseOnce(api: KubernetesApi, run: Run): Promise<void> {
  if (runs(await api.get<KubernetesObject>(controllerPath))) {
    return;
  }
  for (const path of [claimsPath, classesPath]) {
    for (const { metadata } of await api.list(path)) {
      const finalizers = metadata.finalizers ?? [];
      const kept = finalizers.filter((finalizer) => !terminationFinalizers.includes(finalizer));
      if (kept.length < finalizers.length) {
        await run.stillWanted(`releasing ${metadata.name}`);
        const patch = { metadata: { finalizers: kept.length === 0 ? null : kept } };
        await api.patch(`${path}/${metadata.name}`, patch);
      }
    }
  }
}

export interface KarpenterMachinesArgs {
  readonly clusterName: string;
  readonly region: string;
  /** Absent where others install Karpenter. */
  readonly kubeconfig?: pulumi.Input<string>;
  /** Of the stack's AWS provider, which is not at hand when the resource is deleted. */
  readonly aws: pulumi.Input<AwsSettings | undefined>;
  /** Longest wait for Karpenter to end its machines, in seconds. */
  readonly timeoutSeconds: number;
  /** Whether nodes attach network interfaces for pods, which then may be left; undefined where they do not. */
  readonly sweepsInterfaces: true | undefined;
}

/**
 * Ends, when deleted, the machines that Karpenter made. Without an API, it is to be deleted after the control plane, on which
 * the Karpenter of others runs, and before all that machines hold.
 */
export class KarpenterMachines extends pulumi.CustomResource {
  constructor(name: string, args: KarpenterMachinesArgs, options: pulumi.CustomResourceOptions) {
    const { kubeconfig } = args;
    super(machinesToken, name, { ...args, ...(kubeconfig && { kubeconfig: pulumi.secret(kubeconfig) }) }, options);
  }
}
