import type { KubernetesApi } from "./kubernetesApi";
import { reasonOf } from "../operation/operation";
import { waitFor } from "../operation/progress";
import type { Run } from "../operation/run";

/** Kinds of Karpenter 0.x, which cannot be upgraded in place: group, version, kinds. */
const legacyKinds = [
  { group: "karpenter.sh", version: "v1alpha5", kinds: ["Provisioner", "Machine"] },
  { group: "karpenter.k8s.aws", version: "v1alpha1", kinds: ["AWSNodeTemplate"] },
] as const;

interface ServedKinds {
  readonly resources: readonly { readonly kind: string }[];
}

/**
 * Waits until the Kubernetes API of a cluster answers that it is ready; refuses a cluster with legacy Karpenter in it.
 * `hint`: what else is known of an API that does not answer.
 */
export async function awaitReady(
  api: KubernetesApi,
  timeoutSeconds: number,
  run: Run,
  hint: () => Promise<string>,
): Promise<void> {
  let legacy: readonly string[] = [];
  const wait = {
    what: `the Kubernetes API at ${api.server}`,
    timeoutSeconds,
    pauseMilliseconds: 1000,
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
        `${await hint()}Look at the control-plane instance's console output and, on it, at journalctl -u kops-configuration and ` +
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
