/** The groups of worker nodes. */
import {
  karpenterGroups,
  type ResolvedCluster,
  type ResolvedKarpenterGroup,
  type ResolvedNodeGroup,
} from "../../model/cluster";
import { instanceTypePattern } from "../../model/instanceTypes";
import { bastionGroupName } from "../../model/names";
import { groupArchitectures } from "../../resolve/groups";
import type { Checks, Entry } from "../kit/checks";
import { dnsName } from "../kit/formats";
import { below } from "../report/report";
import { checkCloudGroup } from "./cloudGroups";
import { trustedAuthorities } from "./pki";
import { checkImageFits, checkImages, checkInstanceTypes, checkSecurityGroups, checkUserData } from "./instances";
import { checkInstanceSettings } from "./instanceSettings";
import { checkKubelet } from "./kubelet";
import { checkNodePool } from "./nodePools";
import { checkReservations } from "./reservations";
import { checkLabels, checkTaints } from "./scheduling";
import { checkTags, mostTags, tagReason } from "./tags";
import { checkNodeVolumes, checkVolume, volumeSizes } from "./volumes";
import { checkZoneList } from "./zoneList";

const groupsPath = "nodeGroups";
const nameLimit = 63;

export function checkNodeGroups(cluster: ResolvedCluster, checks: Checks): void {
  const { declared, controlPlaneGroups, nodeGroups } = cluster;
  if (declared.nodeGroups !== undefined) {
    const rule = "list at least one group, because a cluster needs workers, or omit it";
    checks.notEmpty(groupsPath, nodeGroups, rule);
  }
  const taken = [...controlPlaneGroups.map(({ name }) => name), bastionGroupName];
  for (const group of nodeGroups) {
    const path = below(groupsPath, group.name);
    checkName(path, group.name, "group name", checks);
    if (taken.includes(group.name)) {
      checks.problem(path, "name of another instance group", group.name, "must be unique among the cluster's groups");
    }
    checkNodeGroup(path, group, cluster, checks);
  }
  checks.unique(karpenterGroups(cluster).map(nodeClassEntry), "node class name");
  checks.unique(karpenterGroups(cluster).flatMap(nodePoolEntries), "node pool name");
}

function nodeClassEntry({ name, declared, nodeClassName }: ResolvedKarpenterGroup): Entry<string> {
  const path = below(groupsPath, name);
  return [nodeClassName, declared.nodeClassName === undefined ? path : `${path}.nodeClassName`];
}

function nodePoolEntries({ name, declared, nodePools }: ResolvedKarpenterGroup): readonly Entry<string>[] {
  const path = below(groupsPath, name);
  return nodePools.map((pool) => [
    pool.name,
    declared.nodePools === undefined ? path : below(`${path}.nodePools`, pool.name),
  ]);
}

/** The names of groups, classes and pools become values of labels. */
function checkName(path: string, name: string | undefined, what: string, checks: Checks): void {
  if (name !== undefined && name.length > nameLimit) {
    checks.fewerThan(path, name.length, nameLimit, `characters in a ${what}`, "because it is the value of a label");
  } else {
    checks.matches(path, name, dnsName(what));
  }
}

