/** The nodeup configuration of each group (kops pkg/nodemodel/nodeupconfigbuilder.go, pkg/apis/nodeup/config.go). */
import { yaml, type YamlObject } from "../../encode/yaml";
import { compareCodeUnits } from "../../encode/natural";
import { dnsNames } from "../../model/names";
import type { UnwrappedCluster, UnwrappedControlPlaneGroup, UnwrappedNodeGroup } from "../../model/cluster";
import { trustedCertificates, trustedPublicKeys } from "../../model/keysets";
import type { KeysetName, RuntimeFacts } from "../../model/runtime";
import { storeUrl } from "../../model/locations";
import { waitsForNodeup } from "../../model/warmPool";
import { needsCniPlugins, usesKubeProxy, usesVpcAddresses } from "../../model/podNetwork";
import { channelsManifestPath } from "../manifests/channels";
import { etcdManifestPath } from "../manifests/etcd";
import { healthcheckManifest } from "../manifests/healthcheck";
import { kubeControllerManagerConfig, kubeProxyConfig, kubeSchedulerConfig } from "../clusterSpec/controllers";
import { kubeApiServerConfig } from "../clusterSpec/kubeApiServer";
import { controlPlaneGroupKubelet, nodeGroupKubelet } from "../clusterSpec/kubelet";
import { nodeNetworking } from "../clusterSpec/networking";
import { presentList } from "../clusterSpec/fields";
import { forNodeup } from "../spec/overrides";
import { controlPlaneAssets, nodeAssets, preloadedImages } from "./assets";
import { schedulerConfigFile } from "./scheduler";
import { apiServerSections, fileAssets, groupSections } from "./sections";
import { warmPoolImages } from "./warmPool";

type ControlPlaneConfigFacts = Pick<
  RuntimeFacts,
  | "stateStore"
  | "discoveryStore"
  | "apiLoadBalancer"
  | "keysets"
  | "kopsFileHashes"
  | "nodeFileHashes"
  | "encryptionConfigHash"
>;

const controlPlaneAuthorities: readonly KeysetName[] = [
  "apiserver-aggregator-ca",
  "etcd-clients-ca",
  "etcd-manager-ca-events",
  "etcd-manager-ca-main",
  "etcd-peers-ca-events",
  "etcd-peers-ca-main",
  "kubernetes-ca",
];

export function nodeConfig(
  cluster: UnwrappedCluster,
  group: UnwrappedNodeGroup,
  facts: Pick<RuntimeFacts, "keysets" | "nodeFileHashes">,
): string {
  return yaml({
    ...commonConfig(cluster, group),
    Assets: nodeAssets(cluster, facts),
    EnableLifecycleHook: group.manager === "CloudGroup" && waitsForNodeup(group) ? true : undefined,
    // Workers get the certificate authority in their boot configuration.
    CAs: {},
    FileAssets: presentList(fileAssets(cluster, group)),
    KeypairIDs: { "kubernetes-ca": facts.keysets["kubernetes-ca"].primaryId },
    KubeletConfig: forNodeup(cluster, "kubelet", nodeGroupKubelet(cluster, group)),
    warmPoolImages: warmPoolImages(cluster, group),
  });
}

export function controlPlaneConfig(
  cluster: UnwrappedCluster,
  group: UnwrappedControlPlaneGroup,
  facts: ControlPlaneConfigFacts,
): string {
  const base = storeUrl(facts.stateStore, cluster.name);
  return yaml({
    ...commonConfig(cluster, group),
    APIServerConfig: apiServerConfig(cluster, facts),
    ApiserverAdditionalIPs: [...apiServerNames(cluster, facts.apiLoadBalancer)].sort(compareCodeUnits),
    Assets: controlPlaneAssets(cluster, facts),
    CAs: byKeyset(controlPlaneAuthorities, (name) => trustedCertificates(facts.keysets[name])),
    ControlPlaneConfig: {
      KubeControllerManager: forNodeup(cluster, "kubeControllerManager", kubeControllerManagerConfig(cluster)),
      KubeScheduler: kubeSchedulerConfig(cluster),
    },
    DNSZone: cluster.dns.zone,
    EtcdClusterNames: cluster.etcdClusters.map(({ name }) => name),
    FileAssets: [...fileAssets(cluster, group), schedulerConfigFile],
    KeypairIDs: byKeyset([...controlPlaneAuthorities, "service-account"], (name) => facts.keysets[name].primaryId),
    KubeletConfig: forNodeup(cluster, "kubelet", controlPlaneGroupKubelet(cluster, group)),
    channelsManifest: `${base}/${channelsManifestPath}`,
    configStore: { keypairs: `${base}/pki`, secrets: `${base}/secrets` },
    etcdManifests: cluster.etcdClusters
      .filter(({ members }) => members.some((member) => member.group === group.name))
      .map(({ name }) => `${base}/${etcdManifestPath(name, group.name)}`),
    images: preloadedImages(cluster, facts.kopsFileHashes),
    staticManifests: [{ key: healthcheckManifest.key, path: healthcheckManifest.path }],
  });
}

function commonConfig(cluster: UnwrappedCluster, group: UnwrappedControlPlaneGroup | UnwrappedNodeGroup): YamlObject {
  return {
    ...groupSections(cluster, group),
    ClusterName: cluster.name,
    // Where the instance's metadata say no type; the kubelet's limit of pods follows from it.
    DefaultMachineType: usesVpcAddresses(cluster) ? instanceType(group) : undefined,
    InstallCNIAssets: needsCniPlugins(cluster) ? true : undefined,
    KubeProxy: usesKubeProxy(cluster) ? forNodeup(cluster, "kubeProxy", kubeProxyConfig(cluster)) : null,
    KubernetesVersion: cluster.kubernetesVersion,
    Networking: nodeNetworking(cluster, group.role),
    // Empty is as good as left out.
    ServiceNodePortRange: cluster.clusterSpec.kubeAPIServer?.["serviceNodePortRange"] as string | undefined,
    usesLegacyGossip: false,
    usesNoneDNS: cluster.dns.type === "none",
  };
}

function instanceType(group: UnwrappedControlPlaneGroup | UnwrappedNodeGroup): string {
  return "instanceType" in group ? group.instanceType : (group.instanceTypes[0] ?? "");
}

/** With DNS, nothing goes by addresses (kops upup/pkg/fi/cloudup/awstasks/network_load_balancer.go:374). */
function apiServerNames(
  cluster: UnwrappedCluster,
  { dnsName, addresses }: ControlPlaneConfigFacts["apiLoadBalancer"],
): readonly string[] {
  return cluster.dns.type === "none" ? [dnsName, ...addresses] : [dnsName];
}

function apiServerConfig(cluster: UnwrappedCluster, facts: ControlPlaneConfigFacts): YamlObject {
  return {
    ...apiServerSections(cluster, kubeApiServerConfig(cluster, facts)),
    API: {
      additionalSANs: presentList(cluster.clusterSpec.additionalSans ?? []),
      publicName: cluster.dns.type === "none" ? undefined : dnsNames(cluster.name).api,
    },
    ClusterDNSDomain: cluster.network.clusterDomain,
    EncryptionConfigSecretHash: facts.encryptionConfigHash,
    ServiceAccountPublicKeys: trustedPublicKeys(facts.keysets["service-account"]),
  };
}

function byKeyset(names: readonly KeysetName[], value: (name: KeysetName) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}
