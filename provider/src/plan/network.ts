/** The VPC and what is in it, as kOps lays it out (kops v1.36.2 pkg/model/awsmodel/network.go:50). */
import type { Tags } from "../model/tags";
import { internalDomainName, tagKeys } from "../model/aws";
import { anyIpv4, anyIpv6 } from "../releases/1.36/network";
import type { ResolvedCluster, ResolvedSubnet } from "../model/cluster";
import { privateRouteTableName, publicRouteTableName, subnetTagName } from "../model/names";
import type {
  DhcpOptionsRow,
  ElasticIpRow,
  InternetGatewayRow,
  NatGatewayRow,
  NetworkRows,
  RouteRow,
  RouteTableAssociationRow,
  RouteTableRow,
  SubnetRow,
  VpcRow,
} from "./rows";
import { ownedTags, sharedTags } from "../model/tags";

const publicTable = "public";
const privateTable = (zone: string): string => `private-${zone}`;

export function networkRows(cluster: ResolvedCluster): NetworkRows {
  const zones = natZones(cluster);
  return {
    vpc: vpc(cluster),
    dhcpOptions: dhcpOptions(cluster),
    internetGateway: internetGateway(cluster),
    subnets: cluster.network.subnets.map((subnet) => subnetRow(cluster, subnet)),
    elasticIps: gatewayZones(cluster, zones).map((zone) => elasticIp(cluster, zone)),
    natGateways: gatewayZones(cluster, zones).map((zone) => natGateway(cluster, zone)),
    routeTables: [...publicRouteTables(cluster), ...zones.map((zone) => privateRouteTable(cluster, zone))],
    routes: [
      ...publicRouteTables(cluster).flatMap(publicRoutes),
      ...zones.map((zone) => privateRoute(zone, gatewayZones(cluster, zones))),
    ],
    routeTableAssociations: madeSubnets(cluster).map(association),
  };
}

function vpc(cluster: ResolvedCluster): VpcRow {
  const { vpcId, cidr } = cluster.network;
  const isOurs = vpcId === undefined;
  return {
    key: "vpc",
    existingId: vpcId,
    cidrBlock: cidr,
    enableDnsSupport: true,
    enableDnsHostnames: isOurs,
    assignGeneratedIpv6CidrBlock: isOurs,
    tags: isOurs ? ownedTags(cluster, cluster.name) : {},
  };
}

function dhcpOptions(cluster: ResolvedCluster): DhcpOptionsRow | undefined {
  if (cluster.network.vpcId !== undefined) {
    return undefined;
  }
  return {
    key: "dhcp-options",
    associationKey: "dhcp-options-association",
    domainName: internalDomainName(cluster.region),
    domainNameServers: ["AmazonProvidedDNS"],
    tags: ownedTags(cluster, cluster.name),
  };
}

function internetGateway(cluster: ResolvedCluster): InternetGatewayRow | undefined {
  const existing = cluster.network.vpcId !== undefined;
  if (existing && madeSubnets(cluster).length === 0) {
    return undefined;
  }
  return {
    key: "internet-gateway",
    existing,
    tags: existing ? sharedTags(cluster) : ownedTags(cluster, cluster.name),
  };
}

function subnetRow(cluster: ResolvedCluster, subnet: ResolvedSubnet): SubnetRow {
  return {
    key: `subnet-${subnet.name}`,
    ref: subnet.name,
    existingId: subnet.id,
    availabilityZone: subnet.zone,
    cidrBlock: subnet.cidr,
    // Nodes are named by their instance ids, since the cloud controller manager runs outside kOps's own binaries
    // (network.go:310).
    privateDnsHostnameTypeOnLaunch: "resource-name",
    enableResourceNameDnsARecordOnLaunch: true,
    tags: subnetTags(cluster, subnet),
  };
}

