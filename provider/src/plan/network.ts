/** The VPC and what is in it, as kOps lays it out (kops pkg/model/awsmodel/network.go:50). */
import type { EipArgs } from "@pulumi/aws/ec2/eip";
import type { InternetGatewayArgs } from "@pulumi/aws/ec2/internetGateway";
import type { NatGatewayArgs } from "@pulumi/aws/ec2/natGateway";
import type { RouteArgs } from "@pulumi/aws/ec2/route";
import type { RouteTableArgs } from "@pulumi/aws/ec2/routeTable";
import type { SubnetArgs } from "@pulumi/aws/ec2/subnet";
import type { VpcArgs } from "@pulumi/aws/ec2/vpc";
import type { VpcDhcpOptionsArgs } from "@pulumi/aws/ec2/vpcDhcpOptions";
import type { VpcIpv4CidrBlockAssociationArgs } from "@pulumi/aws/ec2/vpcIpv4CidrBlockAssociation";
import type { Tags } from "../model/tags";
import { anyIpv4, anyIpv6, internalDomainName } from "../model/aws";
import { tagKeys } from "../model/kopsKeys";
import type { ResolvedCluster, ResolvedSubnet } from "../model/cluster";
import { privateRouteTableName, publicRouteTableName } from "../model/names";
import { parseIpv4Range, rangeContains } from "../model/cidr";
import { isElasticIp, isNatGateway, isTransitGateway } from "../model/egress";
import { ownedTags, sharedTags, subnetTags } from "../model/tags";

const publicTable = "public";
const privateTable = (zone: string): string => `private-${zone}`;

export type NetworkRows = ReturnType<typeof networkRows>;
export type SubnetRow = ReturnType<typeof subnetRow>;

export function networkRows(cluster: ResolvedCluster) {
  const zones = privateZones(cluster);
  const gateways = gatewayZones(cluster);
  return {
    vpc: vpc(cluster),
    furtherRanges: furtherRanges(cluster),
    dhcpOptions: dhcpOptions(cluster),
    internetGateway: internetGateway(cluster),
    subnets: cluster.network.subnets.map((subnet) => subnetRow(cluster, subnet)),
    elasticIps: gateways
      .filter((zone) => !isElasticIp(egressOf(cluster, zone)))
      .map((zone) => elasticIp(cluster, zone)),
    natGateways: gateways.map((zone) => natGateway(cluster, zone)),
    sharedTags: sharedEgresses(cluster, zones).map((id) => ({ key: `egress-${id}`, id, tags: sharedTags(cluster) })),
    routeTables: [...publicRouteTables(cluster), ...zones.map((zone) => privateRouteTable(cluster, zone))],
    routes: [
      ...publicRouteTables(cluster).flatMap(publicRoutes),
      ...zones.map((zone) => privateRoute(zone, egressOf(cluster, zone), gateways, commonNatGateway(cluster))),
    ],
    routeTableAssociations: madeSubnets(cluster).map(association),
  };
}

/** An existing VPC gets no tags and no attributes from us. */
function vpc(cluster: ResolvedCluster) {
  if (cluster.network.vpcId !== undefined) {
    return { existingId: cluster.network.vpcId };
  }
  return {
    key: "vpc",
    args: {
      cidrBlock: cluster.network.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      // kOps associates an Amazon-provided IPv6 block with every VPC that it makes.
      assignGeneratedIpv6CidrBlock: true,
      tags: ownedTags(cluster, cluster.name),
    } satisfies VpcArgs,
  };
}

/** Of a VPC that we make; an existing one has them itself. */
function furtherRanges({ network }: ResolvedCluster) {
  return (network.vpcId === undefined ? network.additionalCidrs : []).map((cidrBlock) => ({
    key: `vpc-range-${cidrBlock.replace("/", "-")}`,
    ref: cidrBlock,
    args: { cidrBlock } satisfies Omit<VpcIpv4CidrBlockAssociationArgs, "vpcId">,
  }));
}

