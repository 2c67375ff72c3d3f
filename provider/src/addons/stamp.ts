/** The labels that kOps puts on every object of an addon (kops v1.36.2 pkg/model/components/addonmanifests/remap.go:117). */
import type { Addon } from "./addon";
import { isWorkload, type KubernetesObject, type Workload } from "./objects/objects";

export const addonNameLabel = "addon.kops.k8s.io/name";
export const managedByLabel = "app.kubernetes.io/managed-by";

export function stamp({ name, selector }: Addon, object: KubernetesObject): KubernetesObject {
  const labels = { ...object.metadata.labels, [managedByLabel]: "kops", [addonNameLabel]: name, ...selector };
  const stamped = { ...object, metadata: { ...object.metadata, labels } };
  return isWorkload(stamped) ? stampPods(stamped) : stamped;
}

function stampPods(workload: Workload): Workload {
  const { template } = workload.spec;
  const labels = { ...template.metadata.labels, "kops.k8s.io/managed-by": "kops" };
  return {
    ...workload,
    spec: { ...workload.spec, template: { ...template, metadata: { ...template.metadata, labels } } },
  };
}
