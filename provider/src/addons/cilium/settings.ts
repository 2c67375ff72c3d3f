/** Cilium's options: as the cluster spec declares them, and with kOps's defaults. */
import type { UnwrappedCluster } from "../../model/cluster";
import { optionalImage } from "../../model/containerImages";

type Value = string | number | boolean | readonly string[] | Readonly<Record<string, string | boolean>>;
export type Settings = Readonly<Record<string, Value>>;

export function usesHubble({ cni, cilium }: Pick<UnwrappedCluster, "cni" | "cilium">): boolean {
  return cni === "cilium" && isOn(cilium.hubble);
}

/** What is given is on, unless it says otherwise. */
export function isOn(feature: { readonly enabled?: boolean | undefined } | undefined): boolean {
  return feature !== undefined && (feature.enabled ?? true);
}

/** Whether there is a Service of the load balancer that Ingress resources share. */
export function sharesLoadBalancer({ cilium: { ingress } }: UnwrappedCluster): boolean {
  return isOn(ingress) && ingress?.defaultLoadBalancerMode !== "dedicated";
}

/** Of kOps's own documentation: without a name, kOps would write a Service that has none. */
const sharedLoadBalancer = "cilium-ingress";

export function sharedLoadBalancerName({ cilium: { ingress } }: UnwrappedCluster): string {
  return ingress?.sharedLoadBalancerServiceName ?? sharedLoadBalancer;
}

/** In kOps's API, a value that says the same as none is left out of these (kops pkg/apis/kops/v1alpha2/networking.go:443). */
const leftOutIfFalse: readonly string[] = [
  "bpfLBSock",
  "bpfLBSockHostNSOnly",
  "disableEndpointCRD",
  "enablePrometheusMetrics",
  "enableServiceTopology",
  "nodeEncryption",
  "preallocateBPFMaps",
];

export function declaredCilium(cluster: UnwrappedCluster): Settings {
  const { encryptionType, ingress, ...given } = cluster.cilium;
  return presentSettings({
    enableNodePort: true,
    ...given,
    ...(encryptionType === undefined ? {} : { enableEncryption: true, encryptionType }),
    ingress:
      ingress === undefined || !sharesLoadBalancer(cluster)
        ? ingress
        : { ...ingress, sharedLoadBalancerServiceName: sharedLoadBalancerName(cluster) },
  });
}

/** kops pkg/model/components/cilium.go:34 */
export function completedCilium(cluster: UnwrappedCluster): Settings {
  const declared = declaredCilium(cluster);
  const { gatewayAPI, hubble, ingress } = cluster.cilium;
  const on = (name: string, feature: typeof hubble): Settings =>
    feature === undefined ? {} : { [name]: { ...(declared[name] as Settings), enabled: isOn(feature) } };
  return {
    ...cluster.release.components.cilium,
    ...declared,
    ...on("gatewayAPI", gatewayAPI),
    ...on("hubble", hubble),
    ...on("ingress", ingress),
  };
}

function presentSettings(fields: Readonly<Record<string, unknown>>): Settings {
  const present = Object.entries(fields).flatMap(([name, value]): readonly (readonly [string, Value])[] => {
    if (value === undefined || (value === false && leftOutIfFalse.includes(name))) return [];
    if (typeof value !== "object" || value === null) return [[name, value as Value]];
    if (Array.isArray(value)) return value.length === 0 ? [] : [[name, value as Value]];
    const inner = presentSettings(value as Record<string, unknown>);
    return isMap(name) && Object.keys(inner).length === 0 ? [] : [[name, inner as Value]];
  });
  return Object.fromEntries(present);
}

function isMap(name: string): boolean {
  return ["agentPodAnnotations", "operatorPodAnnotations", "extraConfig"].includes(name);
}

export function ciliumImage(cluster: UnwrappedCluster, name: "cilium" | "ciliumOperator" | "hubbleRelay"): string {
  return optionalImage(cluster, name, cluster.cilium);
}

export function ciliumRequests({ cilium, release: { components } }: UnwrappedCluster) {
  const { cpuRequest, memoryRequest } = components.cilium;
  return { requests: { cpu: cilium.cpuRequest ?? cpuRequest, memory: cilium.memoryRequest ?? memoryRequest } };
}

/** In a mesh of clusters. */
export function meshName({ cilium, release: { components } }: UnwrappedCluster): string {
  return cilium.clusterName ?? components.cilium.clusterName;
}
