/** What the guard records: every value of the cluster that a rule of change compares, by the path of its input. */
import type { ResolvedCluster, ResolvedNodeGroup } from "../../model/cluster";
import { balancerSubnets } from "../../model/balancerSubnets";
import { isTrusted } from "../../model/keysets";
import { keysetNames } from "../../model/runtime";
import type { Input } from "../../schema/input";
import type { ClusterInputs } from "../../schema/types.gen";
import { created } from "./recorded";
import { hasLoadBalancerController } from "../../addons/aws-load-balancer-controller/settings";
import { hasCertManager } from "../../addons/cert-manager/settings";
import { hasPodIdentityWebhook } from "../../addons/pod-identity-webhook/settings";
import { encryptionPath } from "./stops/encryption";
import { certManagerPath, loadBalancerControllerPath, podIdentityPath } from "./stops/addons";
import { balancerSubnetsPath } from "./stops/balancer";
import { karpenterPath } from "./stops/nodeGroups";
import { keysetsPath, type RecordedKeyset } from "./stops/pki";
import { karpenterVersionPath, unwatchedPath } from "./stops/versions";

/** Holds nothing secret of its own; a value that the user made secret stays so. */
export type ClusterShape = Readonly<Record<string, unknown>> & { readonly clusterName: string };

/** `pki`: of the inputs, since the resolved cluster holds no certificates. */
export function clusterShape(cluster: ResolvedCluster, pki: ClusterInputs["pki"]): ClusterShape {
  const { declared, network } = cluster;
  return {
    clusterName: cluster.name,
    region: cluster.region,
    zones: [...declared.zones].sort(),
    kubernetesVersion: cluster.kubernetesVersion,
    kopsVersion: cluster.release.version,
    stateStore: given(declared.stateStore),
    discoveryStore: given(declared.discoveryStore),
    cni: cluster.cni,
    ...cilium(cluster),
    ...(cluster.calico.bpfEnabled === true ? { "calico.bpfEnabled": true } : {}),
    deletionProtection: cluster.deletionProtection,
    "network.cidr": network.cidr,
    "network.topology": network.topology,
    ...addressRanges(cluster),
    "network.vpcId": given(network.vpcId),
    "network.subnets": Object.fromEntries(
      network.subnets.map(({ name, zone, type, cidr, id }) => [name, { zone, type, cidr, id: given(id) }]),
    ),
    "dns.type": cluster.dns.type,
    "api.loadBalancer": cluster.api.loadBalancer,
    ...chosenSubnets(cluster),
    "controlPlane.zones": cluster.controlPlaneGroups.map(({ zone }) => zone),
    ...etcdVolume(cluster),
    ...(cluster.encryptsObjects ? { [encryptionPath]: "given" } : {}),
    ...(hasLoadBalancerController(cluster) ? { [loadBalancerControllerPath]: "on" } : {}),
    ...(hasCertManager(cluster) ? { [certManagerPath]: "on" } : {}),
    ...(hasPodIdentityWebhook(cluster) ? { [podIdentityPath]: "on" } : {}),
    ...(cluster.karpenter.enabled ? {} : { [karpenterPath]: false }),
    "karpenter.install": cluster.karpenter.install,
    ...(cluster.karpenter.install ? { [karpenterVersionPath]: cluster.karpenter.version } : {}),
    ...(cluster.readiness.skip ? { [unwatchedPath]: true } : {}),
    nodeGroups: Object.fromEntries(cluster.nodeGroups.map((group) => [group.name, nodeGroup(group, network.subnets)])),
    [keysetsPath]: keysets(cluster, pki),
  };
}

function given(value: Input<string> | undefined): Input<string> {
  return value ?? created;
}

/** Only what is not the default, so that the guard of a cluster without such options stays as it is. */
function cilium({ cilium: { tunnel, clusterName, clusterID }, release }: ResolvedCluster): object {
  const defaults = release.components.cilium;
  return {
    ...(tunnel === undefined || tunnel === defaults.tunnel ? {} : { "cilium.tunnel": tunnel }),
    ...(clusterName === undefined || clusterName === defaults.clusterName ? {} : { "cilium.clusterName": clusterName }),
    ...(clusterID === undefined ? {} : { "cilium.clusterID": clusterID }),
  };
}

/** As those of Cilium. */
function addressRanges({
  network: { podCidr, serviceCidr, clusterDomain },
  release: { network },
}: ResolvedCluster): object {
  return {
    ...(podCidr === network.podCidr ? {} : { "network.podCidr": podCidr }),
    ...(serviceCidr === network.serviceClusterIpRange ? {} : { "network.serviceCidr": serviceCidr }),
    ...(clusterDomain === network.clusterDomain ? {} : { "network.clusterDomain": clusterDomain }),
  };
}

/** Only where a zone has a choice. */
function chosenSubnets(cluster: ResolvedCluster): object {
  const { chosen, hasChoice } = balancerSubnets(cluster, cluster.api.loadBalancer);
  return hasChoice ? { [balancerSubnetsPath]: [...chosen].sort() } : {};
}

/** All members of both etcd clusters have the same volumes. */
function etcdVolume({ etcdClusters }: ResolvedCluster): Readonly<Record<string, unknown>> {
  const volume = etcdClusters[0]?.members[0]?.volume;
  if (volume === undefined) throw new Error("bug: the resolved cluster has no etcd member");
  return {
    "controlPlane.etcdVolume.size": volume.size,
    "controlPlane.etcdVolume.encrypted": volume.encrypted,
    "controlPlane.etcdVolume.kmsKeyArn": volume.kmsKeyArn ?? "aws/ebs",
  };
}

function keysets(cluster: ResolvedCluster, pki: ClusterInputs["pki"]): Readonly<Record<string, RecordedKeyset>> {
  const entries = keysetNames.map((name) => {
    const { primary, keys } = cluster.keysets[name];
    const certificates = pki?.keysets?.[name]?.keys;
    const recorded = keys.map((key) => [
      key.name,
      { isTrusted: isTrusted(key), certificate: given(certificates?.[key.name]?.certificate) },
    ]);
    return [name, { primary, keys: Object.fromEntries(recorded) as RecordedKeyset["keys"] }] as const;
  });
  return Object.fromEntries(entries);
}

function nodeGroup(group: ResolvedNodeGroup, subnets: ResolvedCluster["network"]["subnets"]): object {
  const mode = (isStatic: boolean): string => (isStatic ? "static" : "dynamic");
  const zones = subnets.filter(({ name }) => group.subnets.includes(name)).map(({ zone }) => zone);
  // Of a group without a manager, Karpenter is the one: so it is recorded of clusters of earlier releases.
  if (group.manager === "CloudGroup") return { zones: [...new Set(zones)].sort(), manager: group.manager };
  return {
    zones: [...new Set(zones)].sort(),
    nodeClassName: group.nodeClassName,
    mode: mode(group.isStatic),
    nodePools: Object.fromEntries(group.nodePools.map(({ name, replicas }) => [name, mode(replicas !== undefined)])),
  };
}
