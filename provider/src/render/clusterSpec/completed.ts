/** The completed kOps cluster spec: what was declared, with every default of kOps filled in. */
import type { YamlObject } from "../../encode/yaml";
import { cloudControllerManagerConfig } from "../../addons/aws-cloud-controller/settings";
import { kubeDnsConfig } from "../../addons/coredns/settings";
import { nodeProblemDetectorConfig } from "../../addons/node-problem-detector/settings";
import { imageOf } from "../../model/containerImages";
import { dnsNames } from "../../model/names";
import type { UnwrappedCluster } from "../../model/cluster";
import { storeUrl } from "../../model/locations";
import { nodeTerminationConfig } from "../../model/nodeTermination";
import { kubeControllerManagerConfig, kubeProxyConfig, kubeSchedulerConfig } from "./controllers";
import { declaredSpec, type StoreFacts } from "./declared";
import { presentFields } from "./fields";
import { kubeApiServerConfig } from "./kubeApiServer";
import { controlPlaneKubelet, nodeKubelet } from "./kubelet";
import { completedNetworking } from "./networking";
import { overridden } from "../spec/overrides";

export function completedSpec(cluster: UnwrappedCluster, facts: StoreFacts): YamlObject {
  const declared = declaredSpec(cluster, facts);
  const base = storeUrl(facts.stateStore, cluster.name);
  const { network } = cluster;
  const { addons, components, images } = cluster.release;
  return {
    ...declared,
    cloudConfig: { awsEBSCSIDriver: { version: addons.ebsCsi.version }, manageStorageClasses: true },
    cloudControllerManager: cloudControllerManagerConfig(cluster),
    clusterDNSDomain: network.clusterDomain,
    containerd: containerdConfig(cluster),
    etcdClusters: completedEtcdClusters(cluster, declared, base),
    ...completedDns(cluster),
    // Only named here: Karpenter itself comes from its chart.
    karpenter: cluster.karpenter.enabled
      ? { image: images.karpenter, ...components.karpenter, ...presentFields(declared["karpenter"] as YamlObject) }
      : undefined,
    keyStore: `${base}/pki`,
    kubeAPIServer: kubeApiServerConfig(cluster, facts),
    kubeControllerManager: kubeControllerManagerConfig(cluster),
    kubeDNS: kubeDnsConfig(cluster),
    kubeProxy: kubeProxyConfig(cluster),
    kubeScheduler: kubeSchedulerConfig(cluster),
    kubelet: nodeKubelet(cluster),
    masterKubelet: controlPlaneKubelet(cluster),
    nodeProblemDetector: nodeProblemDetectorConfig(cluster),
    nodeTerminationHandler: nodeTerminationConfig(cluster),
    networking: completedNetworking(cluster),
    podCIDR: network.podCidr,
    secretStore: `${base}/secrets`,
    serviceClusterIPRange: network.serviceCidr,
  };
}

/** kops upup/pkg/fi/cloudup/populate_cluster_spec.go:282 */
function completedDns(cluster: UnwrappedCluster): YamlObject {
  if (cluster.dns.type === "none") return {};
  return { externalDns: { provider: "dns-controller" }, masterPublicName: dnsNames(cluster.name).api };
}

/** kops pkg/model/components/containerd.go:41 */
export function containerdConfig(cluster: UnwrappedCluster): YamlObject {
  const { containerd, runc } = cluster.release.nodeFiles;
  return overridden(cluster, "containerd", {
    logLevel: "info",
    runc: { version: runc },
    sandboxImage: imageOf(cluster, "pause"),
    version: containerd,
  });
}

function completedEtcdClusters(cluster: UnwrappedCluster, declared: YamlObject, base: string): readonly YamlObject[] {
  const list = declared["etcdClusters"] as readonly YamlObject[];
  return cluster.etcdClusters.map((etcd, index) => ({
    version: etcd.version,
    ...list[index],
    backups: { backupStore: `${base}/backups/etcd/${etcd.name}` },
  }));
}
