/** Cilium. */
import { ciliumConfig } from "../../../facts/addons-cilium";
import type { SettledCluster } from "../../../spec/model";
import { configMap, type KubernetesObject } from "../kubernetes/objects";
import { agentDaemonSet } from "./agent";
import { configName, namespaced } from "./names";
import { operatorDeployment, operatorDisruptionBudget } from "./operator";
import { accounts, permissions } from "./rbac";

export function ciliumObjects(cluster: SettledCluster): readonly KubernetesObject[] {
  return [
    operatorDisruptionBudget(),
    ...accounts(),
    configMap(namespaced(configName), ciliumConfig),
    ...permissions(),
    agentDaemonSet(cluster),
    operatorDeployment(cluster),
  ];
}
