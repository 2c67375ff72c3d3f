import { imageOwner } from "../../model/aws";
import { tagKeys } from "../../model/kopsKeys";
import { instanceGroupTags } from "../../model/tags";
import type { UnwrappedCluster, UnwrappedKarpenterGroup } from "../../model/cluster";
import { nodeRoleName, securityGroupName } from "../../model/names";
import { present, unlessEmpty, type Manifest, type ManifestFields, type ManifestValue } from "./customObjects";

/** What the spec may say besides userData, the one field that has to wait for AWS. */
export const nodeClassFields = [
  "amiFamily",
  "amiSelectorTerms",
  "associatePublicIPAddress",
  "blockDeviceMappings",
  "capacityReservationSelectorTerms",
  "connectionTracking",
  "context",
  "cpuOptions",
  "detailedMonitoring",
  "enclaveOptions",
  "instanceProfile",
  "ipPrefixCount",
  "kubelet",
  "metadataOptions",
  "networkInterfaces",
  "placementGroupSelector",
  "securityGroupSelectorTerms",
  "subnetSelectorTerms",
  "tags",
] as const;

/**
 * The EC2NodeClass of a group (kops upup/pkg/fi/cloudup/template_functions_karpenter.go:217), without userData.
 * `rootDeviceName` is that of the group's first image, for example `/dev/sda1`.
 */
export function nodeClassManifest(
  cluster: UnwrappedCluster,
  group: UnwrappedKarpenterGroup,
  rootDeviceName: string,
): Manifest {
  const spec: Readonly<Record<(typeof nodeClassFields)[number], ManifestValue | undefined>> = {
    ...instanceFields(group),
    amiFamily: "Custom",
    amiSelectorTerms: group.images.map(amiTerm),
    associatePublicIPAddress: group.associatePublicIp,
    blockDeviceMappings: [rootMapping(group, rootDeviceName), ...group.volumes.map(volumeMapping)],
    capacityReservationSelectorTerms: unlessEmpty(group.capacityReservations.map(reservationTerm)),
    instanceProfile: nodeRoleName(cluster.name, "nodes"),
    kubelet: unlessEmpty(kubelet(group)),
    metadataOptions: metadataOptions(group),
    securityGroupSelectorTerms: securityGroupTerms(cluster, group),
    subnetSelectorTerms: subnetTerms(cluster, group),
    tags: nodeTags(cluster, group),
  };
  return {
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: group.nodeClassName },
    spec: present(spec),
  };
}

function amiTerm(selector: string): ManifestFields {
  if (selector.startsWith("ami-")) {
    return { id: selector };
  }
  if (selector.startsWith("ssm:")) {
    return { ssmParameter: selector.slice("ssm:".length) };
  }
  const slash = selector.indexOf("/");
  return slash === -1
    ? { name: selector, owner: "self" }
    : { name: selector.slice(slash + 1), owner: imageOwner(selector.slice(0, slash)) };
}

function instanceFields({ instanceSettings: settings }: UnwrappedKarpenterGroup) {
  const { placementGroupSelector, networkInterfaces, connectionTracking, cpuOptions, enclaveOptions } = settings;
  return {
    connectionTracking: connectionTracking && present({ ...connectionTracking }),
    context: settings.context,
    cpuOptions: cpuOptions && unlessEmpty(present({ ...cpuOptions })),
    detailedMonitoring: settings.detailedMonitoring,
    enclaveOptions: enclaveOptions && { enabled: enclaveOptions.enabled },
    ipPrefixCount: settings.ipPrefixCount,
    networkInterfaces: unlessEmpty(
      networkInterfaces?.map(({ networkCardIndex, deviceIndex, interfaceType }) => ({
        networkCardIndex,
        deviceIndex,
        interfaceType,
      })),
    ),
    placementGroupSelector: placementGroupSelector && present({ ...placementGroupSelector }),
  };
}

function reservationTerm(term: UnwrappedKarpenterGroup["capacityReservations"][number]): ManifestFields {
  const { id, ownerId, tags, instanceMatchCriteria } = term;
  return present({ id, ownerID: ownerId, tags: unlessEmpty(tags), instanceMatchCriteria });
}

/** With amiFamily Custom, Karpenter cannot tell by itself which volume holds the kubelet's directory. */
function rootMapping(group: UnwrappedKarpenterGroup, deviceName: string): ManifestFields {
  const volume = group.rootVolume;
  const ebs = present({
    deleteOnTermination: true,
    encrypted: volume.encrypted,
    iops: volume.iops,
    kmsKeyID: volume.kmsKeyArn,
    throughput: volume.throughput,
    volumeSize: `${String(volume.size)}Gi`,
    volumeType: volume.type,
  });
  // The CRD allows the flag once.
  return group.volumes.some(({ kubeletRoot }) => kubeletRoot)
    ? { deviceName, ebs }
    : { deviceName, ebs, rootVolume: true };
}

