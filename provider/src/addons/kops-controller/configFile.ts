/** The configuration file of kops-controller: JSON in one line (kops upup/pkg/fi/cloudup/template_functions.go:839). */
import type { UnwrappedCluster } from "../../model/cluster";
import { nodeRoleName } from "../../model/names";
import { storeUrl } from "../../model/locations";
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

/** Cilium replaces kube-proxy; any other network needs it, and its certificate. */
function certificateNames(cluster: UnwrappedCluster): readonly string[] {
  const kubelet = ["kubelet", "kubelet-server"];
  return cluster.cni === "cilium" ? kubelet : [...kubelet, "kube-proxy"];
}
