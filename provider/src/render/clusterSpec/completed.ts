/** The completed kOps cluster spec: what was declared, with every default of kOps filled in. */
import type { YamlObject } from "../../encode/yaml";
import { imageLocation, images } from "../../releases/1.36/images";
import {
  clusterDnsAddress,
  clusterDomain,
  containerd,
  ebsCsiDriverVersion,
  podCidr,
  serviceClusterIpRange,
} from "../../releases/1.36/kubernetes";
import { dnsNames } from "../../model/names";
import type { SettledCluster } from "../../model/cluster";
import { storeUrl } from "../../model/locations";
import { ciliumConfig } from "./cilium";
import {
  cloudControllerManagerConfig,
  kubeControllerManagerConfig,
  kubeProxyConfig,
  kubeSchedulerConfig,
} from "./controllers";
import { declaredSpec, type StoreFacts } from "./declared";
import { presentFields } from "./fields";
import { kubeApiServerConfig } from "./kubeApiServer";
import { controlPlaneKubelet, nodeKubelet } from "./kubelet";

export function completedSpec(cluster: SettledCluster, facts: StoreFacts): YamlObject {
  const declared = declaredSpec(cluster, facts);
  const base = storeUrl(facts.stateStore, cluster.name);
  return {
    ...declared,
    cloudConfig: { awsEBSCSIDriver: { version: ebsCsiDriverVersion }, manageStorageClasses: true },
    cloudControllerManager: cloudControllerManagerConfig(cluster),
    clusterDNSDomain: clusterDomain,
    containerd: containerdConfig(cluster),
    etcdClusters: completedEtcdClusters(cluster, declared, base),
    ...completedDns(cluster),
    // Only named here: Karpenter itself comes from its chart.
    karpenter: {
      image: images.karpenter,
      logEncoding: "console",
      logLevel: "debug",
      ...presentFields(declared["karpenter"] as YamlObject),
    },
    keyStore: `${base}/pki`,
    kubeAPIServer: kubeApiServerConfig(cluster, facts),
    kubeControllerManager: kubeControllerManagerConfig(cluster),
    kubeDNS,
    kubeProxy: kubeProxyConfig(cluster),
    kubeScheduler: kubeSchedulerConfig(cluster),
    kubelet: nodeKubelet(),
    masterKubelet: controlPlaneKubelet(cluster),
    networking: cluster.cni === "cilium" ? { cilium: ciliumConfig } : declared["networking"],
    podCIDR: podCidr,
    secretStore: `${base}/secrets`,
    serviceClusterIPRange: serviceClusterIpRange,
  };
}

/** kops v1.36.2 upup/pkg/fi/cloudup/populate_cluster_spec.go:282 */
function completedDns(cluster: SettledCluster): YamlObject {
  if (cluster.dns.type === "none") return {};
  return { externalDns: { provider: "dns-controller" }, masterPublicName: dnsNames(cluster.name).api };
}

/** kops v1.36.2 pkg/model/components/containerd.go:41 */
export function containerdConfig(cluster: SettledCluster): YamlObject {
  return {
    logLevel: "info",
    runc: { version: containerd.runcVersion },
    sandboxImage: imageLocation(images.pause, cluster.assets.containerRegistry),
    version: containerd.version,
  };
}

/** kops v1.36.2 pkg/model/components/kubedns.go:32 */
const kubeDNS: YamlObject = {
  cacheMaxConcurrent: 150,
  cacheMaxSize: 1000,
  cpuRequest: "100m",
  domain: clusterDomain,
  memoryLimit: "170Mi",
  memoryRequest: "70Mi",
  nodeLocalDNS: { cpuRequest: "25m", enabled: false, image: images.nodeLocalDns, memoryRequest: "5Mi" },
  provider: "CoreDNS",
  serverIP: clusterDnsAddress,
};

function completedEtcdClusters(cluster: SettledCluster, declared: YamlObject, base: string): readonly YamlObject[] {
  const list = declared["etcdClusters"] as readonly YamlObject[];
  return cluster.etcdClusters.map((etcd, index) => ({
    ...list[index],
    backups: { backupStore: `${base}/backups/etcd/${etcd.name}` },
    version: etcd.version,
  }));
}
