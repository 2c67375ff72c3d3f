import type { Filter } from "@aws-sdk/client-ec2";
import type { Subnet, SubnetArgs } from "@pulumi/aws/ec2/subnet";
import type { Tag, TagArgs } from "@pulumi/aws/ec2/tag";
import type { Vpc, VpcArgs } from "@pulumi/aws/ec2/vpc";
import type { VpcDhcpOptions, VpcDhcpOptionsArgs } from "@pulumi/aws/ec2/vpcDhcpOptions";
import type {
  VpcDhcpOptionsAssociation,
  VpcDhcpOptionsAssociationArgs,
} from "@pulumi/aws/ec2/vpcDhcpOptionsAssociation";
import type {
  VpcIpv4CidrBlockAssociation,
  VpcIpv4CidrBlockAssociationArgs,
} from "@pulumi/aws/ec2/vpcIpv4CidrBlockAssociation";
import { type Plain, replace, required, type ResourceType, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { pairs, retagEc2, specification, tagMap } from "../tags";

export function filter(name: string, ...values: string[]): Filter[] {
  return [{ Name: name, Values: values }];
}

async function setDnsAttributes(aws: Aws, id: string, inputs: Plain<VpcArgs>): Promise<void> {
  const { enableDnsSupport, enableDnsHostnames, enableNetworkAddressUsageMetrics } = inputs;
  // One attribute a call: AWS refuses more.
  if (enableDnsSupport !== undefined)
    await aws.ec2.modifyVpcAttribute({ VpcId: id, EnableDnsSupport: { Value: enableDnsSupport } });
  await aws.ec2.modifyVpcAttribute({ VpcId: id, EnableDnsHostnames: { Value: enableDnsHostnames ?? false } });
  if (enableNetworkAddressUsageMetrics !== undefined) {
    await aws.ec2.modifyVpcAttribute({
      VpcId: id,
      EnableNetworkAddressUsageMetrics: { Value: enableNetworkAddressUsageMetrics },
    });
  }
}

const vpc = awsType<VpcArgs, Vpc>({
  inputs: {
    cidrBlock: replace,
    instanceTenancy: replace,
    enableDnsHostnames: update,
    enableDnsSupport: update,
    enableNetworkAddressUsageMetrics: update,
    assignGeneratedIpv6CidrBlock: replace,
    ipv4IpamPoolId: unsupported,
    ipv4NetmaskLength: unsupported,
    ipv6CidrBlock: unsupported,
    ipv6CidrBlockNetworkBorderGroup: unsupported,
    ipv6IpamPoolId: unsupported,
    ipv6NetmaskLength: unsupported,
    region: replace,
    tags: update,
  },
  defaults: { enableDnsSupport: true, instanceTenancy: "default" },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.createVpc({
      CidrBlock: inputs.cidrBlock,
      InstanceTenancy: inputs.instanceTenancy as "default" | undefined,
      AmazonProvidedIpv6CidrBlock: inputs.assignGeneratedIpv6CidrBlock,
      TagSpecifications: specification("vpc", inputs.tags),
    });
    const id = sure(answer.Vpc?.VpcId, "a VPC id");
    created(id);
    await setDnsAttributes(aws, id, inputs);
  },
  read: async (aws, id) => {
    const answer = await found(aws.ec2.describeVpcs({ VpcIds: [id] }));
    const one = answer?.Vpcs?.[0];
    if (one === undefined) return undefined;
    const attribute = (Attribute: "enableDnsSupport" | "enableDnsHostnames") =>
      aws.ec2.describeVpcAttribute({ VpcId: id, Attribute });
    const [support, hostnames, tables, groups, acls] = await Promise.all([
      attribute("enableDnsSupport"),
      attribute("enableDnsHostnames"),
      aws.ec2.describeRouteTables({ Filters: [...filter("vpc-id", id), ...filter("association.main", "true")] }),
      aws.ec2.describeSecurityGroups({ Filters: [...filter("vpc-id", id), ...filter("group-name", "default")] }),
      aws.ec2.describeNetworkAcls({ Filters: [...filter("vpc-id", id), ...filter("default", "true")] }),
    ]);
    const main = tables.RouteTables?.[0]?.RouteTableId ?? "";
    const ipv6 = one.Ipv6CidrBlockAssociationSet?.[0];
    return {
      arn: await aws.arn("ec2", `vpc/${id}`),
      cidrBlock: one.CidrBlock,
      instanceTenancy: one.InstanceTenancy,
      enableDnsSupport: support.EnableDnsSupport?.Value,
      enableDnsHostnames: hostnames.EnableDnsHostnames?.Value,
      dhcpOptionsId: one.DhcpOptionsId,
      mainRouteTableId: main,
      defaultRouteTableId: main,
      defaultSecurityGroupId: groups.SecurityGroups?.[0]?.GroupId ?? "",
      defaultNetworkAclId: acls.NetworkAcls?.[0]?.NetworkAclId ?? "",
      ipv6AssociationId: ipv6?.AssociationId ?? "",
      ipv6CidrBlock: ipv6?.Ipv6CidrBlock ?? "",
      assignGeneratedIpv6CidrBlock: ipv6 !== undefined,
      ownerId: one.OwnerId ?? (await aws.account()),
      tags: tagMap(one.Tags),
    };
  },
  update: async (aws, id, inputs) => {
    await setDnsAttributes(aws, id, inputs);
    await retagEc2(aws, id, inputs.tags);
  },
  remove: (aws, id) => ignoreGone(aws.ec2.deleteVpc({ VpcId: id })),
});

