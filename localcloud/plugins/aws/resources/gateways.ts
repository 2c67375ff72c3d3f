import type { RouteTableAssociation as Association } from "@aws-sdk/client-ec2";
import type {
  EgressOnlyInternetGateway,
  EgressOnlyInternetGatewayArgs,
} from "@pulumi/aws/ec2/egressOnlyInternetGateway";
import type { Eip, EipArgs } from "@pulumi/aws/ec2/eip";
import type { InternetGateway, InternetGatewayArgs } from "@pulumi/aws/ec2/internetGateway";
import type { NatGateway, NatGatewayArgs } from "@pulumi/aws/ec2/natGateway";
import type { Route, RouteArgs } from "@pulumi/aws/ec2/route";
import type { RouteTable, RouteTableArgs } from "@pulumi/aws/ec2/routeTable";
import type { RouteTableAssociation, RouteTableAssociationArgs } from "@pulumi/aws/ec2/routeTableAssociation";
import { type Plain, replace, required, type ResourceType, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { retagEc2, specification, tagMap } from "../tags";
import { filter } from "./network";

async function attachGateway(aws: Aws, InternetGatewayId: string, wanted: string | undefined): Promise<void> {
  const answer = await aws.ec2.describeInternetGateways({ InternetGatewayIds: [InternetGatewayId] });
  const have = answer.InternetGateways?.[0]?.Attachments?.[0]?.VpcId;
  if (have === wanted) return;
  if (have !== undefined) await aws.ec2.detachInternetGateway({ InternetGatewayId, VpcId: have });
  if (wanted !== undefined) await aws.ec2.attachInternetGateway({ InternetGatewayId, VpcId: wanted });
}

const internetGateway = awsType<InternetGatewayArgs, InternetGateway>({
  inputs: { vpcId: update, region: replace, tags: update },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.createInternetGateway({
      TagSpecifications: specification("internet-gateway", inputs.tags),
    });
    const id = sure(answer.InternetGateway?.InternetGatewayId, "a gateway id");
    created(id);
    if (inputs.vpcId !== undefined) await aws.ec2.attachInternetGateway({ InternetGatewayId: id, VpcId: inputs.vpcId });
  },
  read: async (aws, id) => {
    const one = (await found(aws.ec2.describeInternetGateways({ InternetGatewayIds: [id] })))?.InternetGateways?.[0];
    if (one === undefined) return undefined;
    return {
      arn: await aws.arn("ec2", `internet-gateway/${id}`),
      ownerId: one.OwnerId ?? (await aws.account()),
      vpcId: one.Attachments?.[0]?.VpcId,
      tags: tagMap(one.Tags),
    };
  },
  update: async (aws, id, inputs) => {
    await attachGateway(aws, id, inputs.vpcId);
    await retagEc2(aws, id, inputs.tags);
  },
  remove: async (aws, id) => {
    if ((await found(attachGateway(aws, id, undefined).then(() => true))) === undefined) return;
    await ignoreGone(aws.ec2.deleteInternetGateway({ InternetGatewayId: id }));
  },
});

const egressOnlyGateway = awsType<EgressOnlyInternetGatewayArgs, EgressOnlyInternetGateway>({
  inputs: { vpcId: required(replace), region: replace, tags: update },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.createEgressOnlyInternetGateway({
      VpcId: inputs.vpcId,
      TagSpecifications: specification("egress-only-internet-gateway", inputs.tags),
    });
    created(sure(answer.EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId, "a gateway id"));
  },
  read: async (aws, id) => {
    const answer = await found(aws.ec2.describeEgressOnlyInternetGateways({ EgressOnlyInternetGatewayIds: [id] }));
    const one = answer?.EgressOnlyInternetGateways?.[0];
    return one === undefined ? undefined : { vpcId: one.Attachments?.[0]?.VpcId, tags: tagMap(one.Tags) };
  },
  update: (aws, id, inputs) => retagEc2(aws, id, inputs.tags),
  remove: (aws, id) => ignoreGone(aws.ec2.deleteEgressOnlyInternetGateway({ EgressOnlyInternetGatewayId: id })),
});

const routeTable = awsType<RouteTableArgs, RouteTable>({
  inputs: {
    vpcId: required(replace),
    propagatingVgws: unsupported,
    region: replace,
    routes: unsupported,
    tags: update,
  },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.createRouteTable({
      VpcId: inputs.vpcId,
      TagSpecifications: specification("route-table", inputs.tags),
    });
    created(sure(answer.RouteTable?.RouteTableId, "a route table id"));
  },
  read: async (aws, id) => {
    const one = (await found(aws.ec2.describeRouteTables({ RouteTableIds: [id] })))?.RouteTables?.[0];
    if (one === undefined) return undefined;
    return {
      arn: await aws.arn("ec2", `route-table/${id}`),
      ownerId: one.OwnerId,
      vpcId: one.VpcId,
      tags: tagMap(one.Tags),
    };
  },
  update: (aws, id, inputs) => retagEc2(aws, id, inputs.tags),
  remove: (aws, id) => ignoreGone(aws.ec2.deleteRouteTable({ RouteTableId: id })),
});

