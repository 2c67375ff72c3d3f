/** The configuration file of kops-controller: JSON in one line (kops upup/pkg/fi/cloudup/template_functions.go:839). */
import type { UnwrappedCluster } from "../../model/cluster";
import { nodeRoleName } from "../../model/names";
import { storeUrl } from "../../model/locations";
import { usesKubeProxy } from "../../model/podNetwork";
import type { AddonFacts } from "../addon";

const pkiDirectory = "/etc/kubernetes/kops-controller/pki";

export function kopsControllerConfig(cluster: UnwrappedCluster, facts: AddonFacts): string {
  const configBase = storeUrl(facts.stateStore, cluster.name);
  return JSON.stringify({
    clusterName: cluster.name,
    cloud: "aws",
    configBase,
    secretStore: `${configBase}/secrets`,
    server: {
      Listen: `:${cluster.release.ports.kopsController}`,
      provider: { aws: { nodesRoles: [nodeRoleName(cluster.name, "nodes")], Region: cluster.region } },
      serverKeyPath: `${pkiDirectory}/kops-controller.key`,
      serverCertificatePath: `${pkiDirectory}/kops-controller.crt`,
      caBasePath: pkiDirectory,
      signingCAs: ["kubernetes-ca"],
      certNames: certificateNames(cluster),
    },
  });
}

/** Where kube-proxy runs, it needs a certificate. */
function certificateNames(cluster: UnwrappedCluster): readonly string[] {
  const kubelet = ["kubelet", "kubelet-server"];
  return usesKubeProxy(cluster) ? [...kubelet, "kube-proxy"] : kubelet;
}
