/** Everything that a simulated AWS holds, by kind: for "nothing is left" and "nothing else was touched". */
import * as autoscaling from "@aws-sdk/client-auto-scaling";
import * as ec2 from "@aws-sdk/client-ec2";
import * as elb from "@aws-sdk/client-elastic-load-balancing-v2";
import * as events from "@aws-sdk/client-eventbridge";
import * as iam from "@aws-sdk/client-iam";
import * as s3 from "@aws-sdk/client-s3";
import * as sqs from "@aws-sdk/client-sqs";
import { type AwsSettings, awsSettings, type LocalCloud } from "./localCloud";

export type Inventory = Readonly<Record<string, readonly string[]>>;

/** The sorted names of each kind; kinds of which there are none are left out. */
export async function inventory(cloud: LocalCloud): Promise<Inventory> {
  const settings = awsSettings(cloud);
  const lists = await Promise.all([machines(settings), identities(settings), rest(settings)]);
  const entries = lists
    .flatMap((list) => Object.entries(list))
    .map(([kind, names]) => [kind, names.map((name) => name ?? "?").sort()] as const)
    .filter(([, names]) => names.length > 0);
  return Object.fromEntries(entries);
}

type Names = Record<string, (string | undefined)[]>;

// The simulator ends the machines of a group, and forgets to remove their root volumes and interfaces as AWS does.
async function machines(settings: AwsSettings): Promise<Names> {
  const client = new ec2.EC2Client(settings);
  const named = async <T, I>(
    answer: Promise<T>,
    list: (it: T) => I[] | undefined,
    id: (each: I) => string | undefined,
  ) => (list(await answer) ?? []).map(id);
  const reservations = (await client.send(new ec2.DescribeInstancesCommand({}))).Reservations ?? [];
  const instances = reservations.flatMap((each) => each.Instances ?? []);
  const ended = instances.filter(({ State }) => State?.Name === "terminated").map(({ InstanceId }) => InstanceId);
  const lives = (attachment: { InstanceId?: string | undefined } | undefined): boolean =>
    attachment?.InstanceId === undefined || !ended.includes(attachment.InstanceId);
  return {
    instances: instances.filter((each) => lives(each)).map(({ InstanceId }) => InstanceId),
    vpcs: await named(
      client.send(new ec2.DescribeVpcsCommand({})),
      (it) => it.Vpcs,
      (each) => each.VpcId,
    ),
    subnets: await named(
      client.send(new ec2.DescribeSubnetsCommand({})),
      (it) => it.Subnets,
      (each) => each.SubnetId,
    ),
    "security groups": await named(
      client.send(new ec2.DescribeSecurityGroupsCommand({})),
      (it) => it.SecurityGroups,
      (each) => each.GroupId,
    ),
    "route tables": await named(
      client.send(new ec2.DescribeRouteTablesCommand({})),
      (it) => it.RouteTables,
      (each) => each.RouteTableId,
    ),
    gateways: await named(
      client.send(new ec2.DescribeInternetGatewaysCommand({})),
      (it) => it.InternetGateways,
      (each) => each.InternetGatewayId,
    ),
    "DHCP options": await named(
      client.send(new ec2.DescribeDhcpOptionsCommand({})),
      (it) => it.DhcpOptions,
      (each) => each.DhcpOptionsId,
    ),
    addresses: await named(
      client.send(new ec2.DescribeAddressesCommand({})),
      (it) => it.Addresses,
      (each) => each.AllocationId,
    ),
    volumes: await named(
      client.send(new ec2.DescribeVolumesCommand({})),
      (it) => it.Volumes?.filter(({ Attachments }) => lives(Attachments?.[0])),
      (each) => each.VolumeId,
    ),
    "launch templates": await named(
      client.send(new ec2.DescribeLaunchTemplatesCommand({})),
      (it) => it.LaunchTemplates,
      (each) => each.LaunchTemplateName,
    ),
    "key pairs": await named(
      client.send(new ec2.DescribeKeyPairsCommand({})),
      (it) => it.KeyPairs,
      (each) => each.KeyName,
    ),
    interfaces: await named(
      client.send(new ec2.DescribeNetworkInterfacesCommand({})),
      (it) => it.NetworkInterfaces?.filter(({ Attachment }) => lives(Attachment)),
      (each) => each.NetworkInterfaceId,
    ),
  };
}

async function identities(settings: AwsSettings): Promise<Names> {
  const client = new iam.IAMClient(settings);
  return {
    roles: (await client.send(new iam.ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName) ?? [],
    profiles:
      (await client.send(new iam.ListInstanceProfilesCommand({}))).InstanceProfiles?.map(
        (each) => each.InstanceProfileName,
      ) ?? [],
    "OIDC providers":
      (await client.send(new iam.ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList?.map(
        ({ Arn }) => Arn,
      ) ?? [],
  };
}

async function rest(settings: AwsSettings): Promise<Names> {
  const groups = await new autoscaling.AutoScalingClient(settings).send(
    new autoscaling.DescribeAutoScalingGroupsCommand({}),
  );
  const balancing = new elb.ElasticLoadBalancingV2Client(settings);
  const balancers = await balancing.send(new elb.DescribeLoadBalancersCommand({}));
  const targets = await balancing.send(new elb.DescribeTargetGroupsCommand({}));
  const rules = await new events.EventBridgeClient(settings).send(new events.ListRulesCommand({}));
  const buckets = await new s3.S3Client({ ...settings, forcePathStyle: true }).send(new s3.ListBucketsCommand({}));
  const queues = await new sqs.SQSClient(settings).send(new sqs.ListQueuesCommand({}));
  return {
    "Auto Scaling groups": groups.AutoScalingGroups?.map((each) => each.AutoScalingGroupName) ?? [],
    "load balancers": balancers.LoadBalancers?.map((each) => each.LoadBalancerName) ?? [],
    "target groups": targets.TargetGroups?.map((each) => each.TargetGroupName) ?? [],
    rules: rules.Rules?.map(({ Name }) => Name) ?? [],
    buckets: buckets.Buckets?.map(({ Name }) => Name) ?? [],
    queues: queues.QueueUrls ?? [],
  };
}
