/** Functions of EC2 that tell of ways out which the component does not make. */
import type { NatGateway, NatGatewayAddress } from "@aws-sdk/client-ec2";
import type { GetElasticIpArgs, GetElasticIpResult } from "@pulumi/aws/ec2/getElasticIp";
import type { GetNatGatewayArgs, GetNatGatewayResult } from "@pulumi/aws/ec2/getNatGateway";
import type { GetNatGatewaysArgs, GetNatGatewaysResult } from "@pulumi/aws/ec2/getNatGateways";
import type { GetTransitGatewayArgs, GetTransitGatewayResult } from "@pulumi/aws/ec2transitgateway/getTransitGateway";
import { invoke, type InvokeType, unsupported, update } from "../../host/rules";
import type { Aws } from "../clients";
import { tagMap } from "../tags";
import { filterRule, filtersOf, single } from "./query";

const getElasticIp = invoke<Aws, GetElasticIpArgs, GetElasticIpResult>({
  arguments: { filters: filterRule, id: unsupported, publicIp: unsupported, region: update, tags: update },
  call: async (aws, args) => {
    const one = await single("EC2 EIP", async () => {
      return (await aws.ec2.describeAddresses({ Filters: filtersOf(args) })).Addresses;
    });
    const id = one.AllocationId ?? "";
    return {
      ...args,
      arn: await aws.arn("ec2", `elastic-ip/${id}`),
      associationId: one.AssociationId ?? "",
      carrierIp: one.CarrierIp ?? "",
      customerOwnedIp: one.CustomerOwnedIp ?? "",
      customerOwnedIpv4Pool: one.CustomerOwnedIpv4Pool ?? "",
      domain: one.Domain ?? "",
      id,
      instanceId: one.InstanceId ?? "",
      ipamPoolId: "",
      networkInterfaceId: one.NetworkInterfaceId ?? "",
      networkInterfaceOwnerId: one.NetworkInterfaceOwnerId ?? "",
      privateDns: "",
      privateIp: one.PrivateIpAddress ?? "",
      ptrRecord: "",
      publicDns: "",
      publicIp: one.PublicIp ?? "",
      publicIpv4Pool: one.PublicIpv4Pool ?? "",
      region: aws.region,
      tags: tagMap(one.Tags),
    };
  },
});

function addresses({ NatGatewayAddresses = [] }: NatGateway): {
  readonly first: NatGatewayAddress;
  readonly further: readonly NatGatewayAddress[];
} {
  const [first = {}, ...further] = NatGatewayAddresses;
  return { first, further };
}

const getNatGateway = invoke<Aws, GetNatGatewayArgs, GetNatGatewayResult>({
  arguments: {
    filters: filterRule,
    id: update,
    region: update,
    state: update,
    subnetId: update,
    tags: update,
    vpcId: update,
  },
  call: async (aws, args) => {
    const Filter = filtersOf(args, { state: args.state, "subnet-id": args.subnetId, "vpc-id": args.vpcId });
    const NatGatewayIds = args.id === undefined ? undefined : [args.id];
    const one = await single("EC2 NAT Gateway", async () => {
      return (await aws.ec2.describeNatGateways({ NatGatewayIds, Filter })).NatGateways;
    });
    const { first, further } = addresses(one);
    return {
      ...args,
      allocationId: first.AllocationId ?? "",
      associationId: first.AssociationId ?? "",
      autoProvisionZones: "",
      autoScalingIps: "",
      availabilityMode: "zonal",
      availabilityZoneAddresses: [],
      connectivityType: one.ConnectivityType ?? "",
      id: one.NatGatewayId ?? "",
      networkInterfaceId: first.NetworkInterfaceId ?? "",
      privateIp: first.PrivateIp ?? "",
      publicIp: first.PublicIp ?? "",
      region: aws.region,
      regionalNatGatewayAddresses: [],
      routeTableId: "",
      secondaryAllocationIds: further.map((each) => each.AllocationId ?? ""),
      secondaryPrivateIpAddressCount: further.length,
      secondaryPrivateIpAddresses: further.map((each) => each.PrivateIp ?? ""),
      state: one.State ?? "",
      subnetId: one.SubnetId ?? "",
      tags: tagMap(one.Tags),
      vpcId: one.VpcId ?? "",
    };
  },
});

const getNatGateways = invoke<Aws, GetNatGatewaysArgs, GetNatGatewaysResult>({
  arguments: { filters: filterRule, region: update, tags: update, vpcId: update },
  call: async (aws, args) => {
    const answer = await aws.ec2.describeNatGateways({ Filter: filtersOf(args, { "vpc-id": args.vpcId }) });
    const ids = (answer.NatGateways ?? []).map((each) => each.NatGatewayId ?? "");
    return { ...args, id: aws.region, ids, region: aws.region, tags: args.tags ?? {} };
  },
});

const getTransitGateway = invoke<Aws, GetTransitGatewayArgs, GetTransitGatewayResult>({
  arguments: { filters: filterRule, id: unsupported, region: update, tags: update },
  call: async (aws, args) => {
    const one = await single("EC2 Transit Gateway", async () => {
      return (await aws.ec2.describeTransitGateways({ Filters: filtersOf(args) })).TransitGateways;
    });
    const options = one.Options ?? {};
    return {
      ...args,
      amazonSideAsn: options.AmazonSideAsn ?? 0,
      arn: one.TransitGatewayArn ?? "",
      associationDefaultRouteTableId: options.AssociationDefaultRouteTableId ?? "",
      autoAcceptSharedAttachments: options.AutoAcceptSharedAttachments ?? "",
      defaultRouteTableAssociation: options.DefaultRouteTableAssociation ?? "",
      defaultRouteTablePropagation: options.DefaultRouteTablePropagation ?? "",
      description: one.Description ?? "",
      dnsSupport: options.DnsSupport ?? "",
      encryptionSupport: "",
      id: one.TransitGatewayId ?? "",
      multicastSupport: options.MulticastSupport ?? "",
      ownerId: one.OwnerId ?? "",
      propagationDefaultRouteTableId: options.PropagationDefaultRouteTableId ?? "",
      region: aws.region,
      securityGroupReferencingSupport: options.SecurityGroupReferencingSupport ?? "",
      tags: tagMap(one.Tags),
      transitGatewayCidrBlocks: options.TransitGatewayCidrBlocks ?? [],
      vpnEcmpSupport: options.VpnEcmpSupport ?? "",
    };
  },
});

export const gatewayFunctions: Readonly<Record<string, InvokeType<Aws>>> = {
  "aws:ec2/getElasticIp:getElasticIp": getElasticIp,
  "aws:ec2/getNatGateway:getNatGateway": getNatGateway,
  "aws:ec2/getNatGateways:getNatGateways": getNatGateways,
  "aws:ec2transitgateway/getTransitGateway:getTransitGateway": getTransitGateway,
};
