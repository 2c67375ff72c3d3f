/** The control plane and the groups of workers. */
import type { KopsRelease } from "../../releases/release";
import { controlPlaneZones, defaultNodeGroups, groupArchitectures, groupImages } from "../../resolve/groups";
import { instanceTypePattern } from "../../model/instanceTypes";
import { controlPlaneGroupName } from "../../model/names";
import type { ClusterInputs, ControlPlane, MetadataOptions, NodeGroup } from "../../schema/types.gen";
import { show, showList } from "../report/display";
import { eachDuplicate, fields, items } from "./entries";
import { dnsNameRule, isDnsName } from "./formats";
import { checkKubelet } from "./kubelet";
import {
  checkImage,
  checkImageFits,
  checkImages,
  checkInstanceType,
  checkInstanceTypes,
  checkSecurityGroups,
  checkUserData,
} from "./instances";
import { checkNodePool } from "./nodePools";
import { below, type Problems } from "../report/problem";
import { checkLabels, checkTaints } from "./scheduling";
import { checkTags, mostTags } from "./tags";
import { checkVolume, volumeRoles } from "./volumes";

/** The names of groups, classes and pools become values of labels. */
const nameLimit = 63;
const mostControlPlaneNodes = 7;

export function checkControlPlane(
  declared: ControlPlane | undefined,
  zones: readonly string[],
  { defaults }: KopsRelease,
  problems: Problems,
): void {
  const path = "controlPlane";
  if (declared === undefined) {
    return;
  }
  checkControlPlaneZones(declared.zones, zones, problems);
  if (declared.instanceType !== undefined) {
    checkInstanceType(declared.instanceType, `${path}.instanceType`, problems);
  }
  if (declared.image !== undefined) {
    checkImage(declared.image, `${path}.image`, problems);
    const instanceType = declared.instanceType ?? defaults.instanceTypes.controlPlane;
    checkImageFits(declared.image, instanceType, `${path}.image`, problems);
  }
  const volumes = volumeRoles(defaults.volumes);
  checkVolume(declared.rootVolume, volumes.controlPlaneRoot, `${path}.rootVolume`, problems);
  checkVolume(declared.etcdVolume, volumes.etcd, `${path}.etcdVolume`, problems);
  checkLabels(declared.labels, `${path}.labels`, problems);
  checkTaints(declared.taints, `${path}.taints`, problems);
  checkSecurityGroups(declared.additionalSecurityGroupIds, `${path}.additionalSecurityGroupIds`, problems);
  checkUserData(declared.additionalUserData, `${path}.additionalUserData`, problems);
}

function checkControlPlaneZones(
  declared: readonly string[] | undefined,
  zones: readonly string[],
  problems: Problems,
): void {
  const path = "controlPlane.zones";
  if (declared === undefined) {
    return;
  }
  if (declared.length % 2 === 0 || declared.length > mostControlPlaneNodes) {
    const rule = "must be 1, 3, 5 or 7, so that etcd has a majority";
    problems.add(path, `wrong number of control-plane zones, got ${declared.length}; ${rule}`);
  }
  checkZoneList(declared, path, zones, problems);
}

function checkZoneList(declared: readonly string[], path: string, zones: readonly string[], problems: Problems): void {
  const entries = items(declared, path);
  for (const [zone, zonePath] of entries) {
    if (zones.length > 0 && !zones.includes(zone)) {
      problems.add(zonePath, `not a zone of the cluster, got ${show(zone)}; must be one of ${showList(zones)}`);
    }
  }
  eachDuplicate(entries, (zone, zonePath, first) => {
    problems.add(zonePath, `given twice, got ${show(zone)}; it is already in ${first}`);
  });
}

export function checkNodeGroups(
  inputs: Partial<ClusterInputs>,
  zones: readonly string[],
  release: KopsRelease,
  problems: Problems,
): void {
  const path = "nodeGroups";
  const groups = fields(inputs.nodeGroups ?? defaultNodeGroups, path);
  if (groups.length === 0) {
    problems.add(path, "empty, got no groups; must have at least one, since a cluster needs workers, or leave it out");
  }
  const taken = new Set(controlPlaneZones(inputs.controlPlane, zones).map(controlPlaneGroupName));
  const clusterTags = Object.keys(inputs.tags ?? {}).length;
  const nodeClasses: (readonly [string, string])[] = [];
  const nodePools: (readonly [string, string])[] = [];
  for (const [name, group, groupPath] of groups) {
    checkName(name, "group", groupPath, problems);
    if (taken.has(name) || name === "bastions") {
      problems.add(
        groupPath,
        `name of another instance group, got ${show(name)}; must be unique among the cluster's groups`,
      );
    }
    checkNodeGroup(name, group, groupPath, { zones, release }, problems);
    const tagCount = clusterTags + Object.keys(group.tags ?? {}).length;
    if (tagCount > mostTags && clusterTags <= mostTags) {
      problems.add(
        `${groupPath}.tags`,
        `too many tags with the cluster's, got ${tagCount}; must be at most ${mostTags} together`,
      );
    }
    const hasClassName = group.nodeClassName !== undefined;
    nodeClasses.push([group.nodeClassName ?? name, hasClassName ? `${groupPath}.nodeClassName` : groupPath]);
    for (const pool of Object.keys(group.nodePools ?? { [name]: {} }).sort()) {
      nodePools.push([pool, group.nodePools === undefined ? groupPath : below(`${groupPath}.nodePools`, pool)]);
    }
  }
  eachDuplicate(nodeClasses, (name, classPath, first) => {
    problems.add(
      classPath,
      `node class name used twice, got ${show(name)}; must be unique in the cluster, and ${first} has it`,
    );
  });
  eachDuplicate(nodePools, (name, poolPath, first) => {
    problems.add(
      poolPath,
      `node pool name used twice, got ${show(name)}; must be unique in the cluster, and ${first} has it`,
    );
  });
}

