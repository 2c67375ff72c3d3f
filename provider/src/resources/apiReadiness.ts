import * as pulumi from "@pulumi/pulumi";
import type { DiffResult } from "@pulumi/pulumi/provider";
import { readinessToken } from "../model/tokens";
import { awaitVersion } from "./controlPlaneVersion";
import { KubernetesApi } from "./kubernetesApi";
import { accepted, count, reasonOf, revealed, text, type Operation, type Properties } from "./operation";
import { waitFor } from "./progress";
import type { Run } from "./run";

/** Kinds of Karpenter 0.x, which cannot be upgraded in place: group, version, kinds. */
const legacyKinds = [
  { group: "karpenter.sh", version: "v1alpha5", kinds: ["Provisioner", "Machine"] },
  { group: "karpenter.k8s.aws", version: "v1alpha1", kinds: ["AWSNodeTemplate"] },
] as const;

interface ServedKinds {
  readonly resources: readonly { readonly kind: string }[];
}

/**
 * Waits until the Kubernetes API of a new cluster answers that it is ready, and that of an upgraded one until its control
 * plane runs the new version; refuses a cluster with legacy Karpenter in it.
 */
export const readiness: Operation = {
  check: accepted,
  // A new admin certificate or a longer timeout changes nothing about a cluster that was ready.
  diff: (olds, news): DiffResult => {
    const changed = ["clusterName", "kubernetesVersion"].filter(
      (name) => revealed(olds[name]) !== revealed(news[name]),
    );
    return { changes: changed.length > 0, replaces: changed.filter((name) => name === "clusterName") };
  },
  create: async (inputs, run) => {
    await awaitReady(inputs, run);
    return { id: text(inputs, "clusterName"), outs: inputs };
  },
  update: async (_olds, news, run) => {
    await awaitVersion(new KubernetesApi(text(news, "kubeconfig"), run.signal), news, run);
    return { outs: news };
  },
  delete: () => Promise.resolve(),
};

async function awaitReady(inputs: Properties, run: Run): Promise<void> {
  const api = new KubernetesApi(text(inputs, "kubeconfig"), run.signal);
  let legacy: readonly string[] = [];
  const timeoutSeconds = count(inputs, "timeoutSeconds");
  const wait = {
    what: `the Kubernetes API at ${api.server}`,
    timeoutSeconds,
    pauseMilliseconds: 2000,
    look: async () => {
      try {
        await api.ready();
        legacy = await legacyKarpenter(api);
        return undefined;
      } catch (error) {
        return reasonOf(error);
      }
    },
  };
  const seen = await waitFor(wait, run);
  if (seen !== undefined) {
    throw new Error(
      `the Kubernetes API at ${api.server} was not ready after ${String(timeoutSeconds)} s; last seen: ${seen}. ` +
        `Look at the control-plane instance's console output and, on it, at journalctl -u kops-configuration and ` +
        `/var/log/kube-apiserver.log; then run the update again, or set readiness.timeoutSeconds higher`,
    );
  }
  if (legacy.length > 0) {
    throw new Error(
      `the cluster serves kinds of legacy Karpenter (0.x), from which there is no upgrade in place: ${legacy.join(", ")}. ` +
        `Uninstall legacy Karpenter, delete these custom resource definitions, and run the update again`,
    );
  }
}

/** The kinds that the cluster serves. */
async function legacyKarpenter(api: KubernetesApi): Promise<readonly string[]> {
  const served: string[] = [];
  for (const { group, version, kinds } of legacyKinds) {
    const found = await api.get<ServedKinds>(`/apis/${group}/${version}`);
    const legacy = kinds.filter((kind) => found?.resources.some((resource) => resource.kind === kind) === true);
    served.push(...legacy.map((kind) => `${kind} (${group}/${version})`));
  }
  return served;
}

export interface ReadinessArgs {
  readonly clusterName: string;
  readonly kubernetesVersion: string;
  readonly kubeconfig: pulumi.Input<string>;
  readonly timeoutSeconds: number;
}

/**
 * The resource as programs declare it: waits on creation until the Kubernetes API is ready, and on a change of version until
 * the control plane runs it.
 */
export class ApiReadiness extends pulumi.CustomResource {
  constructor(name: string, args: ReadinessArgs, options: pulumi.CustomResourceOptions) {
    super(readinessToken, name, { ...args, kubeconfig: pulumi.secret(args.kubeconfig) }, options);
  }
}
