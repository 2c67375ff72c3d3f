/** The network, and its subnets by zone. */
import type { KopsRelease } from "../releases/release";
import type { Bastion, ClusterInputs, Network, Subnet } from "../schema/types.gen";
import { addressAt, formatIpv4Range, parseIpv4Range, splitRange } from "../model/cidr";
import type { ResolvedBastion, ResolvedNetwork, ResolvedSubnet } from "../model/cluster";
import { defaultImage } from "../model/instanceTypes";
import { defaultSubnetRange } from "./subnetRanges";
import { resolveVolume } from "./volumes";

/** The cluster's DNS service has the tenth address of the services. */
const dnsServicePlace = 10;

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
    ...resolveRanges(network, release),
    bastion: network.bastion === undefined ? undefined : resolveBastion(inputs, network.bastion, release, subnets),
  };
}

/** kops upup/pkg/fi/cloudup/populate_cluster_spec.go:376 and pkg/model/components/kubedns.go:47 */
function resolveRanges(network: Network, { network: defaults }: KopsRelease) {
  const nonMasqueradeCidr = network.nonMasqueradeCidr ?? defaults.nonMasqueradeCidr;
  const serviceCidr = network.serviceCidr ?? defaults.serviceClusterIpRange;
  const whole = parseIpv4Range(nonMasqueradeCidr);
  const services = parseIpv4Range(serviceCidr);
  const upperHalf = whole === undefined ? undefined : splitRange(whole, 1)[1];
  return {
    additionalCidrs: network.additionalCidrs ?? [],
    nonMasqueradeCidr,
    // What cannot be read stays empty; validation reports it.
    podCidr: network.podCidr ?? (upperHalf === undefined ? "" : formatIpv4Range(upperHalf)),
    serviceCidr,
    dnsAddress: services === undefined ? "" : addressAt(services, dnsServicePlace),
    clusterDomain: network.clusterDomain ?? defaults.clusterDomain,
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
      return {
        name: subnetName(subnet, type),
        zone: subnet.zone,
        type,
        cidr: subnet.cidr,
        id: subnet.id,
        egress: subnet.egress,
      };
    });
  }
  const sorted = [...zones].sort();
  const ofType = (type: ResolvedSubnet["type"]): SubnetWithoutCidr[] =>
    sorted.map((zone) => ({
      name: subnetName({ zone }, type),
      zone,
      type,
      cidr: undefined,
      id: undefined,
      egress: undefined,
    }));
  return topology === "private" ? [...ofType("Private"), ...ofType("Utility")] : ofType("Public");
}

function subnetName(subnet: Pick<Subnet, "name" | "zone">, type: ResolvedSubnet["type"]): string {
  return subnet.name ?? (type === "Utility" ? `utility-${subnet.zone}` : subnet.zone);
}

/** A subnet for which there is no default range keeps an empty one, which validation reports. */
export function allocateSubnets(networkCidr: string, subnets: readonly SubnetWithoutCidr[]): readonly ResolvedSubnet[] {
  const network = parseIpv4Range(networkCidr);
  return subnets.map((subnet) => {
    const range = network === undefined ? undefined : defaultSubnetRange(network, subnet);
    return { ...subnet, cidr: subnet.cidr ?? (range === undefined ? "" : formatIpv4Range(range)) };
  });
}
