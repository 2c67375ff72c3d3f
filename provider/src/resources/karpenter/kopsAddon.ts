import { forgetAddon, ofAddon } from "../kubernetes/appliedAddons";
import type { KubernetesApi } from "../kubernetes/kubernetesApi";
import { waitFor } from "../operation/progress";
import type { Run } from "../operation/run";

const addon = "karpenter.sh";
const selector = ofAddon(addon);
const namespace = "kube-system";
const deployments = "/apis/apps/v1/namespaces/kube-system/deployments";
/** Kinds of the addon's objects, by the release that has them from now on; the deployment is another matter. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  "karpenter-crd": ["/apis/apiextensions.k8s.io/v1/customresourcedefinitions"],
  karpenter: [
    "/api/v1/namespaces/kube-system/serviceaccounts",
    "/api/v1/namespaces/kube-system/services",
    "/apis/policy/v1/namespaces/kube-system/poddisruptionbudgets",
    "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/roles",
    "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings",
    "/apis/rbac.authorization.k8s.io/v1/clusterroles",
    "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
  ],
};
const nodePools = "/apis/karpenter.sh/v1/nodepools";
/** Of the garbage collector, to let go of a deployment's pods. */
const orphanSeconds = 120;

/**
 * Gives the objects of kOps's Karpenter addon to the Helm releases that install Karpenter: Helm takes over no object
 * without its marks. Node pools and nodes stay, since definitions are marked and not replaced. The deployment goes and its
 * pods stay, until the chart's deployment of the same selector has its own: Helm would keep those of kOps's settings that
 * the chart does not have. It goes last, so that an update that failed before goes on here. `keptPools`: names of node pools
 * from whose nodes Karpenter is to keep away.
 */
export async function handOverKarpenter(api: KubernetesApi, keptPools: readonly string[], run: Run): Promise<void> {
  const [deployment] = await api.list(deployments + selector);
  if (deployment === undefined) return;
  await keepNodes(api, keptPools, run);
  for (const [release, paths] of Object.entries(kinds)) {
    for (const path of paths) await mark(api, path, release);
  }
  run.report("the objects of kOps's Karpenter addon belong to the Helm releases karpenter-crd and karpenter");
  await forgetAddon(api, addon);
  await orphan(api, deployment.metadata.name, run);
}

/**
 * Before a node class changes: the pool's own budget comes after its class, and in between Karpenter would begin to replace
 * nodes. A percentage, since the engine does not take over a field that has its value already.
 */
async function keepNodes(api: KubernetesApi, pools: readonly string[], run: Run): Promise<void> {
  for (const { metadata } of await api.list(nodePools + selector)) {
    if (!pools.includes(metadata.name)) continue;
    await api.patch(`${nodePools}/${metadata.name}`, { spec: { disruption: { budgets: [{ nodes: "0%" }] } } });
    run.report(`Karpenter keeps the nodes of ${metadata.name}, whose disruption budget is 0`);
  }
}

async function mark(api: KubernetesApi, path: string, release: string): Promise<void> {
  for (const { metadata } of await api.list(path + selector)) {
    await api.patch(`${path}/${metadata.name}`, { metadata: marksOf(release) });
  }
}

function marksOf(release: string): object {
  return {
    labels: { "app.kubernetes.io/managed-by": "Helm", "k8s-addon": null, "addon.kops.k8s.io/name": null },
    annotations: { "meta.helm.sh/release-name": release, "meta.helm.sh/release-namespace": namespace },
  };
}

async function orphan(api: KubernetesApi, name: string, run: Run): Promise<void> {
  const path = `${deployments}/${name}`;
  await run.stillWanted("replacing kOps's deployment of Karpenter");
  await api.delete(path, "Orphan");
  const wait = {
    what: "kOps's deployment of Karpenter to let go of its pods",
    timeoutSeconds: orphanSeconds,
    pauseMilliseconds: 500,
    look: async () => ((await api.get(path)) === undefined ? undefined : "it exists"),
  };
  const seen = await waitFor(wait, run);
  if (seen !== undefined) throw new Error(`${path} was deleted and still exists after ${String(orphanSeconds)} s`);
}
