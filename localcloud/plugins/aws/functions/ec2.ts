import type { Image, NetworkInterface, Subnet } from "@aws-sdk/client-ec2";
import type { GetAmiArgs, GetAmiResult } from "@pulumi/aws/ec2/getAmi";
import type { GetInstanceTypeArgs, GetInstanceTypeResult } from "@pulumi/aws/ec2/getInstanceType";
import type { GetInstanceTypesArgs, GetInstanceTypesResult } from "@pulumi/aws/ec2/getInstanceTypes";
import type { GetInternetGatewayArgs, GetInternetGatewayResult } from "@pulumi/aws/ec2/getInternetGateway";
import type { GetNetworkInterfaceArgs, GetNetworkInterfaceResult } from "@pulumi/aws/ec2/getNetworkInterface";
import type { GetNetworkInterfacesArgs, GetNetworkInterfacesResult } from "@pulumi/aws/ec2/getNetworkInterfaces";
import type { GetSubnetArgs, GetSubnetResult } from "@pulumi/aws/ec2/getSubnet";
import type { GetSubnetsArgs, GetSubnetsResult } from "@pulumi/aws/ec2/getSubnets";
import type { GetVpcArgs, GetVpcResult } from "@pulumi/aws/ec2/getVpc";
import { invoke, type InvokeType, required, unsupported, update } from "../../host/rules";
import type { Aws } from "../clients";
import { tagMap } from "../tags";
import { filterRule, filtersOf, single } from "./query";

function newestFirst(a: Image, b: Image): number {
  const [x, y] = [a.CreationDate ?? "", b.CreationDate ?? ""];
  return x < y ? 1 : x > y ? -1 : 0;
}

