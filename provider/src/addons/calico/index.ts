/** Calico: routes between nodes, tunnels between subnets, network policies. */
import type { UnwrappedCluster } from "../../model/cluster";
import { networkPluginSelector, type AddonFacts, type ChannelAddon } from "../addon";
import { definitionsOf } from "../definitions";
import type { KubernetesObject } from "../objects/builders";
import { agentDaemonSet } from "./agent";
import { apiServerMap, settingsMap } from "./config";
import { controllersDeployment, controllersDisruptionBudget } from "./controllers";
import { accounts, permissions } from "./rbac";
import { typhaDeployment, typhaDisruptionBudget, typhaService } from "./typha";

const addonName = "networking.projectcalico.org";

export const calico: ChannelAddon = {
  name: addonName,
  condition: ({ cni }) => cni === "calico",
  selector: networkPluginSelector,
  prunes: true,
  needs: () => ["addonDefinitions"],
  objects,
};

function objects(cluster: UnwrappedCluster, facts: AddonFacts): readonly KubernetesObject[] {
  return [
    ...apiServerMap(cluster),
    controllersDisruptionBudget(),
    ...typhaDisruptionBudget(cluster),
    ...accounts(),
    settingsMap(cluster),
    ...definitionsOf(addonName, facts),
    ...permissions(),
    ...typhaService(cluster),
    agentDaemonSet(cluster),
    controllersDeployment(cluster),
    ...typhaDeployment(cluster),
  ];
}
