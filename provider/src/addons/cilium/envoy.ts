/** Cilium as a Gateway API and Ingress controller: the classes, the shared load balancer, and further permissions. */
import type { UnwrappedCluster } from "../../model/cluster";
import { object, service, type KubernetesObject } from "../objects/builders";
import { kubeSystem } from "../objects/containers";
import { role, roleBinding, rule, serviceAccountSubject, type PolicyRule } from "../objects/rbac";
import { agent, namespaced, operator, partOf } from "./names";
import { isOn, sharedLoadBalancerName, sharesLoadBalancer } from "./settings";

const gateways = "gateway.networking.k8s.io";
const gatewayStatus =
  "gatewayclasses/status gateways/status httproutes/status grpcroutes/status tlsroutes/status" as const;

const ingressRules: readonly PolicyRule[] = [
  rule("networking.k8s.io", "ingresses ingressclasses", "get list watch"),
  rule("networking.k8s.io", "ingresses/status", "update"),
];

const gatewayRules: readonly PolicyRule[] = [
  rule(
    gateways,
    "gatewayclasses gateways tlsroutes httproutes grpcroutes referencegrants referencepolicies",
    "get list watch",
  ),
  rule(gateways, "gatewayclasses", "patch"),
  rule(gateways, gatewayStatus, "update patch"),
  rule("cilium.io", "ciliumgatewayclassconfigs", "get list watch"),
  rule("cilium.io", "ciliumgatewayclassconfigs/status", "update patch"),
  rule("multicluster.x-k8s.io", "serviceimports", "get list watch"),
];

/** What the operator may do beside. */
export function envoyRules({ cilium }: UnwrappedCluster): readonly PolicyRule[] {
  return [...(isOn(cilium.ingress) ? ingressRules : []), ...(isOn(cilium.gatewayAPI) ? gatewayRules : [])];
}

interface SecretAccess {
  readonly role: string;
  readonly binding: string;
  readonly account: string;
  readonly verbs: string;
}

function access(name: string, account: string, binding = name): SecretAccess {
  const verbs = account === operator ? "create delete update patch" : "get list watch";
  return { role: name, binding, account, verbs };
}

function secretAccess({ cilium }: UnwrappedCluster): readonly SecretAccess[] {
  const [ingress, gateway] = [isOn(cilium.ingress), isOn(cilium.gatewayAPI)];
  return [
    ...(ingress ? [access("cilium-ingress-secrets", agent, "cilium-secrets")] : []),
    ...(gateway ? [access("cilium-gateway-secrets", agent)] : []),
    ...(ingress || gateway ? [access("cilium-envoy-config-secrets", agent)] : []),
    ...(ingress ? [access("cilium-operator-ingress-secrets", operator)] : []),
    ...(gateway ? [access("cilium-operator-gateway-secrets", operator)] : []),
  ];
}

export function envoyRoles(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return secretAccess(cluster).map((each) =>
    role({ ...namespaced(each.role), labels: partOf }, [rule("", "secrets", each.verbs)]),
  );
}

export function envoyRoleBindings(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return secretAccess(cluster).map((each) =>
    roleBinding(
      { ...namespaced(each.binding), labels: partOf },
      each.role,
      serviceAccountSubject(each.account, kubeSystem),
    ),
  );
}

export function envoyServices(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const { cilium } = cluster;
  // kOps has the Service of the proxy's metrics only with the Gateway API.
  const hasProxyMetrics = isOn(cilium.gatewayAPI) && cilium.enablePrometheusMetrics === true;
  return [
    ...(hasProxyMetrics ? [proxyMetrics(cluster)] : []),
    ...(sharesLoadBalancer(cluster) ? [sharedLoadBalancer(cluster)] : []),
  ];
}

function proxyMetrics({ release }: UnwrappedCluster): KubernetesObject {
  const port = release.addons.cilium.ports.proxyMetrics;
  return service(
    {
      ...namespaced("cilium-agent"),
      annotations: { "prometheus.io/port": String(port), "prometheus.io/scrape": "true" },
      labels: { ...partOf, "app.kubernetes.io/name": "cilium-agent", "k8s-app": agent },
    },
    {
      clusterIP: "None",
      ports: [{ name: "envoy-metrics", port, protocol: "TCP", targetPort: "envoy-metrics" }],
      selector: { "k8s-app": agent },
      type: "ClusterIP",
    },
  );
}

function sharedLoadBalancer(cluster: UnwrappedCluster): KubernetesObject {
  return service(
    { ...namespaced(sharedLoadBalancerName(cluster)), labels: { ...partOf, "cilium.io/ingress": "true" } },
    {
      externalTrafficPolicy: "Cluster",
      ports: [
        { name: "http", port: 80, protocol: "TCP" },
        { name: "https", port: 443, protocol: "TCP" },
      ],
      type: "LoadBalancer",
    },
  );
}

export function ingressClass({ cilium }: UnwrappedCluster): readonly KubernetesObject[] {
  if (!isOn(cilium.ingress)) return [];
  const spec = { controller: "cilium.io/ingress-controller" };
  return [object("networking.k8s.io/v1", "IngressClass", { name: "cilium" }, { spec })];
}

/** The Service has no pods: Cilium takes its traffic off before an endpoint matters, but there must be one. */
export function sharedLoadBalancerEndpoints(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  if (!sharesLoadBalancer(cluster)) return [];
  const subsets = [{ addresses: [{ ip: "192.192.192.192" }], ports: [{ port: 9999 }] }];
  return [object("v1", "Endpoints", namespaced(sharedLoadBalancerName(cluster)), { subsets })];
}

export function gatewayClass({ cilium }: UnwrappedCluster): readonly KubernetesObject[] {
  if (!isOn(cilium.gatewayAPI)) return [];
  const spec = { controllerName: "io.cilium/gateway-controller", description: "The default Cilium GatewayClass" };
  return [object(`${gateways}/v1`, "GatewayClass", { name: "cilium" }, { spec })];
}