/** The further range of our VPC that a subnet is in. */
function furtherRangeOf(cluster: ResolvedCluster, { cidr }: ResolvedSubnet): string | undefined {
  const subnet = parseIpv4Range(cidr);
  return furtherRanges(cluster)
    .map(({ ref }) => ref)
    .find((ref) => {
      const range = parseIpv4Range(ref);
      return subnet !== undefined && range !== undefined && rangeContains(range, subnet);
    });
}

function dhcpOptions(cluster: ResolvedCluster) {
  if (cluster.network.vpcId !== undefined) {
    return undefined;
  }
  return {
    key: "dhcp-options",
    associationKey: "dhcp-options-association",
    args: {
      domainName: internalDomainName(cluster.region),
      domainNameServers: ["AmazonProvidedDNS"],
      tags: ownedTags(cluster, cluster.name),
    } satisfies VpcDhcpOptionsArgs,
  };
}

/** An existing VPC brings its own; undefined where no subnet is made here, and so nothing needs it. */
function internetGateway(cluster: ResolvedCluster) {
  if (cluster.network.vpcId !== undefined) {
    return madeSubnets(cluster).length === 0 ? undefined : ("existing" as const);
  }
  const args = { tags: ownedTags(cluster, cluster.name) } satisfies InternetGatewayArgs;
  return { key: "internet-gateway", args };
}

function subnetRow(cluster: ResolvedCluster, subnet: ResolvedSubnet) {
  return {
    key: `subnet-${subnet.name}`,
    ref: subnet.name,
    /** Present: an existing subnet; its tags are put on it one by one. */
    existingId: subnet.id,
    /** Which must be in the VPC first. */
    furtherRange: furtherRangeOf(cluster, subnet),
    args: {
      availabilityZone: subnet.zone,
      cidrBlock: subnet.cidr,
      // Nodes are named by their instance ids, since the cloud controller manager runs outside kOps's own binaries
      // (network.go:310).
      privateDnsHostnameTypeOnLaunch: "resource-name",
      enableResourceNameDnsARecordOnLaunch: true,
      tags: subnetTags(cluster, subnet),
    } satisfies Omit<SubnetArgs, "vpcId">,
  };
}

function madeSubnets(cluster: Pick<ResolvedCluster, "network">): readonly ResolvedSubnet[] {
  return cluster.network.subnets.filter(({ id }) => id === undefined);
}

/** Zones in which we make a private subnet, each of which gets a route table of its own. */
function privateZones(cluster: Pick<ResolvedCluster, "network">): readonly string[] {
  const zones = madeSubnets(cluster)
    .filter(({ type }) => type === "Private")
    .map(({ zone }) => zone);
  return [...new Set(zones)];
}

/** The way out of a zone's private subnets, which all have the same (network.go:428). */
function egressOf(cluster: Pick<ResolvedCluster, "network">, zone: string): string | undefined {
  return madeSubnets(cluster).find((subnet) => subnet.zone === zone && subnet.type === "Private")?.egress;
}

/** What the user has and the cluster only uses: NAT gateways, and addresses of those that we make. */
function sharedEgresses(cluster: ResolvedCluster, zones: readonly string[]): readonly string[] {
  const used = zones.map((zone) => egressOf(cluster, zone)).filter((id) => isNatGateway(id) || isElasticIp(id));
  return [...new Set(used as readonly string[])];
}

/** Those of them that say nothing of their way out. */
function natZones(cluster: Pick<ResolvedCluster, "network">): readonly string[] {
  return privateZones(cluster).filter((zone) => egressOf(cluster, zone) === undefined);
}

/** With one NAT gateway for all, it stands in the first of the zones; one with an address of the user's own serves its zone. */
function gatewayZones(cluster: ResolvedCluster): readonly string[] {
  const common = commonNatGateway(cluster);
  const ours = common === undefined ? natZones(cluster) : [common];
  return privateZones(cluster).filter((zone) => ours.includes(zone) || isElasticIp(egressOf(cluster, zone)));
}

/** The zone of the NAT gateway that serves several zones. */
export function commonNatGateway(cluster: Pick<ResolvedCluster, "network">): string | undefined {
  const zones = natZones(cluster);
  return cluster.network.natGateways === "single" && zones.length > 1 ? zones[0] : undefined;
}