function volumeMapping(volume: UnwrappedKarpenterGroup["volumes"][number]): ManifestFields {
  const ebs = present({
    deleteOnTermination: volume.deleteOnTermination,
    encrypted: volume.encrypted,
    iops: volume.iops,
    kmsKeyID: volume.kmsKeyArn,
    snapshotID: volume.snapshotId,
    throughput: volume.throughput,
    volumeInitializationRate: volume.volumeInitializationRate,
    volumeSize: volume.size === undefined ? undefined : `${String(volume.size)}Gi`,
    volumeType: volume.type,
  });
  const { deviceName } = volume;
  return volume.kubeletRoot ? { deviceName, ebs, rootVolume: true } : { deviceName, ebs };
}

/**
 * The fields that Karpenter computes a node's allocatable capacity from; the node itself gets them from nodeup. Without
 * maxPods, Karpenter counts pods by the addresses of an instance type's network interfaces (karpenter-provider-aws v1.14.1
 * pkg/providers/instancetype/types.go:576), and nodeup does where pods have addresses of the VPC, up to 110 (kops
 * nodeup/pkg/model/kubelet.go:765).
 */
function kubelet({ maxPods, kubelet: given }: UnwrappedKarpenterGroup): ManifestFields {
  return present({
    evictionHard: unlessEmpty(evictionThresholds(given?.evictionHard)),
    kubeReserved: unlessEmpty(given?.kubeReserved),
    maxPods,
    systemReserved: unlessEmpty(given?.systemReserved),
  });
}

/** `memory.available<100Mi,…`, the form of the kubelet's flag and of kOps, as a map. */
function evictionThresholds(text: string | undefined): Readonly<Record<string, string>> | undefined {
  if (text === undefined || text === "") {
    return undefined;
  }
  const thresholds = text.split(",").map((threshold) => {
    const sign = threshold.indexOf("<");
    return [threshold.slice(0, sign), threshold.slice(sign + 1)] as const;
  });
  return Object.fromEntries(thresholds);
}

/** Karpenter's own default is the same as ours, so nothing is said until the user says something. */
function metadataOptions(group: UnwrappedKarpenterGroup): ManifestFields | undefined {
  if (group.declared.metadataOptions === undefined) {
    return undefined;
  }
  const { httpEndpoint, httpPutResponseHopLimit, httpTokens } = group.metadata;
  const httpProtocolIPv6 = group.declared.metadataOptions.httpProtocolIpv6;
  return present({ httpEndpoint, httpProtocolIPv6, httpPutResponseHopLimit, httpTokens });
}

function securityGroupTerms(cluster: UnwrappedCluster, group: UnwrappedKarpenterGroup): readonly ManifestFields[] {
  const ofCluster = { [tagKeys.cluster]: cluster.name, [tagKeys.name]: securityGroupName(cluster.name, "nodes") };
  return [{ tags: ofCluster }, ...group.additionalSecurityGroupIds.map((id) => ({ id }))];
}

/** Subnets that the user brought are named by id: other clusters' tags may be on them. */
function subnetTerms(cluster: UnwrappedCluster, group: UnwrappedKarpenterGroup): readonly ManifestFields[] {
  const subnets = cluster.network.subnets.filter(({ name }) => group.subnets.includes(name));
  const given = subnets.flatMap(({ id }) => (id === undefined ? [] : [{ id }]));
  if (given.length === subnets.length) {
    return given;
  }
  const ofCluster = { [tagKeys.cluster]: cluster.name };
  const ofGroup = { ...ofCluster, [tagKeys.subnetOfGroup(group.name)]: "true" };
  const coversAll = group.isDocumented && group.subnets.length === cluster.network.subnets.length;
  return [{ tags: coversAll ? ofCluster : ofGroup }, ...given];
}

function nodeTags(cluster: UnwrappedCluster, group: UnwrappedKarpenterGroup): Readonly<Record<string, ManifestValue>> {
  if (group.isDocumented) {
    return {
      ...cluster.tags,
      ...group.tags,
      [tagKeys.cluster]: cluster.name,
      [tagKeys.instanceGroup]: group.name,
      [tagKeys.role("node")]: "1",
    };
  }
  const tags = Object.entries(instanceGroupTags(cluster, group));
  // Karpenter sets the ownership tags itself and refuses them here.
  return Object.fromEntries(tags.filter(([key]) => !key.startsWith("kubernetes.io/cluster")));
}
