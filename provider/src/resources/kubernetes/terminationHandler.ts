import type { Run } from "../operation/run";
import { forgetAddon, ofAddon } from "./appliedAddons";
import type { KubernetesApi } from "./kubernetesApi";

const addon = "node-termination-handler.aws";
const selector = ofAddon(addon);
const paths = [
  // First, so that nothing starts pods that lack the rest.
  "/apis/apps/v1/namespaces/kube-system/deployments",
  "/apis/policy/v1/namespaces/kube-system/poddisruptionbudgets",
  "/api/v1/namespaces/kube-system/serviceaccounts",
  "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
  "/apis/rbac.authorization.k8s.io/v1/clusterroles",
];

/**
 * Deletes the node termination handler of a cluster that no longer has it. kOps's channels leave an addon that is not in the
 * channel any more. Its queue is deleted at the end of the update, and without it the handler's critical pods stop, for
 * which neither kOps nor the component finds the cluster valid.
 */
export async function removeTerminationHandler(api: KubernetesApi, run: Run): Promise<void> {
  const found: string[] = [];
  for (const path of paths) {
    for (const { metadata } of await api.list(path + selector)) found.push(`${path}/${metadata.name}`);
  }
  if (found.length === 0) return;
  await run.stillWanted("deleting the node termination handler");
  await forgetAddon(api, addon);
  for (const path of found) await api.delete(path);
  run.report("the node termination handler was deleted from the cluster");
}
