/** Resources of EC2 that have no name of their own: kOps knows them by the tags for cluster and name, and so does this. */
import {
  paginateDescribeDhcpOptions,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  paginateDescribeVpcs,
  type EC2,
  type Filter,
  type Tag,
} from "@aws-sdk/client-ec2";
import { tagKeys } from "../../../model/kopsKeys";
import type { Inputs } from "../registrations";
import { all, once, only, text, type Finder, type Finders, type Place } from "./found";

export interface Tagged {
  readonly id: string;
  readonly name: string | undefined;
  /** Of what belongs to one network. */
  readonly vpc?: string;
}

interface Kind {
  readonly title: string;
  readonly list: (ec2: EC2, Filters: Filter[]) => Promise<readonly Tagged[]>;
}

const kinds: Readonly<Record<string, Kind>> = {
  "aws:ec2/vpc:Vpc": {
    title: "VPC",
    list: async (client, Filters) =>
      (await all(paginateDescribeVpcs({ client }, { Filters }), ({ Vpcs }) => Vpcs)).map(({ VpcId, Tags }) =>
        tagged(VpcId, Tags),
      ),
  },
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": {
    title: "DHCP options set",
    list: async (client, Filters) =>
      (await all(paginateDescribeDhcpOptions({ client }, { Filters }), ({ DhcpOptions }) => DhcpOptions)).map(
        ({ DhcpOptionsId, Tags }) => tagged(DhcpOptionsId, Tags),
      ),
  },
  "aws:ec2/subnet:Subnet": {
    title: "subnet",
    list: async (client, Filters) =>
      (await all(paginateDescribeSubnets({ client }, { Filters }), ({ Subnets }) => Subnets)).map(
        ({ SubnetId, Tags, VpcId }) => tagged(SubnetId, Tags, VpcId),
      ),
  },
  "aws:ec2/internetGateway:InternetGateway": {
    title: "internet gateway",
    list: async (client, Filters) =>
      (
        await all(paginateDescribeInternetGateways({ client }, { Filters }), ({ InternetGateways }) => InternetGateways)
      ).map(({ InternetGatewayId, Tags, Attachments }) => tagged(InternetGatewayId, Tags, Attachments?.[0]?.VpcId)),
  },
  "aws:ec2/routeTable:RouteTable": {
    title: "route table",
    list: async (client, Filters) =>
      (await all(paginateDescribeRouteTables({ client }, { Filters }), ({ RouteTables }) => RouteTables)).map(
        ({ RouteTableId, Tags, VpcId }) => tagged(RouteTableId, Tags, VpcId),
      ),
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    title: "security group",
    list: async (client, Filters) =>
      (await all(paginateDescribeSecurityGroups({ client }, { Filters }), ({ SecurityGroups }) => SecurityGroups)).map(
        ({ GroupId, Tags, VpcId }) => tagged(GroupId, Tags, VpcId),
      ),
  },
  "aws:ebs/volume:Volume": {
    title: "volume",
    list: async (client, Filters) =>
      (await all(paginateDescribeVolumes({ client }, { Filters }), ({ Volumes }) => Volumes)).map(
        ({ VolumeId, Tags }) => tagged(VolumeId, Tags),
      ),
  },
  "aws:ec2/eip:Eip": {
    title: "Elastic IP address",
    // One answer has all of them.
    list: async (ec2, Filters) =>
      ((await ec2.describeAddresses({ Filters })).Addresses ?? []).map(({ AllocationId, Tags }) =>
        tagged(AllocationId, Tags),
      ),
  },
  "aws:ec2/natGateway:NatGateway": {
    title: "NAT gateway",
    // The deleted ones are listed for an hour.
    list: async (client, Filters) => {
      const running = { Name: "state", Values: ["pending", "available"] };
      const pages = paginateDescribeNatGateways({ client }, { Filter: [...Filters, running] });
      return (await all(pages, ({ NatGateways }) => NatGateways)).map(({ NatGatewayId, Tags, VpcId }) =>
        tagged(NatGatewayId, Tags, VpcId),
      );
    },
  },
};

function tagged(id = "", tags: readonly Tag[] = [], vpc?: string): Tagged {
  const name = tags.find(({ Key }) => Key === tagKeys.name)?.Value;
  return { id, name, ...(vpc === undefined ? {} : { vpc }) };
}

/** What AWS has of each kind with the cluster's tag. Each list is asked for once, when it is first needed. */
export type TaggedLists = Readonly<Record<string, () => Promise<readonly Tagged[]>>>;

export function taggedLists(place: Place): TaggedLists {
  return Object.fromEntries(
    Object.entries(kinds).map(([type, { list }]) => [type, once(() => list(place.aws.ec2, ofCluster(place)))]),
  );
}

export function taggedFinders(place: Place, lists: TaggedLists): Finders {
  return Object.fromEntries(
    Object.entries(lists).map(([type, listed]) => {
      const finder: Finder = async (inputs) => {
        const name = nameOf(inputs);
        const network = text(inputs, "vpcId");
        // A network that an update left behind has the same tags, and so has what is in it.
        const isThere = ({ vpc }: Tagged): boolean => vpc === undefined || network === undefined || vpc === network;
        const found = (await listed()).filter((each) => each.name === name && isThere(each));
        return only(found, described(kinds[type]?.title ?? type, place, name), ({ id }) => ({ id }));
      };
      return [type, finder];
    }),
  );
}

/**
 * Others with the tags of a resource that the state has: an update that did not record them made that one later. By the URN
 * of the one that the state has.
 */
export async function twins(
  lists: TaggedLists,
  recorded: readonly { readonly urn: string; readonly type: string; readonly id?: string; readonly inputs?: Inputs }[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const known = new Set(recorded.map(({ id }) => id));
  const found = new Map<string, readonly string[]>();
  for (const { urn, type, inputs = {} } of recorded) {
    const others = (await lists[type]?.()) ?? [];
    const ids = others.filter(({ id, name }) => name === nameOf(inputs) && !known.has(id)).map(({ id }) => id);
    if (ids.length > 0) found.set(urn, ids);
  }
  return found;
}

function ofCluster({ clusterName }: Place): Filter[] {
  return [{ Name: `tag:${tagKeys.cluster}`, Values: [clusterName] }];
}

function nameOf(inputs: Inputs): string {
  const tags = (inputs["tags"] ?? {}) as Readonly<Record<string, string>>;
  return tags[tagKeys.name] ?? "";
}

function described(title: string, { clusterName }: Place, name: string): string {
  return `${title} with the tags ${tagKeys.cluster}=${clusterName} and ${tagKeys.name}=${name}`;
}