function routeRequest(inputs: Plain<RouteArgs>) {
  return {
    RouteTableId: inputs.routeTableId,
    DestinationCidrBlock: inputs.destinationCidrBlock,
    DestinationIpv6CidrBlock: inputs.destinationIpv6CidrBlock,
    DestinationPrefixListId: inputs.destinationPrefixListId,
    EgressOnlyInternetGatewayId: inputs.egressOnlyGatewayId,
    GatewayId: inputs.gatewayId,
    NatGatewayId: inputs.natGatewayId,
    NetworkInterfaceId: inputs.networkInterfaceId,
    TransitGatewayId: inputs.transitGatewayId,
    VpcPeeringConnectionId: inputs.vpcPeeringConnectionId,
  };
}

function destinationOf(inputs: Partial<Plain<RouteArgs>>): string | undefined {
  return inputs.destinationCidrBlock ?? inputs.destinationIpv6CidrBlock ?? inputs.destinationPrefixListId;
}

const route = awsType<RouteArgs, Route>({
  inputs: {
    routeTableId: required(replace),
    destinationCidrBlock: replace,
    destinationIpv6CidrBlock: replace,
    destinationPrefixListId: replace,
    egressOnlyGatewayId: update,
    gatewayId: update,
    natGatewayId: update,
    networkInterfaceId: update,
    transitGatewayId: update,
    vpcPeeringConnectionId: update,
    carrierGatewayId: unsupported,
    coreNetworkArn: unsupported,
    localGatewayId: unsupported,
    odbNetworkArn: unsupported,
    region: replace,
    vpcEndpointId: unsupported,
  },
  problems: (inputs) =>
    destinationOf(inputs) === undefined
      ? [{ property: "destinationCidrBlock", reason: "a route needs a destination" }]
      : [],
  create: async (aws, inputs, created) => {
    await aws.ec2.createRoute(routeRequest(inputs));
    created(`r-${inputs.routeTableId}_${destinationOf(inputs)}`);
  },
  // <route table>_<destination>
  imported: (_aws, name) => Promise.resolve(`r-${name}`),
  read: async (aws, id) => {
    const [table = "", destination] = id.replace(/^r-/, "").split("_");
    const answer = await found(aws.ec2.describeRouteTables({ RouteTableIds: [table] }));
    const one = answer?.RouteTables?.[0]?.Routes?.find((each) =>
      [each.DestinationCidrBlock, each.DestinationIpv6CidrBlock, each.DestinationPrefixListId].includes(destination),
    );
    if (one === undefined) return undefined;
    return {
      routeTableId: table,
      destinationCidrBlock: one.DestinationCidrBlock,
      destinationIpv6CidrBlock: one.DestinationIpv6CidrBlock,
      destinationPrefixListId: one.DestinationPrefixListId,
      egressOnlyGatewayId: one.EgressOnlyInternetGatewayId ?? "",
      gatewayId: one.GatewayId ?? "",
      instanceId: one.InstanceId ?? "",
      instanceOwnerId: one.InstanceOwnerId ?? "",
      natGatewayId: one.NatGatewayId ?? "",
      networkInterfaceId: one.NetworkInterfaceId ?? "",
      transitGatewayId: one.TransitGatewayId ?? "",
      vpcPeeringConnectionId: one.VpcPeeringConnectionId ?? "",
      origin: one.Origin ?? "CreateRoute",
      state: one.State ?? "active",
    };
  },
  update: async (aws, _id, inputs) => {
    await aws.ec2.replaceRoute(routeRequest(inputs));
  },
  remove: (aws, _id, { inputs }) => {
    const { routeTableId, destinationCidrBlock, destinationIpv6CidrBlock, destinationPrefixListId } = inputs;
    return ignoreGone(
      aws.ec2.deleteRoute({
        RouteTableId: routeTableId,
        DestinationCidrBlock: destinationCidrBlock,
        DestinationIpv6CidrBlock: destinationIpv6CidrBlock,
        DestinationPrefixListId: destinationPrefixListId,
      }),
    );
  },
});

const routeTableAssociation = awsType<RouteTableAssociationArgs, RouteTableAssociation>({
  inputs: { routeTableId: required(update), subnetId: replace, gatewayId: unsupported, region: replace },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.associateRouteTable({ RouteTableId: inputs.routeTableId, SubnetId: inputs.subnetId });
    created(sure(answer.AssociationId, "an association id"));
  },
  // <subnet>/<route table>
  imported: async (aws, name) => {
    const [subnet, table] = name.split("/");
    const found = await associationOf(aws, "", subnet);
    return found?.RouteTableId === table ? found?.RouteTableAssociationId : undefined;
  },
  read: async (aws, id, known) => {
    const found = await associationOf(aws, id, known.inputs.subnetId);
    return found && { routeTableId: found.RouteTableId, subnetId: found.SubnetId, gatewayId: found.GatewayId ?? "" };
  },
  update: async (aws, id, inputs) => {
    const found = await associationOf(aws, id, inputs.subnetId);
    if (found?.RouteTableId === inputs.routeTableId) return;
    const AssociationId = sure(found?.RouteTableAssociationId, "an association to replace");
    await aws.ec2.replaceRouteTableAssociation({ AssociationId, RouteTableId: inputs.routeTableId });
  },
  remove: async (aws, id, { inputs }) => {
    const AssociationId = (await associationOf(aws, id, inputs.subnetId))?.RouteTableAssociationId;
    if (AssociationId !== undefined) await ignoreGone(aws.ec2.disassociateRouteTable({ AssociationId }));
  },
});

