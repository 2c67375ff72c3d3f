import type { SettledCluster } from "../../../spec/model";
import type { KubernetesObject } from "../kubernetes/objects";
import { corednsAutoscaler } from "./autoscaler";
import { corednsServer } from "./server";

export function corednsObjects(cluster: SettledCluster): readonly KubernetesObject[] {
  return [...corednsServer(cluster), ...corednsAutoscaler(cluster)];
}