const getAmi = invoke<Aws, GetAmiArgs, Partial<GetAmiResult>>({
  arguments: {
    allowUnsafeFilter: update,
    executableUsers: unsupported,
    filters: filterRule,
    includeDeprecated: update,
    mostRecent: update,
    nameRegex: update,
    owners: update,
    region: update,
    tags: update,
    uefiData: unsupported,
  },
  call: async (aws, args) => {
    const answer = await aws.ec2.describeImages({ Owners: args.owners, Filters: filtersOf(args) });
    const pattern = args.nameRegex === undefined ? undefined : new RegExp(args.nameRegex);
    const all = (answer.Images ?? [])
      .filter((each) => pattern === undefined || pattern.test(each.Name ?? ""))
      .sort(newestFirst);
    const [one, other] = all;
    if (one === undefined) {
      throw new Error("Your query returned no results. Please change your search criteria and try again.");
    }
    if (other !== undefined && args.mostRecent !== true) {
      throw new Error(
        "Your query returned more than one result. Please try a more specific search criteria, or set `most_recent` attribute to true.",
      );
    }
    return {
      ...args,
      architecture: one.Architecture ?? "",
      arn: `arn:${aws.partition}:ec2:${aws.region}::image/${one.ImageId}`,
      blockDeviceMappings: (one.BlockDeviceMappings ?? []).map((each) => ({
        deviceName: each.DeviceName ?? "",
        ebs: Object.fromEntries(
          Object.entries({
            delete_on_termination: each.Ebs?.DeleteOnTermination,
            encrypted: each.Ebs?.Encrypted,
            snapshot_id: each.Ebs?.SnapshotId,
            volume_size: each.Ebs?.VolumeSize,
            volume_type: each.Ebs?.VolumeType,
          }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
        ),
        noDevice: each.NoDevice ?? "",
        virtualName: each.VirtualName ?? "",
      })),
      creationDate: one.CreationDate ?? "",
      description: one.Description ?? "",
      hypervisor: one.Hypervisor ?? "",
      id: one.ImageId ?? "",
      imageId: one.ImageId ?? "",
      imageLocation: one.ImageLocation ?? "",
      imageOwnerAlias: one.ImageOwnerAlias ?? "",
      imageType: one.ImageType ?? "",
      name: one.Name ?? "",
      ownerId: one.OwnerId ?? "",
      public: one.Public ?? false,
      region: aws.region,
      rootDeviceName: one.RootDeviceName ?? "",
      rootDeviceType: one.RootDeviceType ?? "",
      rootSnapshotId: one.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId ?? "",
      sriovNetSupport: one.SriovNetSupport ?? "",
      state: one.State ?? "",
      tags: tagMap(one.Tags),
      virtualizationType: one.VirtualizationType ?? "",
    };
  },
});

const getVpc = invoke<Aws, GetVpcArgs, Partial<GetVpcResult>>({
  arguments: {
    cidrBlock: update,
    default: update,
    dhcpOptionsId: update,
    filters: filterRule,
    id: update,
    region: update,
    state: update,
    tags: update,
  },
  call: async (aws, args) => {
    const more = {
      cidr: args.cidrBlock,
      isDefault: args.default,
      "dhcp-options-id": args.dhcpOptionsId,
      state: args.state,
    };
    const ids = args.id === undefined ? {} : { VpcIds: [args.id] };
    const Filters = filtersOf(args, more);
    const one = await single("EC2 VPC", async () => (await aws.ec2.describeVpcs({ ...ids, Filters })).Vpcs);
    const id = one.VpcId ?? "";
    const main = [
      { Name: "vpc-id", Values: [id] },
      { Name: "association.main", Values: ["true"] },
    ];
    const [support, hostnames, tables] = await Promise.all([
      aws.ec2.describeVpcAttribute({ VpcId: id, Attribute: "enableDnsSupport" }),
      aws.ec2.describeVpcAttribute({ VpcId: id, Attribute: "enableDnsHostnames" }),
      aws.ec2.describeRouteTables({ Filters: main }),
    ]);
    const ipv6 = one.Ipv6CidrBlockAssociationSet?.[0];
    return {
      ...args,
      arn: await aws.arn("ec2", `vpc/${id}`),
      cidrBlock: one.CidrBlock ?? "",
      cidrBlockAssociations: (one.CidrBlockAssociationSet ?? []).map((each) => ({
        associationId: each.AssociationId ?? "",
        cidrBlock: each.CidrBlock ?? "",
        state: each.CidrBlockState?.State ?? "",
      })),
      default: one.IsDefault ?? false,
      dhcpOptionsId: one.DhcpOptionsId ?? "",
      enableDnsHostnames: hostnames.EnableDnsHostnames?.Value ?? false,
      enableDnsSupport: support.EnableDnsSupport?.Value ?? false,
      id,
      instanceTenancy: one.InstanceTenancy ?? "",
      ipv6AssociationId: ipv6?.AssociationId ?? "",
      ipv6CidrBlock: ipv6?.Ipv6CidrBlock ?? "",
      mainRouteTableId: tables.RouteTables?.[0]?.RouteTableId ?? "",
      ownerId: one.OwnerId ?? (await aws.account()),
      region: aws.region,
      state: one.State ?? "",
      tags: tagMap(one.Tags),
    };
  },
});

function subnetResult(aws: Aws, one: Subnet): Partial<GetSubnetResult> {
  const ipv6 = one.Ipv6CidrBlockAssociationSet?.[0];
  const names = one.PrivateDnsNameOptionsOnLaunch;
  return {
    arn: one.SubnetArn ?? "",
    assignIpv6AddressOnCreation: one.AssignIpv6AddressOnCreation ?? false,
    availabilityZone: one.AvailabilityZone ?? "",
    availabilityZoneId: one.AvailabilityZoneId ?? "",
    availableIpAddressCount: one.AvailableIpAddressCount ?? 0,
    cidrBlock: one.CidrBlock ?? "",
    defaultForAz: one.DefaultForAz ?? false,
    enableResourceNameDnsARecordOnLaunch: names?.EnableResourceNameDnsARecord ?? false,
    enableResourceNameDnsAaaaRecordOnLaunch: names?.EnableResourceNameDnsAAAARecord ?? false,
    id: one.SubnetId ?? "",
    ipv6CidrBlock: ipv6?.Ipv6CidrBlock ?? "",
    ipv6CidrBlockAssociationId: ipv6?.AssociationId ?? "",
    ipv6Native: one.Ipv6Native ?? false,
    mapPublicIpOnLaunch: one.MapPublicIpOnLaunch ?? false,
    ownerId: one.OwnerId ?? "",
    privateDnsHostnameTypeOnLaunch: names?.HostnameType ?? "",
    region: aws.region,
    state: one.State ?? "",
    tags: tagMap(one.Tags),
    vpcId: one.VpcId ?? "",
  };
}

const getSubnet = invoke<Aws, GetSubnetArgs, Partial<GetSubnetResult>>({
  arguments: {
    availabilityZone: update,
    availabilityZoneId: update,
    cidrBlock: update,
    defaultForAz: update,
    filters: filterRule,
    id: update,
    ipv6CidrBlock: unsupported,
    region: update,
    state: update,
    tags: update,
    vpcId: update,
  },
  call: async (aws, args) => {
    const more = {
      availabilityZone: args.availabilityZone,
      cidrBlock: args.cidrBlock,
      defaultForAz: args.defaultForAz,
      state: args.state,
      "vpc-id": args.vpcId,
    };
    const ids = args.id === undefined ? {} : { SubnetIds: [args.id] };
    const Filters = filtersOf(args, more);
    const one = await single("EC2 Subnet", async () => (await aws.ec2.describeSubnets({ ...ids, Filters })).Subnets);
    return { ...args, ...subnetResult(aws, one) };
  },
});

const getSubnets = invoke<Aws, GetSubnetsArgs, GetSubnetsResult>({
  arguments: { filters: filterRule, region: update, tags: update },
  call: async (aws, args) => {
    const answer = await aws.ec2.describeSubnets({ Filters: filtersOf(args) });
    const ids = (answer.Subnets ?? []).map((each) => each.SubnetId ?? "");
    return { ...args, id: aws.region, ids, region: aws.region, tags: args.tags ?? {} };
  },
});

const getNetworkInterfaces = invoke<Aws, GetNetworkInterfacesArgs, GetNetworkInterfacesResult>({
  arguments: { filters: filterRule, region: update, tags: update },
  call: async (aws, args) => {
    const answer = await aws.ec2.describeNetworkInterfaces({ Filters: filtersOf(args) });
    const ids = (answer.NetworkInterfaces ?? []).map((each) => each.NetworkInterfaceId ?? "");
    return { ...args, id: aws.region, ids, region: aws.region, tags: args.tags ?? {} };
  },
});

async function interfaceResult(aws: Aws, one: NetworkInterface): Promise<Partial<GetNetworkInterfaceResult>> {
  return {
    arn: await aws.arn("ec2", `network-interface/${one.NetworkInterfaceId}`),
    availabilityZone: one.AvailabilityZone ?? "",
    description: one.Description ?? "",
    id: one.NetworkInterfaceId ?? "",
    interfaceType: one.InterfaceType ?? "",
    ipv6Addresses: (one.Ipv6Addresses ?? []).map((each) => each.Ipv6Address ?? ""),
    macAddress: one.MacAddress ?? "",
    ownerId: one.OwnerId ?? "",
    privateDnsName: one.PrivateDnsName ?? "",
    privateIp: one.PrivateIpAddress ?? "",
    privateIps: (one.PrivateIpAddresses ?? []).map((each) => each.PrivateIpAddress ?? ""),
    region: aws.region,
    requesterId: one.RequesterId ?? "",
    securityGroups: (one.Groups ?? []).map((each) => each.GroupId ?? ""),
    subnetId: one.SubnetId ?? "",
    tags: tagMap(one.TagSet),
    vpcId: one.VpcId ?? "",
  };
}

const getNetworkInterface = invoke<Aws, GetNetworkInterfaceArgs, Partial<GetNetworkInterfaceResult>>({
  arguments: { filters: filterRule, id: update, region: update, tags: update },
  call: async (aws, args) => {
    const ids = args.id === undefined ? {} : { NetworkInterfaceIds: [args.id] };
    const one = await single("EC2 Network Interface", async () => {
      return (await aws.ec2.describeNetworkInterfaces({ ...ids, Filters: filtersOf(args) })).NetworkInterfaces;
    });
    return { ...args, ...(await interfaceResult(aws, one)) };
  },
});

const getInstanceTypes = invoke<Aws, GetInstanceTypesArgs, GetInstanceTypesResult>({
  arguments: { filters: filterRule, region: update },
  call: async (aws, args) => {
    const answer = await aws.ec2.describeInstanceTypes({ Filters: filtersOf(args) });
    const instanceTypes = (answer.InstanceTypes ?? []).map((each) => each.InstanceType ?? "");
    return { ...args, id: aws.region, instanceTypes, region: aws.region };
  },
});

const getInstanceType = invoke<Aws, GetInstanceTypeArgs, Partial<GetInstanceTypeResult>>({
  arguments: { instanceType: required(update), region: update },
  call: async (aws, args) => {
    const one = await single("EC2 Instance Type", async () => {
      return (await aws.ec2.describeInstanceTypes({ InstanceTypes: [args.instanceType as "t3.medium"] })).InstanceTypes;
    });
    const network = one.NetworkInfo;
    const gpus = (one.GpuInfo?.Gpus ?? []).map((each) => ({
      count: each.Count ?? 0,
      manufacturer: each.Manufacturer ?? "",
      memorySize: each.MemoryInfo?.SizeInMiB ?? 0,
      name: each.Name ?? "",
    }));
    return {
      bareMetal: one.BareMetal ?? false,
      burstablePerformanceSupported: one.BurstablePerformanceSupported ?? false,
      currentGeneration: one.CurrentGeneration ?? false,
      defaultCores: one.VCpuInfo?.DefaultCores ?? 0,
      defaultThreadsPerCore: one.VCpuInfo?.DefaultThreadsPerCore ?? 0,
      defaultVcpus: one.VCpuInfo?.DefaultVCpus ?? 0,
      gpuses: gpus,
      hypervisor: one.Hypervisor ?? "",
      id: args.instanceType,
      instanceStorageSupported: one.InstanceStorageSupported ?? false,
      instanceType: args.instanceType,
      maximumIpv4AddressesPerInterface: network?.Ipv4AddressesPerInterface ?? 0,
      maximumNetworkInterfaces: network?.MaximumNetworkInterfaces ?? 0,
      memorySize: one.MemoryInfo?.SizeInMiB ?? 0,
      networkPerformance: network?.NetworkPerformance ?? "",
      region: aws.region,
      supportedArchitectures: one.ProcessorInfo?.SupportedArchitectures ?? [],
      supportedRootDeviceTypes: one.SupportedRootDeviceTypes ?? [],
      supportedUsagesClasses: one.SupportedUsageClasses ?? [],
      supportedVirtualizationTypes: one.SupportedVirtualizationTypes ?? [],
    };
  },
});

const getInternetGateway = invoke<Aws, GetInternetGatewayArgs, Partial<GetInternetGatewayResult>>({
  arguments: { filters: filterRule, internetGatewayId: update, region: update, tags: update },
  call: async (aws, args) => {
    const ids = args.internetGatewayId === undefined ? {} : { InternetGatewayIds: [args.internetGatewayId] };
    const one = await single("EC2 Internet Gateway", async () => {
      return (await aws.ec2.describeInternetGateways({ ...ids, Filters: filtersOf(args) })).InternetGateways;
    });
    const id = one.InternetGatewayId ?? "";
    return {
      ...args,
      arn: await aws.arn("ec2", `internet-gateway/${id}`),
      attachments: (one.Attachments ?? []).map((each) => ({ state: each.State ?? "", vpcId: each.VpcId ?? "" })),
      id,
      internetGatewayId: id,
      ownerId: one.OwnerId ?? (await aws.account()),
      region: aws.region,
      tags: tagMap(one.Tags),
    };
  },
});

export const ec2Functions: Readonly<Record<string, InvokeType<Aws>>> = {
  "aws:ec2/getAmi:getAmi": getAmi,
  "aws:ec2/getInternetGateway:getInternetGateway": getInternetGateway,
  "aws:ec2/getVpc:getVpc": getVpc,
  "aws:ec2/getSubnet:getSubnet": getSubnet,
  "aws:ec2/getSubnets:getSubnets": getSubnets,
  "aws:ec2/getNetworkInterfaces:getNetworkInterfaces": getNetworkInterfaces,
  "aws:ec2/getNetworkInterface:getNetworkInterface": getNetworkInterface,
  "aws:ec2/getInstanceTypes:getInstanceTypes": getInstanceTypes,
  "aws:ec2/getInstanceType:getInstanceType": getInstanceType,
};
