/** The network: subnets by zone and their address ranges, allocated as kOps allocates them. */
import type { KopsRelease } from "../releases/release";
import type { Bastion, ClusterInputs, Subnet } from "../schema/types.gen";
import { formatIpv4Range, parseIpv4Range, rangesOverlap, splitRange, type Ipv4Range } from "../model/cidr";
import type { ResolvedBastion, ResolvedNetwork, ResolvedSubnet } from "../model/cluster";
import { defaultImage } from "../model/instanceTypes";
import { resolveVolume } from "./volumes";

type Topology = ResolvedNetwork["topology"];
type SubnetWithoutCidr = Omit<ResolvedSubnet, "cidr"> & { readonly cidr: string | undefined };

export function resolveNetwork(inputs: ClusterInputs, release: KopsRelease): ResolvedNetwork {
  const network = inputs.network ?? {};
  const topology = network.topology ?? "public";
  const cidr = network.cidr ?? release.defaults.networkCidr;
  const subnets = allocateSubnets(cidr, planSubnets(inputs.zones, topology, network.subnets));
  return {
    cidr,
    topology,
    vpcId: network.vpcId,
    subnets,
    natGateways: network.natGateways ?? "perZone",
    bastion: network.bastion === undefined ? undefined : resolveBastion(inputs, network.bastion, release, subnets),
  };
}

function resolveBastion(
  inputs: ClusterInputs,
  declared: Bastion,
  release: KopsRelease,
  subnets: readonly ResolvedSubnet[],
): ResolvedBastion {
  const { instanceTypes, metadata, volumes } = release.defaults;
  const instanceType = declared.instanceType ?? instanceTypes.bastion;
  return {
    instanceType,
    image: declared.image ?? inputs.controlPlane?.image ?? defaultImage(instanceType, release),
    subnets: subnets.filter(({ type }) => type !== "Utility").map(({ name }) => name),
    rootVolume: resolveVolume(volumes, undefined, volumes.bastionSize),
    metadata,
  };
}

/** The subnets as declared, else one per zone, sorted, and after them one for utilities per zone where nodes are private. */
export function planSubnets(
  zones: readonly string[],
  topology: Topology,
  declared: readonly Subnet[] | undefined,
): readonly SubnetWithoutCidr[] {
  const nodeType = topology === "private" ? "Private" : "Public";
  if (declared !== undefined) {
    return declared.map((subnet) => {
      const type = subnet.type ?? nodeType;
      return { name: subnetName(subnet, type), zone: subnet.zone, type, cidr: subnet.cidr, id: subnet.id };
    });
  }
  const sorted = [...zones].sort();
  const ofType = (type: ResolvedSubnet["type"]): SubnetWithoutCidr[] =>
    sorted.map((zone) => ({ name: subnetName({ zone }, type), zone, type, cidr: undefined, id: undefined }));
  return topology === "private" ? [...ofType("Private"), ...ofType("Utility")] : ofType("Public");
}

function subnetName(subnet: Pick<Subnet, "name" | "zone">, type: ResolvedSubnet["type"]): string {
  return subnet.name ?? (type === "Utility" ? `utility-${subnet.zone}` : subnet.zone);
}

/**
 * The network is cut into 1, 2, 4 or 8 blocks, one for each subnet of nodes in the order of zones; where there are
 * utility subnets, the lowest block is theirs, cut into eight (kops upup/pkg/fi/cloudup/subnets.go:46).
 * A subnet for which there is no room, or no valid range to cut, gets an empty range, which validation reports.
 */
export function allocateSubnets(networkCidr: string, subnets: readonly SubnetWithoutCidr[]): readonly ResolvedSubnet[] {
  const byZone = subnets.map((subnet, index) => ({ subnet, index })).sort((a, b) => compareZones(a.subnet, b.subnet));
  const little = byZone.filter(({ subnet }) => subnet.type === "Utility");
  const big = byZone.filter(({ subnet }) => subnet.type !== "Utility");
  const reserved = subnets.flatMap(({ cidr }) => parseIpv4Range(cidr ?? "") ?? []);
  const network = parseIpv4Range(networkCidr);
  const blocks = network === undefined ? [] : splitRange(network, blockBits(big.length + (little.length > 0 ? 1 : 0)));
  const free = blocks.filter((block) => !reserved.some((range) => rangesOverlap(range, block)));
  const [littleBlock, bigBlocks] = little.length > 0 ? [free[0], free.slice(1)] : [undefined, free];
  const allocated = new Map([
    ...fill(little, littleBlock === undefined ? [] : splitRange(littleBlock, 3)),
    ...fill(big, bigBlocks),
  ]);
  return subnets.map((subnet, index) => ({ ...subnet, cidr: subnet.cidr ?? allocated.get(index) ?? "" }));
}

function compareZones(left: SubnetWithoutCidr, right: SubnetWithoutCidr): number {
  return left.zone < right.zone ? -1 : left.zone > right.zone ? 1 : 0;
}

function blockBits(count: number): number {
  return count <= 1 ? 0 : count <= 2 ? 1 : count <= 4 ? 2 : 3;
}

/** A block for each subnet without a range of its own, by the subnet's index, as far as the blocks go. */
function fill(
  subnets: readonly { readonly subnet: SubnetWithoutCidr; readonly index: number }[],
  blocks: readonly Ipv4Range[],
): readonly (readonly [index: number, cidr: string])[] {
  return subnets
    .filter(({ subnet }) => subnet.cidr === undefined)
    .flatMap(({ index }, position) => {
      const block = blocks[position];
      return block === undefined ? [] : [[index, formatIpv4Range(block)] as const];
    });
}
