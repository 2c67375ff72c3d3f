import type { KubernetesApi, KubernetesObject } from "../kubernetes/kubernetesApi";
import { reasonOf } from "../operation/operation";
import type { Run } from "../operation/run";

const secrets = "/api/v1/namespaces/kube-system/secrets";
const ofKarpenter = `?labelSelector=${encodeURIComponent("owner=helm,name in (karpenter,karpenter-crd)")}`;

/**
 * A destroy of the cluster deletes no charts: they go with the API. If it is broken off before the API has gone, the next
 * update installs them again, which Helm refuses while it has a record of them. It takes over their objects.
 */
export async function forgetReleases(api: KubernetesApi, run: Run): Promise<void> {
  for (const { metadata } of await records(api, run)) {
    await run.stillWanted(`deleting the secret ${metadata.name}`);
    await unlessAway(run, api.delete(`${secrets}/${metadata.name}`));
  }
}

async function records(api: KubernetesApi, run: Run): Promise<readonly KubernetesObject[]> {
  return (await unlessAway(run, api.list(secrets + ofKarpenter))) ?? [];
}

/** An API that is away is why a cluster is destroyed, as likely as not. */
async function unlessAway<T>(run: Run, call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    run.report(`Helm's records of Karpenter go with the API: ${reasonOf(error)}`);
    return undefined;
  }
}
