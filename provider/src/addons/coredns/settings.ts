/** What `clusterSpec.kubeDNS` and kOps's defaults say of the cluster's DNS (kops pkg/model/components/kubedns.go:32). */
import type { YamlObject } from "../../encode/yaml";
import { kopsFields } from "../../model/spec/values";
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { tolerate } from "../objects/containers";
import type { Affinity, Toleration } from "../objects/pods";

/** As the completed spec has it. */
export function kubeDnsConfig(cluster: UnwrappedCluster): YamlObject {
  const { components, images, spec } = cluster.release;
  const { nodeLocalDNS: given, ...fields } = kopsFields(cluster.clusterSpec.kubeDNS ?? {}, "KubeDNSConfig", spec);
  const ofNodes = (given ?? {}) as YamlObject;
  return {
    ...components.kubeDns,
    domain: cluster.network.clusterDomain,
    serverIP: cluster.network.dnsAddress,
    ...fields,
    nodeLocalDNS: {
      ...components.nodeLocalDns,
      image: images.nodeLocalDns,
      ...(hasNodeLocalDns(cluster)
        ? { forwardToKubeDNS: false, localIP: cluster.release.network.nodeLocalDnsAddress }
        : {}),
      ...ofNodes,
    },
  };
}

export function nodeLocalDnsConfig(cluster: UnwrappedCluster): YamlObject {
  return kubeDnsConfig(cluster)["nodeLocalDNS"] as YamlObject;
}

/** Validation has checked that it is a plain value. */
export function hasNodeLocalDns({ clusterSpec }: Pick<ResolvedCluster | UnwrappedCluster, "clusterSpec">): boolean {
  const nodeLocalDns = clusterSpec.kubeDNS?.["nodeLocalDNS"] as { readonly enabled?: unknown } | undefined;
  return nodeLocalDns?.enabled === true;
}

/** The address that the kubelet gives to pods as their DNS server. */
export function dnsAddressOfPods(cluster: UnwrappedCluster): string {
  return hasNodeLocalDns(cluster) ? (nodeLocalDnsConfig(cluster)["localIP"] as string) : cluster.network.dnsAddress;
}

/** Where CoreDNS and its autoscaler run: as the user says, in the API's own terms. */
export function placement({ affinity, tolerations }: YamlObject): {
  readonly affinity?: Affinity;
  readonly tolerations: readonly Toleration[];
} {
  return {
    ...(affinity === undefined ? {} : { affinity: affinity as unknown as Affinity }),
    tolerations: (tolerations as readonly Toleration[] | undefined) ?? tolerate("CriticalAddonsOnly"),
  };
}