function subnetTags(cluster: ResolvedCluster, subnet: ResolvedSubnet): Tags {
  const groups = cluster.nodeGroups.filter((group) => group.subnets.includes(subnet.name));
  return {
    ...(subnet.id === undefined ? ownedTags(cluster, subnetTagName(cluster.name, subnet.name)) : sharedTags(cluster)),
    [tagKeys.subnetType]: subnet.type,
    ...loadBalancerTags(cluster, subnet),
    ...Object.fromEntries(groups.map((group) => [tagKeys.subnetOfGroup(group.name), "true"])),
  };
}

/** Without private subnets, public ones take internal load balancers as well (network.go:272). */
function loadBalancerTags(cluster: ResolvedCluster, subnet: ResolvedSubnet): Tags {
  switch (subnet.type) {
    case "Private":
      return { [tagKeys.internalLoadBalancers]: "1" };
    case "Public":
    case "Utility": {
      const hasPrivate = cluster.network.subnets.some(({ type }) => type === "Private");
      return { [tagKeys.publicLoadBalancers]: "1", ...(hasPrivate ? {} : { [tagKeys.internalLoadBalancers]: "1" }) };
    }
  }
}

function madeSubnets(cluster: Pick<ResolvedCluster, "network">): readonly ResolvedSubnet[] {
  return cluster.network.subnets.filter(({ id }) => id === undefined);
}

/** Zones in which we make a private subnet, each of which gets a route table of its own. */
function natZones(cluster: Pick<ResolvedCluster, "network">): readonly string[] {
  const zones = madeSubnets(cluster)
    .filter(({ type }) => type === "Private")
    .map(({ zone }) => zone);
  return [...new Set(zones)];
}

/** With one NAT gateway for all, it stands in the first of the zones. */
function gatewayZones(cluster: ResolvedCluster, zones: readonly string[]): readonly string[] {
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

function elasticIp(cluster: ResolvedCluster, zone: string): ElasticIpRow {
  return { key: `nat-address-${zone}`, ref: zone, tags: natTags(cluster, zone) };
}

function natGateway(cluster: ResolvedCluster, zone: string): NatGatewayRow {
  return {
    key: `nat-gateway-${zone}`,
    ref: zone,
    elasticIp: zone,
    subnet: utilitySubnet(cluster, zone),
    tags: natTags(cluster, zone),
  };
}

function publicRouteTables(cluster: ResolvedCluster): readonly RouteTableRow[] {
  if (madeSubnets(cluster).length === 0) {
    return [];
  }
  const tags = { ...ownedTags(cluster, publicRouteTableName(cluster.name)), [tagKeys.kopsRole]: publicTable };
  return [{ key: "route-table-public", ref: publicTable, tags }];
}

function privateRouteTable(cluster: ResolvedCluster, zone: string): RouteTableRow {
  const ref = privateTable(zone);
  return {
    key: `route-table-${ref}`,
    ref,
    tags: { ...ownedTags(cluster, privateRouteTableName(cluster.name, zone)), [tagKeys.kopsRole]: ref },
  };
}

function publicRoutes(table: RouteTableRow): readonly RouteRow[] {
  const common = { routeTable: table.ref, target: "internetGateway" } as const;
  return [
    { ...common, key: "route-public-ipv4", destination: { cidrBlock: anyIpv4 } },
    { ...common, key: "route-public-ipv6", destination: { ipv6CidrBlock: anyIpv6 } },
  ];
}

function privateRoute(zone: string, gateways: readonly string[]): RouteRow {
  const natGatewayZone = gateways.includes(zone) ? zone : gateways[0];
  if (natGatewayZone === undefined) {
    throw new Error(`bug: no NAT gateway for the private subnets of ${zone}`);
  }
  return {
    key: `route-private-${zone}-ipv4`,
    routeTable: privateTable(zone),
    destination: { cidrBlock: anyIpv4 },
    target: { natGateway: natGatewayZone },
  };
}

function association(subnet: ResolvedSubnet): RouteTableAssociationRow {
  return {
    key: `route-table-association-${subnet.name}`,
    routeTable: subnet.type === "Private" ? privateTable(subnet.zone) : publicTable,
    subnet: subnet.name,
  };
}