function checkName(name: string, what: string, path: string, problems: Problems): void {
  if (name.length > nameLimit) {
    const rule = `must be at most ${nameLimit}, since it is the value of a label`;
    problems.add(path, `${what} name too long, got ${name.length} characters; ${rule}`);
  } else if (!isDnsName(name)) {
    problems.add(path, `not a ${what} name, got ${show(name)}; ${dnsNameRule}`);
  }
}

function checkNodeGroup(
  name: string,
  group: NodeGroup,
  path: string,
  { zones, release }: { readonly zones: readonly string[]; readonly release: KopsRelease },
  problems: Problems,
): void {
  checkInstanceTypes(group.instanceTypes, `${path}.instanceTypes`, problems);
  checkImages(group.images, `${path}.images`, problems);
  const firstImage: string | undefined = group.images?.[0];
  checkImageFits(firstImage, firstKnownType(group), `${path}.images[0]`, problems);
  checkGroupSize(group, path, problems);
  if (group.zones !== undefined) {
    if (group.zones.length === 0) {
      problems.add(`${path}.zones`, "empty, got no zones; must have at least one, or leave it out");
    }
    checkZoneList(group.zones, `${path}.zones`, zones, problems);
  }
  checkVolume(group.rootVolume, volumeRoles(release.defaults.volumes).nodeRoot, `${path}.rootVolume`, problems);
  checkLabels(group.labels, `${path}.labels`, problems);
  checkTaints(group.taints, `${path}.taints`, problems);
  checkKubelet(group.kubelet, `${path}.kubelet`, problems);
  checkTags(group.tags, `${path}.tags`, problems);
  checkMetadata(group.metadataOptions, `${path}.metadataOptions`, problems);
  checkSecurityGroups(group.additionalSecurityGroupIds, `${path}.additionalSecurityGroupIds`, problems);
  checkUserData(group.additionalUserData, `${path}.additionalUserData`, problems);
  if (group.nodeClassName !== undefined) {
    checkName(group.nodeClassName, "node class", `${path}.nodeClassName`, problems);
  }
  checkPools(name, group, path, release, problems);
}

function firstKnownType(group: NodeGroup): string | undefined {
  return items(group.instanceTypes, "")
    .map(([type]) => type)
    .find((type) => instanceTypePattern.test(type));
}

function checkGroupSize(group: NodeGroup, path: string, problems: Problems): void {
  const { minSize, maxSize } = group;
  if (minSize !== undefined && minSize < 0) {
    problems.add(`${path}.minSize`, `out of range, got ${minSize}; must be 0 or more`);
  }
  if (maxSize !== undefined && maxSize < 1) {
    problems.add(`${path}.maxSize`, `out of range, got ${maxSize}; must be 1 or more`);
  } else if (maxSize !== undefined && minSize !== undefined && maxSize < minSize) {
    problems.add(`${path}.maxSize`, `below minSize, got ${maxSize}; must be at least ${minSize}`);
  }
}

function checkPools(name: string, group: NodeGroup, path: string, release: KopsRelease, problems: Problems): void {
  if (group.nodePools === undefined) {
    return;
  }
  const pools = fields(group.nodePools, `${path}.nodePools`);
  if (pools.length === 0) {
    problems.add(
      `${path}.nodePools`,
      `empty, got no pools; must have at least one, or leave it out for one named ${name}`,
    );
  }
  if (pools.length > 1 && group.minSize !== undefined && group.minSize > 0) {
    const rule = "leave it out, and set replicas of each pool";
    problems.add(`${path}.minSize`, `size of a group with several pools, got ${group.minSize}; ${rule}`);
  }
  if (pools.length > 1 && group.maxSize !== undefined) {
    const rule = "leave it out, and set limits.nodes of each pool";
    problems.add(`${path}.maxSize`, `size of a group with several pools, got ${group.maxSize}; ${rule}`);
  }
  const types = items(group.instanceTypes, "").map(([type]) => type);
  const images = items(groupImages(group, release), "").map(([image]) => image);
  const context = { group, architectures: groupArchitectures(types, images), poolCount: pools.length };
  for (const [poolName, pool, poolPath] of pools) {
    checkName(poolName, "node pool", poolPath, problems);
    checkNodePool(pool, poolPath, context, problems);
  }
}

function checkMetadata(options: MetadataOptions | undefined, path: string, problems: Problems): void {
  const hops = options?.httpPutResponseHopLimit;
  if (hops !== undefined && (hops < 1 || hops > 64)) {
    problems.add(`${path}.httpPutResponseHopLimit`, `out of range, got ${hops}; must be 1 to 64`);
  }
  if (options?.httpEndpoint === "disabled") {
    const rule = 'must be "enabled", since kOps nodes learn from it who they are';
    problems.add(`${path}.httpEndpoint`, `metadata that nodes cannot boot without, got "disabled"; ${rule}`);
  }
}
