/** What the agents, the CNI plugin and the controllers may do in the cluster. */
import { serviceAccount, type KubernetesObject } from "../objects/builders";
import { kubeSystem } from "../objects/containers";
import { clusterRole, clusterRoleBinding, rule, serviceAccountSubject, userSubject } from "../objects/rbac";
import { cniPlugin, controllers, namespaced, node, tierGetter } from "./names";

const group = "crd.projectcalico.org";

export function accounts(): readonly KubernetesObject[] {
  return [controllers, node, cniPlugin].map((name) => serviceAccount(namespaced(name)));
}

export function permissions(): readonly KubernetesObject[] {
  return [
    clusterRole({ name: controllers }, controllerRules),
    clusterRole({ name: node }, nodeRules),
    clusterRole({ name: cniPlugin }, pluginRules),
    clusterRole({ name: tierGetter }, [rule("projectcalico.org", "tiers", "get")]),
    ...[controllers, node, cniPlugin].map((name) =>
      clusterRoleBinding({ name }, name, serviceAccountSubject(name, kubeSystem)),
    ),
    clusterRoleBinding({ name: tierGetter }, tierGetter, userSubject("system:kube-controller-manager")),
  ];
}

const controllerRules = [
  rule("", "nodes", "watch list get"),
  rule("", "pods", "get list watch"),
  rule("", "namespaces", "get list watch"),
  rule("", "services services/status", "get list update watch"),
  rule(group, "ipreservations", "list"),
  rule(group, "blockaffinities ipamblocks ipamhandles ipamconfigs tiers", "get list create update delete watch"),
  rule(group, "ippools", "list watch"),
  rule(group, "hostendpoints", "get list create update delete watch"),
  rule(group, "clusterinformations", "get list create update watch"),
  rule(group, "kubecontrollersconfigurations", "get list create update watch"),
];

const watched = [
  "globalfelixconfigs",
  "felixconfigurations",
  "bgppeers",
  "bgpfilters",
  "globalbgpconfigs",
  "bgpconfigurations",
  "ippools",
  "ipreservations",
  "ipamblocks",
  "globalnetworkpolicies",
  "stagedglobalnetworkpolicies",
  "networkpolicies",
  "stagednetworkpolicies",
  "stagedkubernetesnetworkpolicies",
  "globalnetworksets",
  "networksets",
  "clusterinformations",
  "hostendpoints",
  "blockaffinities",
  "caliconodestatuses",
  "tiers",
];

const nodeRules = [
  rule("", "serviceaccounts/token", "create", cniPlugin),
  rule("", "pods nodes namespaces", "get"),
  rule("discovery.k8s.io", "endpointslices", "watch list"),
  rule("", "endpoints services", "watch list get"),
  rule("", "configmaps", "get"),
  rule("", "nodes/status", "patch update"),
  rule("networking.k8s.io", "networkpolicies", "watch list"),
  rule("policy.networking.k8s.io", "adminnetworkpolicies baselineadminnetworkpolicies", "watch list"),
  rule("", "pods namespaces serviceaccounts", "list watch"),
  rule("", "pods/status", "patch"),
  rule(group, watched.join(" "), "get list watch"),
  rule(group, "tiers", "create"),
  rule(group, "ippools felixconfigurations clusterinformations", "create update"),
  rule(group, "caliconodestatuses", "update"),
  rule("", "nodes", "get list watch"),
  rule(group, "bgpconfigurations bgppeers", "create update"),
  rule(group, "blockaffinities ipamblocks ipamhandles", "get list create update delete"),
  rule(group, "ipamconfigs", "get create"),
  rule(group, "blockaffinities", "watch"),
  rule("apps", "daemonsets", "get"),
];

const pluginRules = [
  rule("", "pods nodes namespaces", "get"),
  rule("", "pods/status", "patch"),
  rule(
    group,
    "blockaffinities ipamblocks ipamhandles clusterinformations ippools ipreservations ipamconfigs",
    "get list create update delete",
  ),
];
