/** Instance groups: the control plane's, one per zone, and the workers'. */
import type { KopsRelease } from "../releases/release";
import type { Cni, ControlPlane, MetadataOptions, NodeGroup } from "../schema/types.gen";
import {
  architectureOfImage,
  architectureOfType,
  defaultImage,
  knownArchitectures,
  type Architecture,
} from "../model/instanceTypes";
import type {
  InstanceSettings,
  ResolvedCloudGroup,
  ResolvedControlPlaneGroup,
  ResolvedKarpenterGroup,
  ResolvedMetadataOptions,
  ResolvedNetwork,
  ResolvedNodeGroup,
} from "../model/cluster";
import { controlPlaneGroupName } from "../model/names";
import { usesVpcAddresses } from "../model/podNetwork";
import { resolveNodePools } from "./nodePools";
import { resolveNodeVolume, resolveVolume } from "./volumes";

const bothArchitectures: readonly Architecture[] = ["amd64", "arm64"];

/** The group and the class of kOps's page on Karpenter (docs/operations/karpenter.md). */
const documentedGroup = "nodes";
const documentedClass = "default";

/** What stands for node groups where none are given; a program that writes it out gets the same objects. */
export const defaultNodeGroups: Readonly<Record<string, NodeGroup>> = {
  [documentedGroup]: { nodeClassName: documentedClass, nodePools: { [documentedClass]: {} } },
};

export function controlPlaneZones(declared: ControlPlane | undefined, zones: readonly string[]): readonly string[] {
  return declared?.zones ?? zones.slice(0, 1);
}

export function controlPlaneImage(declared: ControlPlane, release: KopsRelease): string {
  const instanceType = declared.instanceType ?? release.defaults.instanceTypes.controlPlane;
  return declared.image ?? defaultImage(instanceType, release);
}

export function resolveControlPlaneGroups(
  declared: ControlPlane,
  zones: readonly string[],
  image: string,
  network: ResolvedNetwork,
  release: KopsRelease,
): readonly ResolvedControlPlaneGroup[] {
  const { instanceTypes, metadata, volumes } = release.defaults;
  return [...zones].sort().map((zone) => ({
    role: "ControlPlane",
    name: controlPlaneGroupName(zone),
    declared,
    zone,
    // One subnet: kOps wants exactly one zone, and gives a control-plane node the zone's first (new_cluster.go:987).
    subnets: groupSubnets(network, [zone]).slice(0, 1),
    instanceType: declared.instanceType ?? instanceTypes.controlPlane,
    image,
    rootVolume: resolveVolume(volumes, declared.rootVolume, volumes.controlPlaneSize),
    labels: declared.labels ?? {},
    taints: declared.taints ?? [],
    additionalSecurityGroupIds: declared.additionalSecurityGroupIds ?? [],
    additionalUserData: declared.additionalUserData ?? [],
    instanceGroupSpec: declared.instanceGroupSpec ?? {},
    associatePublicIp: network.topology === "public",
    metadata,
  }));
}

/** What all groups of workers follow. */
interface GroupDefaults {
  readonly zones: readonly string[];
  readonly network: ResolvedNetwork;
  readonly release: KopsRelease;
  /** Of groups that name none. */
  readonly manager: NonNullable<NodeGroup["manager"]>;
  readonly cni: Cni;
}

export function resolveNodeGroups(
  declared: Readonly<Record<string, NodeGroup>> | undefined,
  defaults: GroupDefaults,
): readonly ResolvedNodeGroup[] {
  const groups = declared ?? groupsOfNone(defaults);
  return Object.keys(groups)
    .sort()
    .map((name) => resolveNodeGroup(name, groups[name] ?? {}, defaults));
}

/** Without Karpenter, kOps creates a group of one node for each zone (kops upup/pkg/fi/cloudup/new_cluster.go:1136). */
function groupsOfNone({ manager, zones }: GroupDefaults): Readonly<Record<string, NodeGroup>> {
  return manager === "Karpenter"
    ? defaultNodeGroups
    : Object.fromEntries(zones.map((zone) => [`nodes-${zone}`, { zones: [zone], minSize: 1 }]));
}

function resolveNodeGroup(
  name: string,
  declared: NodeGroup,
  { zones, network, release, manager, cni }: GroupDefaults,
): ResolvedNodeGroup {
  const { metadata, volumes } = release.defaults;
  const common = {
    role: "Node",
    name,
    declared,
    subnets: groupSubnets(network, declared.zones ?? zones),
    rootVolume: resolveVolume(volumes, declared.rootVolume, volumes.nodeSize),
    labels: declared.labels ?? {},
    taints: declared.taints ?? [],
    kubelet: declared.kubelet,
    tags: declared.tags ?? {},
    metadata: resolveMetadata(declared.metadataOptions, metadata),
    // Nodes in private subnets never have a public address (template_functions_karpenter.go, karpenterAssociatePublicIP).
    associatePublicIp: network.topology === "public" && (declared.associatePublicIp ?? true),
    additionalSecurityGroupIds: declared.additionalSecurityGroupIds ?? [],
    additionalUserData: declared.additionalUserData ?? [],
    instanceGroupSpec: declared.instanceGroupSpec ?? {},
  } as const;
  return (declared.manager ?? manager) === "CloudGroup"
    ? { ...common, ...cloudFields(declared, release) }
    : { ...common, ...karpenterFields(name, declared, release, cni) };
}

