/** The VPC and what is in it, as kOps lays it out (kops pkg/model/awsmodel/network.go:50). */
import type { EipArgs } from "@pulumi/aws/ec2/eip";
import type { InternetGatewayArgs } from "@pulumi/aws/ec2/internetGateway";
import type { NatGatewayArgs } from "@pulumi/aws/ec2/natGateway";
import type { RouteArgs } from "@pulumi/aws/ec2/route";
import type { RouteTableArgs } from "@pulumi/aws/ec2/routeTable";
import type { SubnetArgs } from "@pulumi/aws/ec2/subnet";
import type { VpcArgs } from "@pulumi/aws/ec2/vpc";
import type { VpcDhcpOptionsArgs } from "@pulumi/aws/ec2/vpcDhcpOptions";
import type { Tags } from "../model/tags";
import { anyIpv4, anyIpv6, internalDomainName } from "../model/aws";
import { tagKeys } from "../model/kopsKeys";
import type { ResolvedCluster, ResolvedSubnet } from "../model/cluster";
import { privateRouteTableName, publicRouteTableName } from "../model/names";
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
    dhcpOptions: dhcpOptions(cluster),
    internetGateway: internetGateway(cluster),
    subnets: cluster.network.subnets.map((subnet) => subnetRow(cluster, subnet)),
    elasticIps: gateways.map((zone) => elasticIp(cluster, zone)),
    natGateways: gateways.map((zone) => natGateway(cluster, zone)),
    routeTables: [...publicRouteTables(cluster), ...zones.map((zone) => privateRouteTable(cluster, zone))],
    routes: [
      ...publicRouteTables(cluster).flatMap(publicRoutes),
      ...zones.map((zone) => privateRoute(zone, egressOf(cluster, zone), gateways)),
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

/** The transit gateway of a zone's private subnets, which all have the same (network.go:428). */
function egressOf(cluster: Pick<ResolvedCluster, "network">, zone: string): string | undefined {
  return madeSubnets(cluster).find((subnet) => subnet.zone === zone && subnet.type === "Private")?.egress;
}

/** Those of them that need a NAT gateway. */
function natZones(cluster: Pick<ResolvedCluster, "network">): readonly string[] {
  return privateZones(cluster).filter((zone) => egressOf(cluster, zone) === undefined);
}

/** With one NAT gateway for all, it stands in the first of the zones. */
function gatewayZones(cluster: ResolvedCluster): readonly string[] {
  const zones = natZones(cluster);
  return hasCommonNatGateway(cluster) ? zones.slice(0, 1) : zones;
}

/** Whether one NAT gateway serves several zones. */
export function hasCommonNatGateway(cluster: Pick<ResolvedCluster, "network">): boolean {
  return cluster.network.natGateways === "single" && natZones(cluster).length > 1;
}

/**
 * kOps makes one gateway per zone, or uses one that it takes for the user's, which it tags as shared (network.go:444).
 * A common one is of the second kind: the registry names it as the egress of every private subnet.
 */
function natTags(cluster: ResolvedCluster, zone: string): Tags {
  const tags = ownedTags(cluster, `${zone}.${cluster.name}`);
  return hasCommonNatGateway(cluster) ? { ...tags, ...sharedTags(cluster) } : tags;
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
  return { key: `nat-gateway-${zone}`, ref: zone, elasticIp: zone, subnet: utilitySubnet(cluster, zone), args };
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
  readonly target: "internetGateway" | { readonly natGateway: string } | { readonly transitGateway: string };
  readonly args: Pick<RouteArgs, "destinationCidrBlock" | "destinationIpv6CidrBlock">;
}

function publicRoutes({ ref }: { readonly ref: string }): readonly RouteRow[] {
  const common = { routeTable: ref, target: "internetGateway" } as const;
  return [
    { ...common, key: "route-public-ipv4", args: { destinationCidrBlock: anyIpv4 } },
    { ...common, key: "route-public-ipv6", args: { destinationIpv6CidrBlock: anyIpv6 } },
  ];
}

function privateRoute(zone: string, transitGateway: string | undefined, gateways: readonly string[]): RouteRow {
  const common = {
    key: `route-private-${zone}-ipv4`,
    routeTable: privateTable(zone),
    args: { destinationCidrBlock: anyIpv4 },
  };
  if (transitGateway !== undefined) {
    return { ...common, target: { transitGateway } };
  }
  const natGateway = gateways.includes(zone) ? zone : gateways[0];
  if (natGateway === undefined) {
    throw new Error(`bug: no NAT gateway for the private subnets of ${zone}`);
  }
  return { ...common, target: { natGateway } };
}

function association(subnet: ResolvedSubnet) {
  return {
    key: `route-table-association-${subnet.name}`,
    routeTable: subnet.type === "Private" ? privateTable(subnet.zone) : publicTable,
    subnet: subnet.name,
  };
}
