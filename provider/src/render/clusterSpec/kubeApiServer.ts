import { hasMetricsServer } from "../../addons/metrics-server/settings";
import type { YamlObject } from "../../encode/yaml";
import { componentImage } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import type { RuntimeFacts } from "../../model/runtime";
import { issuerUrl, jwksUrl } from "../../model/locations";
import { overridden } from "../spec/overrides";

export function kubeApiServerConfig(
  cluster: UnwrappedCluster,
  facts: Pick<RuntimeFacts, "discoveryStore">,
): YamlObject {
  const issuer = issuerUrl(cluster, facts.discoveryStore);
  const { components, etcd, ports } = cluster.release;
  const plugins = components.kubeApiServer["enableAdmissionPlugins"] as readonly string[];
  const more = (cluster.clusterSpec.kubeAPIServer?.["appendAdmissionPlugins"] ?? []) as readonly string[];
  return overridden(cluster, "kubeAPIServer", {
    ...components.kubeApiServer,
    // Requests to metrics-server are spread over its pods (kops pkg/model/components/apiserver.go:166).
    enableAggregatorRouting: hasMetricsServer(cluster) ? true : undefined,
    enableAdmissionPlugins: [...plugins, ...more],
    apiServerCount: mainEtcdMembers(cluster),
    etcdServers: [`https://127.0.0.1:${etcd.ports.main.client}`],
    etcdServersOverrides: [`/events#https://127.0.0.1:${etcd.ports.events.client}`],
    image: componentImage(cluster, "kube-apiserver"),
    securePort: ports.kubeApiServer,
    serviceAccountIssuer: issuer,
    serviceAccountJWKSURI: jwksUrl(issuer),
    serviceClusterIPRange: cluster.network.serviceCidr,
  });
}

/** kOps takes the size of the main etcd cluster for the number of API servers (apiserver.go:199). */
function mainEtcdMembers(cluster: UnwrappedCluster): number {
  return cluster.etcdClusters.find(({ name }) => name === "main")?.members.length ?? 0;
}