function checkNodeGroup(path: string, group: ResolvedNodeGroup, cluster: ResolvedCluster, checks: Checks): void {
  const { declared, rootVolume: resolved, metadata } = group;
  checkInstanceTypes(`${path}.instanceTypes`, declared.instanceTypes, checks);
  checkImages(`${path}.images`, declared.images, checks);
  const firstType = declared.instanceTypes?.find((type) => instanceTypePattern.test(type));
  checkImageFits(`${path}.images[0]`, declared.images?.[0], firstType, checks);
  checkSize(path, group, checks);
  checks.notEmpty(`${path}.zones`, declared.zones, "list at least one zone, or omit it");
  checkZoneList(`${path}.zones`, declared.zones, cluster.declared.zones, checks);
  const volume = { resolved, sizes: volumeSizes.nodeRoot, region: cluster.region };
  checkVolume(`${path}.rootVolume`, declared.rootVolume, volume, checks);
  const volumes = { resolved: group.volumes, region: cluster.region };
  checkNodeVolumes(`${path}.volumes`, declared.volumes, volumes, checks);
  checkLabels(`${path}.labels`, group.labels, checks);
  checkTaints(`${path}.taints`, group.taints, checks);
  checkKubelet(`${path}.kubelet`, group.kubelet, checks);
  checkGroupTags(`${path}.tags`, group, cluster.tags, checks);
  const hops = { least: 1, most: 64 };
  checks.between(`${path}.metadataOptions.httpPutResponseHopLimit`, metadata.httpPutResponseHopLimit, hops);
  if (metadata.httpEndpoint === "disabled") {
    const rule = 'must be "enabled": kOps nodes need instance metadata';
    checks.problem(`${path}.metadataOptions.httpEndpoint`, "no instance metadata", metadata.httpEndpoint, rule);
  }
  checkSecurityGroups(`${path}.additionalSecurityGroupIds`, group.additionalSecurityGroupIds, checks);
  checkUserData(`${path}.additionalUserData`, group.additionalUserData, trustedAuthorities(cluster), checks);
  if (group.manager === "Karpenter") checkKarpenterGroup(path, group, checks);
  else checkCloudGroup(path, group, checks);
}

function checkKarpenterGroup(path: string, group: ResolvedKarpenterGroup, checks: Checks): void {
  const { declared } = group;
  checkReservations(`${path}.capacityReservationSelectorTerms`, declared.capacityReservationSelectorTerms, checks);
  checkInstanceSettings(path, group, checks);
  checkName(`${path}.nodeClassName`, declared.nodeClassName, "node class name", checks);
  if (declared.cloudGroup !== undefined) {
    const rule = 'omit it, or set manager to "CloudGroup"';
    checks.problem(`${path}.cloudGroup`, "allowed only with manager CloudGroup", declared.cloudGroup, rule);
  }
  checkPools(path, group, checks);
}

function checkGroupTags(
  path: string,
  { tags }: ResolvedNodeGroup,
  clusterTags: ResolvedCluster["tags"],
  checks: Checks,
): void {
  checkTags(path, tags, checks);
  const [ofGroup, ofCluster] = [tags, clusterTags].map((each) => Object.keys(each).length) as [number, number];
  if (ofGroup <= mostTags && ofCluster <= mostTags) {
    checks.fewerThan(path, ofGroup + ofCluster, mostTags, "tags together with the cluster's", tagReason);
  }
}

function checkSize(path: string, { declared, minSize, maxSize }: ResolvedNodeGroup, checks: Checks): void {
  checks.atLeast(`${path}.minSize`, declared.minSize, 0);
  checks.atLeast(`${path}.maxSize`, maxSize, 1);
  if (maxSize !== undefined && maxSize < minSize && checks.report.isSound(`${path}.minSize`, `${path}.maxSize`)) {
    checks.problem(`${path}.maxSize`, "below minSize", maxSize, `must be at least ${minSize}`);
  }
}

function checkPools(path: string, group: ResolvedKarpenterGroup, checks: Checks): void {
  const { declared, nodePools, minSize, maxSize, isStatic } = group;
  if (declared.nodePools === undefined) {
    return;
  }
  checks.notEmpty(`${path}.nodePools`, nodePools, `list at least one pool, or omit it for one named ${group.name}`);
  if (nodePools.length > 1 && isStatic) {
    const rule = "omit it, and set replicas on each pool";
    checks.problem(`${path}.minSize`, "not allowed for a group with several pools", minSize, rule);
  }
  if (nodePools.length > 1 && maxSize !== undefined) {
    const rule = "omit it, and set limits.nodes on each pool";
    checks.problem(`${path}.maxSize`, "not allowed for a group with several pools", maxSize, rule);
  }
  const architectures = groupArchitectures(group.instanceTypes, group.images);
  for (const pool of nodePools) {
    const poolPath = below(`${path}.nodePools`, pool.name);
    checkName(poolPath, pool.name, "node pool name", checks);
    checkNodePool(poolPath, pool, { group, groupPath: path, architectures }, checks);
  }
}
