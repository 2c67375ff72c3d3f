/** The resources whose creation a killed engine left open, and what AWS calls those that were created after all. */
import {
  DescribeLaunchTemplatesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import {
  DescribeListenersCommand,
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
    case "SecurityGroupIngressRule":
    case "SecurityGroupEgressRule": {
      const filters = [{ Name: "group-id", Values: [String(inputs["securityGroupId"])] }];
      const { SecurityGroupRules: rules } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters: filters }));
      const isEgress = type.endsWith("EgressRule");
      return rules?.find((rule) => rule.IsEgress === isEgress && isSame(rule, inputs))?.SecurityGroupRuleId;
    }
    case "Listener": {
      const found = await balancing.send(
        new DescribeListenersCommand({ LoadBalancerArn: String(inputs["loadBalancerArn"]) }),
      );
      return found.Listeners?.find(({ Port }) => Port === inputs["port"])?.ListenerArn;
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

function isSame(rule: SecurityGroupRule, inputs: Readonly<Record<string, unknown>>): boolean {
  const { IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, ReferencedGroupInfo } = rule;
  // AWS says -1 for all ports, where a program says nothing.
  const port = (value: unknown): unknown => value ?? -1;
  return (
    IpProtocol === inputs["ipProtocol"] &&
    port(FromPort) === port(inputs["fromPort"]) &&
    port(ToPort) === port(inputs["toPort"]) &&
    CidrIpv4 === inputs["cidrIpv4"] &&
    CidrIpv6 === inputs["cidrIpv6"] &&
    ReferencedGroupInfo?.GroupId === inputs["referencedSecurityGroupId"]
  );
}
