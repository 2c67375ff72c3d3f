/** Cilium. */
import { ciliumConfig } from "../../releases/1.36/addons-cilium";
import type { SettledCluster } from "../../model/cluster";
import { configMap, type KubernetesObject } from "../objects/objects";
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
