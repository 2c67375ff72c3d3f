import type { SettledCluster } from "../../model/cluster";
import type { KubernetesObject } from "../objects/objects";
import { corednsAutoscaler } from "./autoscaler";
import { corednsServer } from "./server";

export function corednsObjects(cluster: SettledCluster): readonly KubernetesObject[] {
  return [...corednsServer(cluster), ...corednsAutoscaler(cluster)];
}