/** AWS gives it another id with another route table, and the engine keeps the first: it is found by its subnet. */
async function associationOf(aws: Aws, id: string, subnetId: string | undefined): Promise<Association | undefined> {
  const byId = filter("association.route-table-association-id", id);
  const Filters = subnetId === undefined ? byId : filter("association.subnet-id", subnetId);
  const answer = await aws.ec2.describeRouteTables({ Filters });
  const all = (answer.RouteTables ?? []).flatMap(({ RouteTableId, Associations = [] }) =>
    Associations.map((each) => ({ ...each, RouteTableId })),
  );
  return all.find(({ SubnetId, RouteTableAssociationId }) =>
    subnetId === undefined ? RouteTableAssociationId === id : SubnetId === subnetId,
  );
}

const eip = awsType<EipArgs, Eip>({
  inputs: {
    domain: replace,
    tags: update,
    address: unsupported,
    associateWithPrivateIp: unsupported,
    customerOwnedIpv4Pool: unsupported,
    instance: unsupported,
    ipamPoolId: unsupported,
    networkBorderGroup: unsupported,
    networkInterface: unsupported,
    publicIpv4Pool: unsupported,
    region: replace,
  },
  defaults: { domain: "vpc" },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.allocateAddress({
      Domain: inputs.domain as "vpc",
      TagSpecifications: specification("elastic-ip", inputs.tags),
    });
    created(sure(answer.AllocationId, "an allocation id"));
  },
  read: async (aws, id) => {
    const one = (await found(aws.ec2.describeAddresses({ AllocationIds: [id] })))?.Addresses?.[0];
    if (one === undefined) return undefined;
    const publicIp = one.PublicIp ?? "";
    return {
      arn: await aws.arn("ec2", `elastic-ip/${id}`),
      allocationId: one.AllocationId,
      associationId: one.AssociationId ?? "",
      domain: one.Domain,
      instance: one.InstanceId ?? "",
      networkInterface: one.NetworkInterfaceId ?? "",
      privateIp: one.PrivateIpAddress ?? "",
      publicDns: `ec2-${publicIp.replaceAll(".", "-")}.compute-1.amazonaws.com`,
      publicIp,
      tags: tagMap(one.Tags),
    };
  },
  update: (aws, id, inputs) => retagEc2(aws, id, inputs.tags),
  remove: (aws, id) => ignoreGone(aws.ec2.releaseAddress({ AllocationId: id })),
});

const natGateway = awsType<NatGatewayArgs, NatGateway>({
  inputs: {
    allocationId: replace,
    connectivityType: replace,
    privateIp: unsupported,
    subnetId: required(replace),
    tags: update,
    availabilityMode: unsupported,
    availabilityZoneAddresses: unsupported,
    region: replace,
    secondaryAllocationIds: unsupported,
    secondaryPrivateIpAddressCount: unsupported,
    secondaryPrivateIpAddresses: unsupported,
    vpcId: unsupported,
  },
  defaults: { connectivityType: "public" },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.createNatGateway({
      AllocationId: inputs.allocationId,
      ConnectivityType: inputs.connectivityType as "public",
      SubnetId: inputs.subnetId,
      TagSpecifications: specification("natgateway", inputs.tags),
    });
    created(sure(answer.NatGateway?.NatGatewayId, "a NAT gateway id"));
  },
  read: async (aws, id) => {
    const one = (await found(aws.ec2.describeNatGateways({ NatGatewayIds: [id] })))?.NatGateways?.[0];
    if (one === undefined || one.State === "deleted" || one.State === "deleting") return undefined;
    const address = one.NatGatewayAddresses?.[0];
    return {
      allocationId: address?.AllocationId,
      associationId: address?.AssociationId ?? "",
      connectivityType: one.ConnectivityType ?? "public",
      networkInterfaceId: address?.NetworkInterfaceId ?? "",
      privateIp: address?.PrivateIp ?? "",
      publicIp: address?.PublicIp ?? "",
      subnetId: one.SubnetId,
      vpcId: one.VpcId,
      tags: tagMap(one.Tags),
    };
  },
  update: (aws, id, inputs) => retagEc2(aws, id, inputs.tags),
  remove: (aws, id) => ignoreGone(aws.ec2.deleteNatGateway({ NatGatewayId: id })),
});

export const gatewayTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:ec2/internetGateway:InternetGateway": internetGateway,
  "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway": egressOnlyGateway,
  "aws:ec2/routeTable:RouteTable": routeTable,
  "aws:ec2/route:Route": route,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": routeTableAssociation,
  "aws:ec2/eip:Eip": eip,
  "aws:ec2/natGateway:NatGateway": natGateway,
};
