import { controlPlaneLabel } from "../../addons/objects/containers";
import { olderVersion } from "./clusterValidation";
import type { KubernetesApi, KubernetesNode } from "./kubernetesApi";
import { reasonOf } from "../operation/operation";
import { waitFor } from "../operation/progress";
import type { Run } from "../operation/run";

const nodesPath = `/api/v1/nodes?labelSelector=${controlPlaneLabel}`;

export interface AwaitedVersion {
  readonly clusterName: string;
  readonly version: string;
  readonly timeoutSeconds: number;
}

/**
 * Waits until no control-plane node is of an older minor version than the cluster's: a kubelet must not be newer than the
 * API server. Where the user replaces the instances, what is awaited says how.
 */
export async function awaitVersion(
  api: KubernetesApi,
  { clusterName, version, timeoutSeconds }: AwaitedVersion,
  run: Run,
): Promise<void> {
  const command = `kops rolling-update cluster ${clusterName} --instance-group-roles control-plane --yes`;
  const wait = {
    what: `the control plane of ${clusterName} to run Kubernetes ${version}`,
    timeoutSeconds,
    pauseMilliseconds: 5000,
    look: () => lookForOlder(api, version, command),
  };
  const seen = await waitFor(wait, run);
  if (seen !== undefined) {
    throw new Error(
      `the control plane of ${clusterName} did not run Kubernetes ${version} after ${String(timeoutSeconds)} s: ${seen}. ` +
        `Workers stay as they are until it does; then run the update again`,
    );
  }
}

/** Undefined when no node is older. */
async function lookForOlder(api: KubernetesApi, version: string, command: string): Promise<string | undefined> {
  try {
    const nodes = await api.list<KubernetesNode>(nodesPath);
    const older = nodes.flatMap((node) => {
      const runs = olderVersion(node, version);
      return runs === undefined ? [] : [`${node.metadata.name} runs ${runs}`];
    });
    return older.length === 0 ? undefined : `${older.sort().join(", ")}; replace it with '${command}'`;
  } catch (error) {
    // A control plane of one node is away while it is replaced.
    return reasonOf(error);
  }
}
