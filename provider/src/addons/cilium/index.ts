/** Cilium. */
import type { UnwrappedCluster } from "../../model/cluster";
import type { ChannelAddon } from "../addon";
import { configMap, type KubernetesObject } from "../objects/builders";
import { agentDaemonSet } from "./agent";
import { configName, namespaced } from "./names";
import { operatorDeployment, operatorDisruptionBudget } from "./operator";
import { accounts, permissions } from "./rbac";

export const cilium: ChannelAddon = {
  name: "networking.cilium.io",
  condition: ({ cni }) => cni === "cilium",
  // One label for every network plugin, so that the objects of a former one are found.
  selector: { "role.kubernetes.io/networking": "1" },
  needsRollingUpdate: "all",
  objects,
};

function objects(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return [
    operatorDisruptionBudget(),
    ...accounts(),
    configMap(namespaced(configName), cluster.release.addons.cilium.config),
    ...permissions(),
    agentDaemonSet(cluster),
    operatorDeployment(cluster),
  ];
}