/**
 * kOps makes one gateway per zone, or uses one that it takes for the user's, which it tags as shared (network.go:444).
 * A common one is of the second kind: the registry names it as the egress of every private subnet.
 */
function natTags(cluster: ResolvedCluster, zone: string): Tags {
  const tags = ownedTags(cluster, `${zone}.${cluster.name}`);
  return zone === commonNatGateway(cluster) ? { ...tags, ...sharedTags(cluster) } : tags;
}

function utilitySubnet(cluster: ResolvedCluster, zone: string): string {
  const subnet = cluster.network.subnets.find((candidate) => candidate.zone === zone && candidate.type === "Utility");
  if (subnet === undefined) {
    throw new Error(`bug: no utility subnet in ${zone} for its NAT gateway`);
  }
  return subnet.name;
}

function elasticIp(cluster: ResolvedCluster, zone: string) {
  const args = { domain: "vpc", tags: natTags(cluster, zone) } satisfies EipArgs;
  return { key: `nat-address-${zone}`, ref: zone, args };
}

function natGateway(cluster: ResolvedCluster, zone: string) {
  const args = { tags: natTags(cluster, zone) } satisfies NatGatewayArgs;
  const egress = egressOf(cluster, zone);
  return {
    key: `nat-gateway-${zone}`,
    ref: zone,
    /** Of ours, or the user's. */
    elasticIp: isElasticIp(egress) ? { existingId: egress } : zone,
    subnet: utilitySubnet(cluster, zone),
    args,
  };
}

function publicRouteTables(cluster: ResolvedCluster) {
  const name = publicRouteTableName(cluster.name);
  return madeSubnets(cluster).length === 0 ? [] : [routeTable(cluster, publicTable, name)];
}

function privateRouteTable(cluster: ResolvedCluster, zone: string) {
  return routeTable(cluster, privateTable(zone), privateRouteTableName(cluster.name, zone));
}

function routeTable(cluster: ResolvedCluster, ref: string, name: string) {
  const args = { tags: { ...ownedTags(cluster, name), [tagKeys.kopsRole]: ref } } satisfies Omit<
    RouteTableArgs,
    "vpcId"
  >;
  return { key: `route-table-${ref}`, ref, args };
}

export interface RouteRow {
  readonly key: string;
  readonly routeTable: string;
  readonly target:
    | "internetGateway"
    | { readonly natGateway: string }
    | { readonly existingNatGateway: string }
    | { readonly transitGateway: string };
  readonly args: Pick<RouteArgs, "destinationCidrBlock" | "destinationIpv6CidrBlock">;
}

function publicRoutes({ ref }: { readonly ref: string }): readonly RouteRow[] {
  const common = { routeTable: ref, target: "internetGateway" } as const;
  return [
    { ...common, key: "route-public-ipv4", args: { destinationCidrBlock: anyIpv4 } },
    { ...common, key: "route-public-ipv6", args: { destinationIpv6CidrBlock: anyIpv6 } },
  ];
}

function privateRoute(
  zone: string,
  egress: string | undefined,
  gateways: readonly string[],
  common: string | undefined,
): RouteRow {
  const route = {
    key: `route-private-${zone}-ipv4`,
    routeTable: privateTable(zone),
    args: { destinationCidrBlock: anyIpv4 },
  };
  if (isTransitGateway(egress)) {
    return { ...route, target: { transitGateway: egress } };
  }
  if (isNatGateway(egress)) {
    return { ...route, target: { existingNatGateway: egress } };
  }
  const natGateway = gateways.includes(zone) ? zone : common;
  if (natGateway === undefined) {
    throw new Error(`bug: no NAT gateway for the private subnets of ${zone}`);
  }
  return { ...route, target: { natGateway } };
}

function association(subnet: ResolvedSubnet) {
  return {
    key: `route-table-association-${subnet.name}`,
    routeTable: subnet.type === "Private" ? privateTable(subnet.zone) : publicTable,
    subnet: subnet.name,
  };
}
