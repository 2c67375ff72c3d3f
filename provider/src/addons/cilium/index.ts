/** Cilium. */
import type { UnwrappedCluster } from "../../model/cluster";
import { networkPluginSelector, type ChannelAddon } from "../addon";
import { configMap, type KubernetesObject } from "../objects/builders";
import { agentDaemonSet } from "./agent";
import { ciliumConfigMap } from "./config";
import { envoyServices, gatewayClass, ingressClass, sharedLoadBalancerEndpoints } from "./envoy";
import { hubbleAccount, hubbleCertificates, hubbleConfigMap, hubbleServices, relayDeployment } from "./hubble";
import { configName, issuer, namespaced } from "./names";
import { operatorDeployment, operatorDisruptionBudget } from "./operator";
import { accounts, permissions } from "./rbac";
import { usesHubble } from "./settings";

export const cilium: ChannelAddon = {
  name: issuer,
  condition: ({ cni }) => cni === "cilium",
  selector: networkPluginSelector,
  needsPki: usesHubble,
  needsRollingUpdate: "all",
  objects,
};

function objects(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const hubble = usesHubble(cluster);
  return [
    operatorDisruptionBudget(),
    ...accounts(),
    ...(hubble ? [hubbleAccount()] : []),
    configMap(namespaced(configName), ciliumConfigMap(cluster)),
    ...(hubble ? [hubbleConfigMap(cluster)] : []),
    ...permissions(cluster),
    ...envoyServices(cluster),
    ...(hubble ? hubbleServices(cluster) : []),
    agentDaemonSet(cluster),
    operatorDeployment(cluster),
    ...(hubble ? [relayDeployment(cluster)] : []),
    ...ingressClass(cluster),
    ...(hubble ? hubbleCertificates(cluster) : []),
    ...sharedLoadBalancerEndpoints(cluster),
    ...gatewayClass(cluster),
  ];
}