const dhcpOptions = awsType<VpcDhcpOptionsArgs, VpcDhcpOptions>({
  inputs: {
    domainName: replace,
    domainNameServers: replace,
    ipv6AddressPreferredLeaseTime: unsupported,
    netbiosNameServers: replace,
    netbiosNodeType: replace,
    ntpServers: replace,
    region: replace,
    tags: update,
  },
  create: async (aws, inputs, created) => {
    const given: [string, string[] | undefined][] = [
      ["domain-name", inputs.domainName === undefined ? undefined : [inputs.domainName]],
      ["domain-name-servers", inputs.domainNameServers],
      ["netbios-name-servers", inputs.netbiosNameServers],
      ["netbios-node-type", inputs.netbiosNodeType === undefined ? undefined : [inputs.netbiosNodeType]],
      ["ntp-servers", inputs.ntpServers],
    ];
    const answer = await aws.ec2.createDhcpOptions({
      DhcpConfigurations: given.flatMap(([Key, Values]) => (Values === undefined ? [] : [{ Key, Values }])),
      TagSpecifications: specification("dhcp-options", inputs.tags),
    });
    created(sure(answer.DhcpOptions?.DhcpOptionsId, "a DHCP options id"));
  },
  read: async (aws, id) => {
    const answer = await found(aws.ec2.describeDhcpOptions({ DhcpOptionsIds: [id] }));
    const one = answer?.DhcpOptions?.[0];
    if (one === undefined) return undefined;
    const values = (key: string): string[] | undefined => {
      const all = one.DhcpConfigurations?.find((each) => each.Key === key)?.Values;
      return all?.map((value) => value.Value ?? "");
    };
    return {
      arn: await aws.arn("ec2", `dhcp-options/${id}`),
      domainName: values("domain-name")?.[0],
      domainNameServers: values("domain-name-servers"),
      netbiosNameServers: values("netbios-name-servers"),
      netbiosNodeType: values("netbios-node-type")?.[0],
      ntpServers: values("ntp-servers"),
      ownerId: one.OwnerId ?? (await aws.account()),
      tags: tagMap(one.Tags),
    };
  },
  update: (aws, id, inputs) => retagEc2(aws, id, inputs.tags),
  remove: (aws, id) => ignoreGone(aws.ec2.deleteDhcpOptions({ DhcpOptionsId: id })),
});

