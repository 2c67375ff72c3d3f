import type { KubernetesApi, KubernetesObject } from "./kubernetesApi";
import { reasonOf } from "../operation/operation";
import { waitFor } from "../operation/progress";
import type { Run } from "../operation/run";

/** Hashes of manifests, by the addon's name. */
export type AddonHashes = Readonly<Record<string, string>>;

/** kOps records there what it applied (kops v1.36.2 channels/pkg/channels/channel_version.go:35). */
const namespacePath = "/api/v1/namespaces/kube-system";
const annotationPrefix = "addons.k8s.io/";

/** Asks for the objects of an addon of kOps (kops v1.36.2 pkg/model/components/addonmanifests/remap.go:129). */
export function ofAddon(name: string): string {
  return `?labelSelector=k8s-addon%3D${name}%2Capp.kubernetes.io%2Fmanaged-by%3Dkops`;
}

/** Otherwise, kOps's channels would take the addon for applied, if the cluster gets it again. */
export async function forgetAddon(api: KubernetesApi, name: string): Promise<void> {
  await api.patch(namespacePath, { metadata: { annotations: { [annotationPrefix + name]: null } } });
}

/**
 * Waits until the cluster has applied the addons for which kOps replaces nodes; it looks for changes each minute. It marks the
 * nodes as it does so: nodes that start before that would be marked, and replaced, once more. Whether it waited.
 */
export async function awaitAddons(
  api: KubernetesApi,
  wanted: AddonHashes,
  timeoutSeconds: number,
  pauseMilliseconds: number,
  run: Run,
): Promise<boolean> {
  const look = async (): Promise<string | undefined> => {
    try {
      const missing = await notApplied(api, wanted);
      return missing.length === 0 ? undefined : missing.join(", ");
    } catch (error) {
      return reasonOf(error);
    }
  };
  if ((await look()) === undefined) return false;
  const what = "the control plane to apply the changed addons";
  const seen = await waitFor({ what, timeoutSeconds, pauseMilliseconds, look }, run);
  if (seen !== undefined) run.report(`goes on without the change of addons that have not been applied: ${seen}`);
  return true;
}

async function notApplied(api: KubernetesApi, wanted: AddonHashes): Promise<readonly string[]> {
  const annotations = (await api.get<KubernetesObject>(namespacePath))?.metadata.annotations ?? {};
  return Object.entries(wanted).flatMap(([name, hash]) => {
    const applied = annotations[annotationPrefix + name];
    // Of what kOps never applied, no node runs an earlier form.
    return applied === undefined || hashIn(applied) === hash ? [] : [name];
  });
}

function hashIn(annotation: string): unknown {
  return (JSON.parse(annotation) as { readonly manifestHash?: unknown }).manifestHash;
}
