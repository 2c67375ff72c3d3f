/** The resources whose creation a killed engine left open, and what AWS calls those that were created after all. */
import { DescribeLaunchTemplatesCommand, DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient, ListOpenIDConnectProvidersCommand } from "@aws-sdk/client-iam";
import { GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { awsSettings, type LocalCloud } from "../support/localCloud";
import type { PulumiProject } from "../support/pulumiProject";

export interface Pending {
  readonly urn: string;
  readonly type: string;
  readonly parent: string;
  /** A URN and an ID. */
  readonly provider: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export async function pendingCreates(project: PulumiProject): Promise<readonly Pending[]> {
  const { deployment } = JSON.parse(await project.exported("--show-secrets")) as {
    deployment: { pending_operations?: readonly { type: string; resource: Pending }[] };
  };
  return (deployment.pending_operations ?? [])
    .filter(({ type }) => type === "creating")
    .map(({ resource }) => resource);
}

/** The ID by which `pulumi import` finds it; undefined where AWS has none of that name. */
export async function idInAws(cloud: LocalCloud, { type, inputs }: Pending): Promise<string | undefined> {
  const settings = awsSettings(cloud);
  const name = typeof inputs["name"] === "string" ? inputs["name"] : "";
  const ec2 = new EC2Client(settings);
  const balancing = new ElasticLoadBalancingV2Client(settings);
  switch (type.split(":").at(-1)) {
    case "Role":
    case "InstanceProfile":
    case "Group":
    case "EventRule":
      return name;
    case "Bucket":
    case "BucketV2":
      return inputs["bucket"] as string | undefined;
    case "KeyPair":
      return inputs["keyName"] as string | undefined;
    case "RolePolicy":
      return `${String(inputs["role"])}:${name}`;
    case "Route":
      return `${String(inputs["routeTableId"])}_${String(inputs["destinationCidrBlock"] ?? inputs["destinationIpv6CidrBlock"])}`;
    case "RouteTableAssociation":
      return `${String(inputs["subnetId"])}/${String(inputs["routeTableId"])}`;
    case "LaunchTemplate": {
      const found = await ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: [name] }));
      return found.LaunchTemplates?.[0]?.LaunchTemplateId;
    }
    case "SecurityGroup": {
      const filters = [
        { Name: "group-name", Values: [name] },
        { Name: "vpc-id", Values: [String(inputs["vpcId"])] },
      ];
      return (await ec2.send(new DescribeSecurityGroupsCommand({ Filters: filters }))).SecurityGroups?.[0]?.GroupId;
    }
    case "LoadBalancer":
      return (await balancing.send(new DescribeLoadBalancersCommand({ Names: [name] }))).LoadBalancers?.[0]
        ?.LoadBalancerArn;
    case "TargetGroup":
      return (await balancing.send(new DescribeTargetGroupsCommand({ Names: [name] }))).TargetGroups?.[0]
        ?.TargetGroupArn;
    case "Queue":
      return (await new SQSClient(settings).send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
    case "OpenIdConnectProvider": {
      const host = String(inputs["url"]).replace(/^https:\/\//, "");
      const { OpenIDConnectProviderList: all } = await new IAMClient(settings).send(
        new ListOpenIDConnectProvidersCommand({}),
      );
      return all?.find(({ Arn }) => Arn?.endsWith(`/${host}`))?.Arn;
    }
    default:
      return undefined;
  }
}
