import type { KubernetesApi, KubernetesObject, KubernetesPod } from "./kubernetesApi";
import type { Run } from "../operation/run";

interface ReplicaSet extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & Pick<KubernetesPod["metadata"], "ownerReferences" | "uid">;
}

const replicaSetsPath = "/apis/apps/v1/namespaces/kube-system/replicasets";
const revision = "deployment.kubernetes.io/revision";

/**
 * Ends the earlier pods of a changed deployment whose next pod has no room beside them: of one pod for the one control-plane
 * node that no pod of its kind shares, a deployment like kOps's of the Cilium operator (surge of 25%, half unavailable, which
 * is none of one) waits for ever. The deployment starts no earlier pods again.
 */
export async function makeRoom(api: KubernetesApi, pods: readonly KubernetesPod[], run: Run): Promise<void> {
  const waiting = pods.filter(hasNoRoom);
  if (waiting.length === 0) return;
  const sets = await api.list<ReplicaSet>(replicaSetsPath);
  for (const pod of waiting) {
    const own = sets.find(({ metadata }) => metadata.uid === controllerOf(pod, "ReplicaSet"));
    const deployment = own === undefined ? undefined : controllerOf(own, "Deployment");
    if (own === undefined || deployment === undefined) continue;
    const earlier = sets.filter(
      (set) =>
        controllerOf(set, "Deployment") === deployment &&
        (set.spec?.replicas ?? 0) > 0 &&
        revisionOf(set) < revisionOf(own),
    );
    for (const { metadata } of earlier) {
      await run.stillWanted(`ending the pods of ${metadata.name}`);
      await api.patch(`${replicaSetsPath}/${metadata.name}`, { spec: { replicas: 0 } });
      run.report(`the pods of ${metadata.name} end, since ${pod.metadata.name} has no room beside them`);
    }
  }
}

function hasNoRoom({ metadata, spec, status }: KubernetesPod): boolean {
  const avoids = spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const isUnschedulable = status?.conditions?.some(
    ({ type, status: is, reason }) => type === "PodScheduled" && is === "False" && reason === "Unschedulable",
  );
  return metadata.namespace === "kube-system" && avoids.length > 0 && isUnschedulable === true;
}

function controllerOf({ metadata }: Pick<ReplicaSet, "metadata">, wanted: string): string | undefined {
  return metadata.ownerReferences?.find(({ kind, controller }) => controller === true && kind === wanted)?.uid;
}

function revisionOf({ metadata }: ReplicaSet): number {
  return Number(metadata.annotations?.[revision] ?? 0);
}