const dhcpOptionsAssociation = awsType<VpcDhcpOptionsAssociationArgs, VpcDhcpOptionsAssociation>({
  inputs: { dhcpOptionsId: required(update), vpcId: required(replace), region: replace },
  create: async (aws, inputs, created) => {
    await aws.ec2.associateDhcpOptions({ DhcpOptionsId: inputs.dhcpOptionsId, VpcId: inputs.vpcId });
    created(`${inputs.dhcpOptionsId}-${inputs.vpcId}`);
  },
  // By the id of the VPC.
  imported: async (aws, vpcId) => {
    const answer = await found(aws.ec2.describeVpcs({ VpcIds: [vpcId] }));
    const dhcpOptionsId = answer?.Vpcs?.[0]?.DhcpOptionsId;
    return dhcpOptionsId === undefined ? undefined : `${dhcpOptionsId}-${vpcId}`;
  },
  read: async (aws, id, known) => {
    const vpcId = known.inputs.vpcId ?? id.slice(id.indexOf("-vpc-") + 1);
    const answer = await found(aws.ec2.describeVpcs({ VpcIds: [vpcId] }));
    const dhcpOptionsId = answer?.Vpcs?.[0]?.DhcpOptionsId;
    if (dhcpOptionsId === undefined || dhcpOptionsId === "default") return undefined;
    return { dhcpOptionsId, vpcId };
  },
  update: async (aws, _id, { dhcpOptionsId, vpcId }) => {
    await aws.ec2.associateDhcpOptions({ DhcpOptionsId: dhcpOptionsId, VpcId: vpcId });
  },
  remove: (aws, _id, previous) =>
    ignoreGone(aws.ec2.associateDhcpOptions({ DhcpOptionsId: "default", VpcId: previous.inputs.vpcId })),
});

const rangeAssociation = awsType<VpcIpv4CidrBlockAssociationArgs, VpcIpv4CidrBlockAssociation>({
  inputs: {
    vpcId: required(replace),
    cidrBlock: replace,
    ipv4IpamPoolId: unsupported,
    ipv4NetmaskLength: unsupported,
    region: replace,
  },
  create: async (aws, { vpcId: VpcId, cidrBlock: CidrBlock }, created) => {
    const answer = await aws.ec2.associateVpcCidrBlock({ VpcId, CidrBlock });
    created(sure(answer.CidrBlockAssociation?.AssociationId, "an association of a range"));
  },
  read: async (aws, id) => {
    const answer = await found(aws.ec2.describeVpcs({ Filters: filter("cidr-block-association.association-id", id) }));
    const one = answer?.Vpcs?.[0];
    const range = one?.CidrBlockAssociationSet?.find(({ AssociationId }) => AssociationId === id);
    return range === undefined || range.CidrBlockState?.State === "disassociated"
      ? undefined
      : { vpcId: one?.VpcId, cidrBlock: range.CidrBlock };
  },
  remove: (aws, id) => ignoreGone(aws.ec2.disassociateVpcCidrBlock({ AssociationId: id })),
});

async function setSubnetAttributes(aws: Aws, SubnetId: string, inputs: Plain<SubnetArgs>): Promise<void> {
  const flag = (Value: boolean | undefined) => (Value === undefined ? undefined : { Value });
  const { mapPublicIpOnLaunch, assignIpv6AddressOnCreation, privateDnsHostnameTypeOnLaunch, enableDns64 } = inputs;
  const each = [
    { MapPublicIpOnLaunch: flag(mapPublicIpOnLaunch ?? false) },
    { AssignIpv6AddressOnCreation: flag(assignIpv6AddressOnCreation) },
    { PrivateDnsHostnameTypeOnLaunch: privateDnsHostnameTypeOnLaunch as "ip-name" | "resource-name" | undefined },
    { EnableDns64: flag(enableDns64) },
    { EnableResourceNameDnsARecordOnLaunch: flag(inputs.enableResourceNameDnsARecordOnLaunch) },
    { EnableResourceNameDnsAAAARecordOnLaunch: flag(inputs.enableResourceNameDnsAaaaRecordOnLaunch) },
  ];
  // One attribute a call: AWS refuses more.
  for (const one of each.filter((change) => Object.values(change)[0] !== undefined))
    await aws.ec2.modifySubnetAttribute({ SubnetId, ...one });
}

