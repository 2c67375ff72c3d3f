/** The boot configuration: what the bootstrap script leaves for nodeup as `kube_env.yaml`. */
import { sha256 } from "../../encode/hash";
import { yaml } from "../../encode/yaml";
import { ipv4Range, parseIpv4Range, rangeContains } from "../../model/cidr";
import type { UnwrappedCluster, UnwrappedControlPlaneGroup, UnwrappedNodeGroup } from "../../model/cluster";
import { trustedCertificates } from "../../model/keysets";
import type { RuntimeFacts } from "../../model/runtime";
import { storeUrl } from "../../model/locations";
import { dnsNames } from "../../model/names";

/** `config`: the group's nodeup configuration; nodeup checks the bytes it downloads by their hash. */
export function controlPlaneBootConfig(
  cluster: UnwrappedCluster,
  group: UnwrappedControlPlaneGroup,
  config: string,
  facts: Pick<RuntimeFacts, "stateStore">,
): string {
  return yaml({
    CloudProvider: "aws",
    ClusterName: cluster.name,
    ConfigBase: storeUrl(facts.stateStore, cluster.name),
    InstanceGroupName: group.name,
    InstanceGroupRole: "ControlPlane",
    NodeupConfigHash: sha256(config, "base64"),
  });
}

/** Workers get their configuration from kops-controller, which they reach over the API's load balancer. */
export function nodeBootConfig(
  cluster: UnwrappedCluster,
  group: UnwrappedNodeGroup,
  config: string,
  facts: Pick<RuntimeFacts, "apiLoadBalancer" | "keysets">,
): string {
  const addresses = cluster.dns.type === "none" ? apiAddresses(cluster, facts.apiLoadBalancer.addresses) : [];
  const { kopsController } = dnsNames(cluster.name);
  const hosts = addresses.length > 0 ? addresses : [kopsController];
  return yaml({
    APIServerIPs: addresses.length > 0 ? addresses : undefined,
    CloudProvider: "aws",
    ClusterName: cluster.name,
    ConfigServer: {
      CACertificates: trustedCertificates(facts.keysets["kubernetes-ca"]),
      servers: hosts.map(
        (host) => `https://${host.includes(":") ? `[${host}]` : host}:${cluster.release.ports.kopsController}/`,
      ),
      tlsServerName: addresses.length > 0 ? kopsController : undefined,
    },
    InstanceGroupName: group.name,
    InstanceGroupRole: "Node",
    NodeupConfigHash: sha256(config, "base64"),
  });
}

/** Those of the network, and IPv6 ones (kops pkg/nodemodel/nodeupconfigbuilder.go:313). */
function apiAddresses(cluster: UnwrappedCluster, addresses: readonly string[]): readonly string[] {
  const { additionalCidrs, cidr } = cluster.network;
  const ranges = [...additionalCidrs, cidr].map(ipv4Range);
  return addresses.filter((address) => {
    const single = parseIpv4Range(`${address}/32`);
    return single === undefined ? address.includes(":") : ranges.some((range) => rangeContains(range, single));
  });
}
