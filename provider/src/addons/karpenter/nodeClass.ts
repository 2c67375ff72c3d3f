import { imageOwner } from "../../model/aws";
import { tagKeys } from "../../model/kopsKeys";
import { instanceGroupTags } from "../../model/tags";
import type { UnwrappedCluster, UnwrappedNodeGroup } from "../../model/cluster";
import { nodeRoleName, securityGroupName } from "../../model/names";
import { present, unlessEmpty, type Manifest, type ManifestFields, type ManifestValue } from "./customObjects";

/** What the spec may say besides userData, the one field that has to wait for AWS. */
export const nodeClassFields = [
  "amiFamily",
  "amiSelectorTerms",
  "associatePublicIPAddress",
  "blockDeviceMappings",
  "instanceProfile",
  "kubelet",
  "metadataOptions",
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
  group: UnwrappedNodeGroup,
  rootDeviceName: string,
): Manifest {
  const spec: Readonly<Record<(typeof nodeClassFields)[number], ManifestValue | undefined>> = {
    amiFamily: "Custom",
    amiSelectorTerms: group.images.map(amiTerm),
    associatePublicIPAddress: group.associatePublicIp,
    blockDeviceMappings: blockDeviceMappings(group, rootDeviceName),
    instanceProfile: nodeRoleName(cluster.name, "nodes"),
    kubelet: kubelet(group),
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

/** One mapping, for the root: with amiFamily Custom Karpenter cannot tell by itself which volume that is. */
function blockDeviceMappings(group: UnwrappedNodeGroup, deviceName: string): readonly ManifestFields[] {
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
  return [{ deviceName, ebs, rootVolume: true }];
}

/** The fields that Karpenter computes a node's allocatable capacity from; the node itself gets them from nodeup. */
function kubelet(group: UnwrappedNodeGroup): ManifestFields | undefined {
  return unlessEmpty(
    present({
      maxPods: group.kubelet?.maxPods,
      systemReserved: unlessEmpty(group.kubelet?.systemReserved),
      kubeReserved: unlessEmpty(group.kubelet?.kubeReserved),
    }),
  );
}

/** Karpenter's own default is the same as ours, so nothing is said until the user says something. */
function metadataOptions(group: UnwrappedNodeGroup): ManifestFields | undefined {
  if (group.declared.metadataOptions === undefined) {
    return undefined;
  }
  const { httpEndpoint, httpPutResponseHopLimit, httpTokens } = group.metadata;
  return { httpEndpoint, httpPutResponseHopLimit, httpTokens };
}

function securityGroupTerms(cluster: UnwrappedCluster, group: UnwrappedNodeGroup): readonly ManifestFields[] {
  const ofCluster = { [tagKeys.cluster]: cluster.name, [tagKeys.name]: securityGroupName(cluster.name, "nodes") };
  return [{ tags: ofCluster }, ...group.additionalSecurityGroupIds.map((id) => ({ id }))];
}

/** Subnets that the user brought are named by id: other clusters' tags may be on them. */
function subnetTerms(cluster: UnwrappedCluster, group: UnwrappedNodeGroup): readonly ManifestFields[] {
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

function nodeTags(cluster: UnwrappedCluster, group: UnwrappedNodeGroup): Readonly<Record<string, ManifestValue>> {
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
