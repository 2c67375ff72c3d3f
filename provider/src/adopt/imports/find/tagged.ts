import { paginateDescribeTags, type TagDescription } from "@aws-sdk/client-ec2";
import { tagKeys } from "../../../model/kopsKeys";
import type { Inputs } from "../registrations";
import { all, once, only, type Finder, type Finders, type Place } from "./found";

/** EC2's names of the types that the cluster's tags identify. */
const kinds = {
  "aws:ec2/vpc:Vpc": ["vpc", "VPC"],
  "aws:ec2/vpcDhcpOptions:VpcDhcpOptions": ["dhcp-options", "DHCP options set"],
  "aws:ec2/subnet:Subnet": ["subnet", "subnet"],
  "aws:ec2/internetGateway:InternetGateway": ["internet-gateway", "internet gateway"],
  "aws:ec2/routeTable:RouteTable": ["route-table", "route table"],
  "aws:ec2/securityGroup:SecurityGroup": ["security-group", "security group"],
  "aws:ebs/volume:Volume": ["volume", "volume"],
} as const;

/** EC2 takes so many values of a filter. */
const mostValues = 200;

interface Tagged {
  readonly id: string;
  readonly kind: string;
  readonly tags: ReadonlyMap<string, string>;
}

/** Resources of EC2 that have no name of their own: kOps knows them by the tags for cluster and name, and so does this. */
export function taggedFinders(place: Place): Finders {
  const tagged = once(() => taggedResources(place));
  const finder =
    (kind: string, title: string): Finder =>
    async (inputs) => {
      const name = nameOf(inputs);
      const found = (await tagged()).filter((each) => each.kind === kind && each.tags.get(tagKeys.name) === name);
      return only(found, described(title, place, name), ({ id }) => ({ id }));
    };
  const listed = Object.fromEntries(Object.entries(kinds).map(([type, [kind, title]]) => [type, finder(kind, title)]));
  return { ...listed, ...addressFinders(place) };
}

async function taggedResources({ aws, clusterName }: Place): Promise<readonly Tagged[]> {
  const ofCluster = [
    { Name: "key", Values: [tagKeys.cluster] },
    { Name: "value", Values: [clusterName] },
  ];
  const owned = await all(paginateDescribeTags({ client: aws.ec2 }, { Filters: ofCluster }), ({ Tags }) => Tags);
  const ids = [...new Set(owned.map(({ ResourceId = "" }) => ResourceId))];
  const byId = new Map<string, TagDescription[]>();
  for (let start = 0; start < ids.length; start += mostValues) {
    const Filters = [{ Name: "resource-id", Values: ids.slice(start, start + mostValues) }];
    const tags = await all(paginateDescribeTags({ client: aws.ec2 }, { Filters }), ({ Tags }) => Tags);
    for (const tag of tags) {
      const { ResourceId = "" } = tag;
      byId.set(ResourceId, [...(byId.get(ResourceId) ?? []), tag]);
    }
  }
  return [...byId].map(([id, tags]) => ({
    id,
    kind: tags[0]?.ResourceType ?? "",
    tags: new Map(tags.map(({ Key = "", Value = "" }) => [Key, Value])),
  }));
}

/** Of these, EC2's list of tags has the deleted ones for an hour. */
function addressFinders(place: Place): Finders {
  const { ec2 } = place.aws;
  const filters = (name: string) => [
    { Name: `tag:${tagKeys.cluster}`, Values: [place.clusterName] },
    { Name: `tag:${tagKeys.name}`, Values: [name] },
  ];
  return {
    "aws:ec2/eip:Eip": async (inputs) => {
      const name = nameOf(inputs);
      const { Addresses = [] } = await ec2.describeAddresses({ Filters: filters(name) });
      return only(Addresses, described("Elastic IP address", place, name), ({ AllocationId = "" }) => ({
        id: AllocationId,
      }));
    },
    "aws:ec2/natGateway:NatGateway": async (inputs) => {
      const name = nameOf(inputs);
      const running = { Name: "state", Values: ["pending", "available"] };
      const { NatGateways = [] } = await ec2.describeNatGateways({ Filter: [...filters(name), running] });
      // Not every simulator of EC2 filters gateways by tags.
      const found = NatGateways.filter(({ Tags = [] }) =>
        Tags.some(({ Key, Value }) => Key === tagKeys.name && Value === name),
      );
      return only(found, described("NAT gateway", place, name), ({ NatGatewayId = "" }) => ({
        id: NatGatewayId,
      }));
    },
  };
}

function nameOf(inputs: Inputs): string {
  const tags = (inputs["tags"] ?? {}) as Readonly<Record<string, string>>;
  return tags[tagKeys.name] ?? "";
}

function described(title: string, { clusterName }: Place, name: string): string {
  return `${title} with the tags ${tagKeys.cluster}=${clusterName} and ${tagKeys.name}=${name}`;
}
