import type { VpcCidrBlockAssociation } from "@aws-sdk/client-ec2";
import { ofNothing, oncePer, only, text, unlessAbsent, type Finder, type Finders, type Place } from "./found";

/** What belongs to a network and is found by what it connects. */
export function networkFinders({ aws: { ec2 } }: Place): Finders {
  const routeTable = oncePer(async (id) => {
    const answer = await unlessAbsent(ec2.describeRouteTables({ RouteTableIds: [id] }));
    return answer?.RouteTables?.[0];
  });

  const vpcs = oncePer(async (id) => (await ec2.describeVpcs({ VpcIds: [id] })).Vpcs ?? []);

  const dhcpOptionsAssociation: Finder = async (inputs) => {
    const vpc = text(inputs, "vpcId");
    const options = text(inputs, "dhcpOptionsId");
    if (vpc === undefined || options === undefined) return ofNothing;
    const found = (await vpcs(vpc)).filter(({ DhcpOptionsId }) => DhcpOptionsId === options);
    return only(found, `association of ${options} with ${vpc}`, () => ({ id: `${options}-${vpc}`, importId: vpc }));
  };

  const route: Finder = async (inputs) => {
    const table = text(inputs, "routeTableId");
    const destination = text(inputs, "destinationCidrBlock") ?? text(inputs, "destinationIpv6CidrBlock");
    if (table === undefined || destination === undefined) return ofNothing;
    const found = ((await routeTable(table))?.Routes ?? []).filter(
      ({ DestinationCidrBlock, DestinationIpv6CidrBlock }) =>
        DestinationCidrBlock === destination || DestinationIpv6CidrBlock === destination,
    );
    return only(found, `route of ${table} to ${destination}`, () => ({ id: `${table}_${destination}` }));
  };

  const routeTableAssociation: Finder = async (inputs) => {
    const table = text(inputs, "routeTableId");
    const subnet = text(inputs, "subnetId");
    if (table === undefined || subnet === undefined) return ofNothing;
    const found = ((await routeTable(table))?.Associations ?? []).filter(({ SubnetId }) => SubnetId === subnet);
    return only(found, `association of ${subnet} with ${table}`, ({ RouteTableAssociationId = "" }) => ({
      id: RouteTableAssociationId,
      importId: `${subnet}/${table}`,
    }));
  };

  const range: Finder = async (inputs) => {
    const vpc = text(inputs, "vpcId");
    const cidr = text(inputs, "cidrBlock");
    if (vpc === undefined || cidr === undefined) return ofNothing;
    const ranges = (await vpcs(vpc)).flatMap(({ CidrBlockAssociationSet = [] }) => CidrBlockAssociationSet);
    const found = ranges.filter((each) => each.CidrBlock === cidr && isAssociated(each));
    return only(found, `range ${cidr} of ${vpc}`, ({ AssociationId = "" }) => ({ id: AssociationId }));
  };

  const tag: Finder = async (inputs) => {
    const resource = text(inputs, "resourceId") ?? "";
    const key = text(inputs, "key") ?? "";
    const Filters = [
      { Name: "resource-id", Values: [resource] },
      { Name: "key", Values: [key] },
    ];
    const { Tags = [] } = await ec2.describeTags({ Filters });
    return only(Tags, `tag ${key} of ${resource}`, () => ({ id: `${resource},${key}` }));
  };

  return {
    "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": dhcpOptionsAssociation,
    "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": range,
    "aws:ec2/route:Route": route,
    "aws:ec2/routeTableAssociation:RouteTableAssociation": routeTableAssociation,
    "aws:ec2/tag:Tag": tag,
  };
}

function isAssociated({ CidrBlockState }: VpcCidrBlockAssociation): boolean {
  return CidrBlockState?.State !== "disassociated";
}