type Common = keyof ResolvedKarpenterGroup & keyof ResolvedCloudGroup;
type Launching = "manager" | "instanceTypes" | "images" | "image" | "minSize" | "maxSize" | "volumes";
type OfManager<Group extends ResolvedNodeGroup> = Omit<Group, Exclude<Common, Launching>>;

function karpenterFields(
  name: string,
  declared: NodeGroup,
  release: KopsRelease,
  cni: Cni,
): OfManager<ResolvedKarpenterGroup> {
  const { maxPods, volumes } = release.defaults;
  const instanceTypes = declared.instanceTypes ?? [];
  const images = groupImages(declared, release);
  const architectures = groupArchitectures(instanceTypes, images);
  const minSize = declared.minSize ?? 0;
  const pools = declared.nodePools ?? { [name]: {} };
  return {
    manager: "Karpenter",
    instanceTypes,
    images,
    image: images[0] ?? release.machineImages.parameters.amd64,
    minSize,
    maxSize: declared.maxSize,
    isStatic: minSize > 0,
    // kOps's nodes and Karpenter then count the addresses of the instance type alike.
    maxPods: declared.kubelet?.maxPods ?? (usesVpcAddresses({ cni }) ? undefined : maxPods),
    volumes: (declared.volumes ?? []).map((volume) => resolveNodeVolume(volumes, volume)),
    capacityReservations: declared.capacityReservationSelectorTerms ?? [],
    instanceSettings: instanceSettings(declared),
    nodeClassName: declared.nodeClassName ?? name,
    isDocumented: name === documentedGroup && declared.nodeClassName === documentedClass,
    nodePools: resolveNodePools({ declared, architectures }, pools),
  };
}

/** kOps's defaults of a group in an Auto Scaling group (kops upup/pkg/fi/cloudup/populate_instancegroup_spec.go:118). */
function cloudFields(declared: NodeGroup, release: KopsRelease): OfManager<ResolvedCloudGroup> {
  const { instanceTypes: defaultTypes, nodeGroupSize, volumes } = release.defaults;
  const instanceTypes = declared.instanceTypes ?? [defaultTypes.node];
  const instanceType = instanceTypes[0] ?? defaultTypes.node;
  const images = declared.images ?? [defaultImage(instanceType, release)];
  const minSize = declared.minSize ?? Math.min(nodeGroupSize, declared.maxSize ?? nodeGroupSize);
  return {
    manager: "CloudGroup",
    instanceTypes,
    instanceType,
    images,
    image: images[0] ?? defaultImage(instanceType, release),
    minSize,
    maxSize: declared.maxSize ?? minSize,
    volumes: (declared.volumes ?? []).map((volume) => resolveNodeVolume(volumes, volume)),
    detailedMonitoring: declared.detailedMonitoring ?? false,
    settings: declared.cloudGroup ?? {},
  };
}

function instanceSettings(declared: NodeGroup): InstanceSettings {
  return {
    placementGroupSelector: declared.placementGroupSelector,
    networkInterfaces: declared.networkInterfaces,
    ipPrefixCount: declared.ipPrefixCount,
    connectionTracking: declared.connectionTracking,
    detailedMonitoring: declared.detailedMonitoring,
    cpuOptions: declared.cpuOptions,
    enclaveOptions: declared.enclaveOptions,
    context: declared.context,
  };
}

/** Canonical's images, of the instance types' architectures where those are known. */
export function groupImages(group: NodeGroup, release: KopsRelease): readonly string[] {
  if (group.images !== undefined) {
    return group.images;
  }
  const architectures = knownArchitectures(group.instanceTypes ?? [], architectureOfType) ?? bothArchitectures;
  return architectures.map((architecture) => release.machineImages.parameters[architecture]);
}

/** The architectures that both the types and the images have, as far as their names tell. */
export function groupArchitectures(
  instanceTypes: readonly string[],
  images: readonly string[],
): readonly Architecture[] {
  const ofTypes = knownArchitectures(instanceTypes, architectureOfType) ?? bothArchitectures;
  const ofImages = knownArchitectures(images, architectureOfImage) ?? bothArchitectures;
  return ofTypes.filter((architecture) => ofImages.includes(architecture));
}

/** Names of the subnets for nodes in those zones, in the network's order. */
function groupSubnets(network: ResolvedNetwork, zones: readonly string[]): readonly string[] {
  return network.subnets
    .filter((subnet) => subnet.type !== "Utility" && zones.includes(subnet.zone))
    .map((subnet) => subnet.name);
}

function resolveMetadata(
  declared: MetadataOptions | undefined,
  defaults: ResolvedMetadataOptions,
): ResolvedMetadataOptions {
  return {
    httpTokens: declared?.httpTokens ?? defaults.httpTokens,
    httpEndpoint: declared?.httpEndpoint ?? defaults.httpEndpoint,
    httpPutResponseHopLimit: declared?.httpPutResponseHopLimit ?? defaults.httpPutResponseHopLimit,
  };
}
