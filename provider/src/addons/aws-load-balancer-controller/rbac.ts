/** The controller's account and what it may do. */
import type { UnwrappedCluster } from "../../model/cluster";
import { serviceAccount, type KubernetesObject } from "../objects/builders";
import { kubeSystem } from "../objects/containers";
import {
  clusterRole,
  clusterRoleBinding,
  role,
  roleBinding,
  rule,
  serviceAccountSubject,
  type PolicyRule,
} from "../objects/rbac";
import { account, apiGroup, clusterScoped, name, namespaced } from "./names";

const accelerators = "aga.k8s.aws";
const gatewaySettings = "gateway.k8s.aws";
const gateways = "gateway.networking.k8s.io";
const ingresses = ["extensions", "networking.k8s.io"];

/** Each of some resources with one part of it, such as its status. */
function parts(resources: string, part: string): string {
  return resources
    .split(" ")
    .map((each) => `${each}/${part}`)
    .join(" ");
}

const settings = "listenerruleconfigurations loadbalancerconfigurations targetgroupconfigurations";
const gatewayKinds = "gatewayclasses gateways";
const routes = "grpcroutes httproutes listenersets tcproutes tlsroutes udproutes";

const rules: readonly PolicyRule[] = [
  rule("", "configmaps", "create delete get update"),
  rule("", "endpoints namespaces nodes pods", "get list watch"),
  rule("", "events", "create patch"),
  rule("", "pods/status services/status", "patch update"),
  rule("", "services", "get list patch update watch"),
  rule(accelerators, "globalaccelerators", "get list patch watch"),
  rule(accelerators, "globalaccelerators/finalizers globalaccelerators/status", "patch update"),
  rule("discovery.k8s.io", "endpointslices", "get list watch"),
  rule(apiGroup, "albtargetcontrolconfigs", "get"),
  rule(apiGroup, "ingressclassparams", "get list watch"),
  rule(apiGroup, "targetgroupbindings", "create delete get list patch update watch"),
  rule(apiGroup, "targetgroupbindings/status", "patch update"),
  rule(ingresses, "ingresses", "get list patch update watch"),
  rule(ingresses, "ingresses/status", "patch update"),
  rule(gatewaySettings, settings, "get list patch watch"),
  rule(gatewaySettings, parts(settings, "finalizers"), "patch update"),
  rule(gatewaySettings, parts(settings, "status"), "get patch update"),
  rule(gateways, `${gatewayKinds} referencegrants`, "get list patch watch"),
  rule(gateways, parts(gatewayKinds, "finalizers"), "patch update"),
  rule(gateways, parts(`${gatewayKinds} ${routes}`, "status"), "get patch update"),
  rule(gateways, routes, "get list watch"),
  rule(gateways, parts(routes, "finalizers"), "update"),
  rule("networking.k8s.io", "ingressclasses", "get list watch"),
];

const leader = `${name}-leader`;
const electionRules: readonly PolicyRule[] = [
  rule("", "configmaps", "create"),
  rule("", "configmaps", "get patch update", leader),
  rule("coordination.k8s.io", "leases", "create"),
  rule("coordination.k8s.io", "leases", "get update patch", leader),
];

export function permissions(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const subject = serviceAccountSubject(account.name, kubeSystem);
  const election = `${leader}-election-role`;
  return [
    serviceAccount(namespaced(cluster, account.name), { automountServiceAccountToken: true }),
    role(namespaced(cluster, election), electionRules),
    clusterRole(clusterScoped(cluster, `${name}-role`), rules),
    roleBinding(namespaced(cluster, `${election}binding`), election, subject),
    clusterRoleBinding(clusterScoped(cluster, `${name}-rolebinding`), `${name}-role`, subject),
  ];
}
