/** The kOps cluster spec as `kops create cluster` would have written it for what the user asked. */
import { inlinePolicyStatements } from "../../model/inlinePolicy";
import type { YamlObject } from "../../encode/yaml";
import { dnsNames } from "../../model/names";
import type { ResolvedEtcdCluster, ResolvedSubnet, UnwrappedCluster } from "../../model/cluster";
import type { Unwrapped } from "../../schema/input";
import type { RuntimeFacts } from "../../model/runtime";
import { presentList, presentMap } from "./fields";
import { declaredCertManager, declaredNetworking, declaredProxy } from "./networking";
import { storeUrl } from "../../model/locations";
import { usesKubeProxy } from "../../model/podNetwork";
import { declaredOverrides, etcdOverrides } from "../spec/overrides";
import { merged } from "../../model/spec/values";

export type StoreFacts = Pick<RuntimeFacts, "stateStore" | "discoveryStore" | "commonNatGatewayId">;

/** With what the user says in kOps's own terms, as an edit of the spec would leave it. */
export function declaredSpec(cluster: UnwrappedCluster, facts: StoreFacts): YamlObject {
  return merged(createdSpec(cluster, facts), declaredOverrides(cluster));
}

/** kops upup/pkg/fi/cloudup/new_cluster.go:185 */
function createdSpec(cluster: UnwrappedCluster, facts: StoreFacts): YamlObject {
  const { network = {} } = cluster.declared;
  return {
    additionalNetworkCIDRs: presentList(cluster.network.additionalCidrs),
    api: { loadBalancer: { class: "Network", type: cluster.api.loadBalancer === "public" ? "Public" : "Internal" } },
    assets: declaredAssets(cluster),
    authorization: { rbac: {} },
    certManager: declaredCertManager(cluster),
    channel: "stable",
    cloudLabels: presentMap(cluster.tags),
    cloudProvider: "aws",
    clusterDNSDomain: network.clusterDomain,
    configBase: storeUrl(facts.stateStore, cluster.name),
    dnsZone: cluster.dns.zone,
    egressProxy: declaredProxy(cluster),
    encryptionConfig: cluster.encryptsObjects ? true : undefined,
    etcdClusters: cluster.etcdClusters.map((etcd) => declaredEtcdCluster(etcd, cluster)),
    iam: {
      allowContainerRegistry: true,
      legacy: false,
      serviceAccountExternalPermissions: declaredPermissions(cluster),
      useServiceAccountExternalPermissions: true,
    },
    karpenter: declaredKarpenter(cluster),
    kubeProxy: usesKubeProxy(cluster) ? undefined : { enabled: false },
    kubelet: { anonymousAuth: false },
    kubernetesApiAccess: presentList(cluster.api.access),
    kubernetesVersion: cluster.kubernetesVersion,
    // In the private case only the completed spec has it (kops upup/pkg/fi/cloudup/defaults.go:128).
    masterPublicName: cluster.dns.type === "public" ? dnsNames(cluster.name).api : undefined,
    networkCIDR: cluster.network.cidr,
    networkID: cluster.network.vpcId,
    networking: declaredNetworking(cluster),
    nonMasqueradeCIDR: cluster.network.nonMasqueradeCidr,
    podCIDR: network.podCidr,
    serviceAccountIssuerDiscovery: {
      discoveryStore: storeUrl(facts.discoveryStore, cluster.name),
      enableAWSOIDCProvider: true,
    },
    serviceClusterIPRange: network.serviceCidr,
    sshAccess: presentList(cluster.ssh.access),
    subnets: cluster.network.subnets.map((subnet) => declaredSubnet(subnet, facts.commonNatGatewayId)),
    topology: { bastion: declaredBastion(cluster), dns: { type: dnsTypes[cluster.dns.type] } },
  };
}

function declaredBastion(cluster: UnwrappedCluster): YamlObject | undefined {
  if (cluster.network.bastion === undefined || cluster.dns.type === "none") return undefined;
  return { bastionPublicName: dnsNames(cluster.name).bastion };
}

function declaredSubnet(
  { name, zone, type, cidr, id, egress }: Unwrapped<ResolvedSubnet>,
  commonNatGatewayId: string | undefined,
): YamlObject {
  const common = type === "Private" && id === undefined ? commonNatGatewayId : undefined;
  return { name, zone, type, cidr, id, egress: egress ?? common };
}

const dnsTypes = { none: "None", public: "Public", private: "Private" } as const;

function declaredAssets(cluster: UnwrappedCluster): YamlObject | undefined {
  const { containerRegistry, fileRepository } = cluster.assets;
  if (containerRegistry === undefined && fileRepository === undefined) return undefined;
  return { containerRegistry, fileRepository };
}

function declaredEtcdCluster(etcd: Unwrapped<ResolvedEtcdCluster>, cluster: UnwrappedCluster): YamlObject {
  const volume = cluster.declared.controlPlane?.etcdVolume ?? {};
  const created = {
    cpuRequest: etcd.cpuRequest,
    etcdMembers: etcd.members.map((member) => ({
      // Unencrypted is what kOps takes an absent field for (new_cluster.go:1634).
      encryptedVolume: member.volume.encrypted ? true : undefined,
      instanceGroup: member.group,
      kmsKeyId: volume.kmsKeyArn,
      name: member.name,
      volumeIops: volume.iops,
      volumeSize: volume.size,
      volumeThroughput: volume.throughput,
      volumeType: volume.type,
    })),
    manager: { backupRetentionDays: etcd.backupRetentionDays },
    memoryRequest: etcd.memoryRequest,
    name: etcd.name,
  };
  return merged(created, etcdOverrides(cluster, etcd.name));
}

function declaredPermissions(cluster: UnwrappedCluster): readonly YamlObject[] | undefined {
  return presentList(
    cluster.serviceAccountRoles.map(({ name, namespace, policyArns, inlinePolicy }) => ({
      aws: {
        inlinePolicy: inlinePolicy === undefined ? undefined : inlinePolicyStatements(inlinePolicy),
        policyARNs: presentList(policyArns),
      },
      name,
      namespace,
    })),
  );
}

/** Karpenter comes from its chart; what kOps has a field for is kept, so that kOps could take over. */
function declaredKarpenter(cluster: UnwrappedCluster): YamlObject | undefined {
  if (!cluster.karpenter.enabled) return undefined;
  const declared = cluster.declared.karpenter;
  return {
    enabled: true,
    featureGates: declared?.featureGates === undefined ? undefined : featureGateList(declared.featureGates),
    logLevel: declared?.logLevel,
  };
}

function featureGateList(gates: Readonly<Record<string, boolean>>): string {
  const names = Object.keys(gates).sort();
  return names.map((name) => `${name}=${String(gates[name])}`).join(",");
}
