import type { YamlObject } from "../../encode/yaml";
import { imageLocation, kubernetesImage } from "../../releases/1.36/images";
import { serviceClusterIpRange } from "../../releases/1.36/kubernetes";
import { etcdPorts, ports } from "../../releases/1.36/ports";
import type { SettledCluster } from "../../model/cluster";
import type { RuntimeFacts } from "../../model/runtime";
import { issuerUrl, jwksUrl } from "../../model/locations";

/** kops v1.36.2 pkg/model/components/apiserver.go:136 */
const admissionPlugins = [
  "DefaultStorageClass",
  "DefaultTolerationSeconds",
  "LimitRanger",
  "MutatingAdmissionWebhook",
  "NamespaceLifecycle",
  "NodeRestriction",
  "ResourceQuota",
  "RuntimeClass",
  "ServiceAccount",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionWebhook",
] as const;

/** kops v1.36.2 pkg/model/components/apiserver.go:43 and discovery.go:35 */
export function kubeApiServerConfig(cluster: SettledCluster, facts: Pick<RuntimeFacts, "discoveryStore">): YamlObject {
  const issuer = issuerUrl(cluster, facts.discoveryStore);
  return {
    allowPrivileged: true,
    anonymousAuth: false,
    apiAudiences: ["kubernetes.svc.default"],
    apiServerCount: mainEtcdMembers(cluster),
    authorizationMode: "Node,RBAC",
    bindAddress: "0.0.0.0",
    enableAdmissionPlugins: admissionPlugins,
    etcdServers: [`https://127.0.0.1:${etcdPorts.main.client}`],
    etcdServersOverrides: [`/events#https://127.0.0.1:${etcdPorts.events.client}`],
    image: imageLocation(
      kubernetesImage("kube-apiserver", cluster.kubernetesVersion),
      cluster.assets.containerRegistry,
    ),
    kubeletPreferredAddressTypes: ["InternalIP", "Hostname", "ExternalIP"],
    logLevel: 2,
    requestheaderAllowedNames: ["aggregator"],
    requestheaderExtraHeaderPrefixes: ["X-Remote-Extra-"],
    requestheaderGroupHeaders: ["X-Remote-Group"],
    requestheaderUsernameHeaders: ["X-Remote-User"],
    securePort: ports.kubeApiServer,
    serviceAccountIssuer: issuer,
    serviceAccountJWKSURI: jwksUrl(issuer),
    serviceClusterIPRange: serviceClusterIpRange,
    storageBackend: "etcd3",
  };
}

/** kOps takes the size of the main etcd cluster for the number of API servers (apiserver.go:199). */
function mainEtcdMembers(cluster: SettledCluster): number {
  return cluster.etcdClusters.find(({ name }) => name === "main")?.members.length ?? 0;
}