const subnet = awsType<SubnetArgs, Subnet>({
  inputs: {
    vpcId: required(replace),
    cidrBlock: replace,
    availabilityZone: replace,
    availabilityZoneId: replace,
    mapPublicIpOnLaunch: update,
    privateDnsHostnameTypeOnLaunch: update,
    enableResourceNameDnsARecordOnLaunch: update,
    enableResourceNameDnsAaaaRecordOnLaunch: update,
    enableDns64: update,
    assignIpv6AddressOnCreation: update,
    ipv6CidrBlock: replace,
    ipv6Native: replace,
    customerOwnedIpv4Pool: unsupported,
    enableLniAtDeviceIndex: unsupported,
    ipv4IpamPoolId: unsupported,
    ipv4NetmaskLength: unsupported,
    ipv6IpamPoolId: unsupported,
    ipv6NetmaskLength: unsupported,
    mapCustomerOwnedIpOnLaunch: unsupported,
    outpostArn: unsupported,
    region: replace,
    tags: update,
  },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.createSubnet({
      VpcId: inputs.vpcId,
      CidrBlock: inputs.cidrBlock,
      AvailabilityZone: inputs.availabilityZone,
      AvailabilityZoneId: inputs.availabilityZoneId,
      Ipv6CidrBlock: inputs.ipv6CidrBlock,
      Ipv6Native: inputs.ipv6Native,
      TagSpecifications: specification("subnet", inputs.tags),
    });
    const id = sure(answer.Subnet?.SubnetId, "a subnet id");
    created(id);
    await setSubnetAttributes(aws, id, inputs);
  },
  read: async (aws, id) => {
    const answer = await found(aws.ec2.describeSubnets({ SubnetIds: [id] }));
    const one = answer?.Subnets?.[0];
    if (one === undefined) return undefined;
    const ipv6 = one.Ipv6CidrBlockAssociationSet?.[0];
    const names = one.PrivateDnsNameOptionsOnLaunch;
    return {
      arn: one.SubnetArn,
      vpcId: one.VpcId,
      cidrBlock: one.CidrBlock,
      availabilityZone: one.AvailabilityZone,
      availabilityZoneId: one.AvailabilityZoneId,
      mapPublicIpOnLaunch: one.MapPublicIpOnLaunch ?? false,
      assignIpv6AddressOnCreation: one.AssignIpv6AddressOnCreation ?? false,
      privateDnsHostnameTypeOnLaunch: names?.HostnameType,
      enableResourceNameDnsARecordOnLaunch: names?.EnableResourceNameDnsARecord ?? false,
      enableResourceNameDnsAaaaRecordOnLaunch: names?.EnableResourceNameDnsAAAARecord ?? false,
      enableDns64: one.EnableDns64 ?? false,
      ipv6CidrBlock: ipv6?.Ipv6CidrBlock ?? "",
      ipv6CidrBlockAssociationId: ipv6?.AssociationId ?? "",
      ipv6Native: one.Ipv6Native ?? false,
      ownerId: one.OwnerId,
      tags: tagMap(one.Tags),
    };
  },
  update: async (aws, id, inputs) => {
    await setSubnetAttributes(aws, id, inputs);
    await retagEc2(aws, id, inputs.tags);
  },
  remove: (aws, id) => ignoreGone(aws.ec2.deleteSubnet({ SubnetId: id })),
});

const tag = awsType<TagArgs, Tag>({
  inputs: { key: required(replace), resourceId: required(replace), value: required(update), region: replace },
  create: async (aws, inputs, created) => {
    await aws.ec2.createTags({ Resources: [inputs.resourceId], Tags: pairs({ [inputs.key]: inputs.value }) });
    created(`${inputs.resourceId},${inputs.key}`);
  },
  read: async (aws, id) => {
    const [resourceId = "", ...rest] = id.split(",");
    const key = rest.join(",");
    const answer = await aws.ec2.describeTags({
      Filters: [...filter("resource-id", resourceId), ...filter("key", key)],
    });
    const value = answer.Tags?.[0]?.Value;
    return value === undefined ? undefined : { resourceId, key, value };
  },
  update: async (aws, _id, inputs) => {
    await aws.ec2.createTags({ Resources: [inputs.resourceId], Tags: pairs({ [inputs.key]: inputs.value }) });
  },
  remove: (aws, _id, { inputs }) =>
    ignoreGone(aws.ec2.deleteTags({ Resources: [inputs.resourceId], Tags: [{ Key: inputs.key }] })),
});

export const networkTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:ec2/vpc:Vpc": vpc,
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": dhcpOptions,
  "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation": dhcpOptionsAssociation,
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation": rangeAssociation,
  "aws:ec2/subnet:Subnet": subnet,
  "aws:ec2/tag:Tag": tag,
};
