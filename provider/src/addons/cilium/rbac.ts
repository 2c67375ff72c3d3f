/** What the agent and the operator may do. */
import type { UnwrappedCluster } from "../../model/cluster";
import { kubeSystem } from "../objects/containers";
import { serviceAccount, type KubernetesObject } from "../objects/builders";
import {
  clusterRole,
  clusterRoleBinding,
  role,
  roleBinding,
  rule,
  serviceAccountSubject,
  type PolicyRule,
} from "../objects/rbac";
import { envoyRoleBindings, envoyRoles, envoyRules } from "./envoy";
import { agent, configName, namespaced, operator, partOf } from "./names";

const cilium = "cilium.io";
const crds = "customresourcedefinitions";
const crdGroup = "apiextensions.k8s.io";

/** Kinds that the agent watches; those that the operator keeps up to date are nearly the same. */
const agentKinds =
  "ciliumloadbalancerippools ciliumbgppeeringpolicies ciliumbgpnodeconfigs ciliumbgpadvertisements " +
  "ciliumbgppeerconfigs ciliumclusterwideenvoyconfigs ciliumclusterwidenetworkpolicies ciliumegressgatewaypolicies " +
  "ciliumendpoints ciliumendpointslices ciliumenvoyconfigs ciliumidentities ciliumlocalredirectpolicies " +
  "ciliumnetworkpolicies ciliumnodes ciliumnodeconfigs ciliumcidrgroups ciliuml2announcementpolicies ciliumpodippools";

const operatorCrds =
  "ciliumloadbalancerippools ciliumbgppeeringpolicies ciliumbgpclusterconfigs ciliumbgppeerconfigs " +
  "ciliumbgpadvertisements ciliumbgpnodeconfigs ciliumbgpnodeconfigoverrides ciliumclusterwideenvoyconfigs " +
  "ciliumclusterwidenetworkpolicies ciliumegressgatewaypolicies ciliumendpoints ciliumendpointslices " +
  "ciliumenvoyconfigs ciliumidentities ciliumlocalredirectpolicies ciliumnetworkpolicies ciliumnodes " +
  "ciliumnodeconfigs ciliumcidrgroups ciliuml2announcementpolicies ciliumpodippools ciliumgatewayclassconfigs";

const operatorReads =
  "ciliumloadbalancerippools ciliumpodippools ciliumbgppeeringpolicies ciliumbgpclusterconfigs " +
  "ciliumbgpnodeconfigoverrides ciliumbgppeerconfigs";

const operatorWrites =
  "ciliumendpointslices ciliumenvoyconfigs ciliumbgppeerconfigs ciliumbgpadvertisements ciliumbgpnodeconfigs";

const agentStatus =
  "ciliumendpoints/status ciliumendpoints ciliuml2announcementpolicies/status ciliumbgpnodeconfigs/status";

const agentRules: readonly PolicyRule[] = [
  rule("networking.k8s.io", "networkpolicies", "get list watch"),
  rule("discovery.k8s.io", "endpointslices", "get list watch"),
  rule("", "namespaces services pods endpoints nodes secrets", "get list watch"),
  rule(crdGroup, crds, "list watch get"),
  rule(cilium, agentKinds, "list watch"),
  rule(cilium, "ciliumidentities ciliumendpoints ciliumnodes", "create"),
  rule(cilium, "ciliumidentities", "update"),
  rule(cilium, "ciliumendpoints", "delete get"),
  rule(cilium, "ciliumnodes ciliumnodes/status", "get update"),
  rule(cilium, agentStatus, "patch"),
];

const coreOperatorRules: readonly PolicyRule[] = [
  rule("", "pods", "get list watch delete"),
  rule("", "configmaps", "patch", configName),
  rule("", "nodes", "list watch"),
  rule("", "nodes nodes/status", "patch"),
  rule("discovery.k8s.io", "endpointslices", "get list watch"),
  rule("", "services/status", "update patch"),
  rule("", "namespaces secrets", "get list watch"),
  rule("", "services endpoints", "get list watch create update delete patch"),
];

const policies = ["ciliumnetworkpolicies", "ciliumclusterwidenetworkpolicies"];
const ownOperatorRules: readonly PolicyRule[] = [
  rule(cilium, policies.join(" "), "create update deletecollection patch get list watch"),
  rule(cilium, policies.map((policy) => `${policy}/status`).join(" "), "patch update"),
  rule(cilium, "ciliumendpoints ciliumidentities", "delete list watch"),
  rule(cilium, "ciliumidentities", "update"),
  rule(cilium, "ciliumnodes", "create update get list watch delete"),
  rule(cilium, "ciliumnodes/status", "update"),
  rule(cilium, operatorWrites, "create update get list watch delete patch"),
  rule(cilium, "ciliumbgpclusterconfigs/status ciliumbgppeerconfigs/status", "update"),
  rule(crdGroup, crds, "create get list watch"),
  rule(
    crdGroup,
    crds,
    "update",
    operatorCrds
      .split(" ")
      .map((kind) => `${kind}.${cilium}`)
      .join(" "),
  ),
  rule(cilium, operatorReads, "get list watch"),
  rule(cilium, "ciliumpodippools", "create"),
  rule(cilium, "ciliumloadbalancerippools/status", "patch"),
  rule("coordination.k8s.io", "leases", "create get update"),
];

export function accounts(): readonly KubernetesObject[] {
  return [agent, operator].map((name) => serviceAccount(namespaced(name)));
}

export function permissions(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const ofAgent = serviceAccountSubject(agent, kubeSystem);
  const ofOperator = serviceAccountSubject(operator, kubeSystem);
  const configReader = { ...namespaced("cilium-config-agent"), labels: partOf };
  return [
    clusterRole({ name: agent, labels: partOf }, agentRules),
    clusterRole({ name: operator, labels: partOf }, [
      ...coreOperatorRules,
      ...ownOperatorRules,
      ...envoyRules(cluster),
    ]),
    clusterRoleBinding({ name: agent, labels: partOf }, agent, ofAgent),
    clusterRoleBinding({ name: operator, labels: partOf }, operator, ofOperator),
    role(configReader, [rule("", "configmaps", "get list watch")]),
    ...envoyRoles(cluster),
    roleBinding(configReader, configReader.name, ofAgent),
    ...envoyRoleBindings(cluster),
  ];
}
