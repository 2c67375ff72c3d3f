/** What the examples name without its being there: made in a local cloud, so that every look-up finds it. */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as ec2 from "@aws-sdk/client-ec2";
import { CreateTargetGroupCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { kopsSource } from "../../../localcloud/services/kopsSource";
import { selfSigned } from "../../support/certificates";
import { certificate, privateKey, targetGroup as exampleTargetGroup } from "../../support/changes";
import type { ProgramInputs } from "../../support/programInputs";
import { awsSettings, type LocalCloud } from "../../support/localCloud";

export interface Places {
  /** The same inputs with the names of what is really there. */
  in(inputs: ProgramInputs): ProgramInputs;
  end(): void;
}

/** `api`: the URL of a Kubernetes API by address; the example has it by name. */
export async function makePlaces(cloud: LocalCloud, api: string): Promise<Places> {
  const mirror = createServer(({ url = "" }, response) => {
    const source = url.startsWith("/source/") ? kopsSource(url.slice("/source".length)) : undefined;
    response.end(source ?? createHash("sha256").update(url).digest("hex"));
  });
  await new Promise<void>((resolve) => mirror.listen(0, "127.0.0.1", resolve));
  const networks = [await network(cloud), await network(cloud)];
  await twoKeyPairs(cloud);
  const images = await twoImages(cloud);
  const authority = await selfSigned("spare", [], { signsOnly: true, hours: [-1, 87_600] });
  const names = new Map([
    ["https://localhost:8443", api.replace("127.0.0.1", "localhost")],
    ["https://mirror.example.com", `http://127.0.0.1:${String((mirror.address() as AddressInfo).port)}`],
    ["arn:aws:kms:us-east-1:123456789012:key/a", await kmsKey(cloud)],
    ["Z0123456789ABCDEFGHIJ", await hostedZones(cloud)],
    [exampleTargetGroup, await targetGroup(cloud, networks[0]!.vpc)],
    [inJson(certificate("a")), inJson(authority.certificate)],
    [inJson(privateKey("a")), inJson(authority.key)],
    ...["0", "1"].flatMap((end, index): [string, string][] => [
      [`ami-0123456789abcdef${end}`, images[index]!],
      [`vpc-0123456789abcdef${end}`, networks[index]!.vpc],
      [`subnet-0123456789abcdef${end}`, networks[index]!.subnet],
      [`sg-0123456789abcdef${end}`, networks[index]!.securityGroup],
    ]),
  ]);
  return {
    in: (inputs) => {
      const written = [...names].reduce((text, [name, real]) => text.replaceAll(name, real), JSON.stringify(inputs));
      return JSON.parse(written) as ProgramInputs;
    },
    end: () => mirror.close(),
  };
}

async function twoKeyPairs(cloud: LocalCloud): Promise<void> {
  const client = new ec2.EC2Client(awsSettings(cloud));
  for (const KeyName of ["first", "second"]) await client.send(new ec2.CreateKeyPairCommand({ KeyName }));
}

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A VPC with one public subnet, and one more range. */
async function network(cloud: LocalCloud): Promise<{ vpc: string; subnet: string; securityGroup: string }> {
  const client = new ec2.EC2Client(awsSettings(cloud));
  const vpc = (await client.send(new ec2.CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc?.VpcId ?? "";
  await client.send(new ec2.AssociateVpcCidrBlockCommand({ VpcId: vpc, CidrBlock: "10.1.0.0/16" }));
  const range = { VpcId: vpc, CidrBlock: "10.0.0.0/20", AvailabilityZone: "us-east-1a" };
  const subnet = (await client.send(new ec2.CreateSubnetCommand(range))).Subnet?.SubnetId ?? "";
  const { InternetGateway } = await client.send(new ec2.CreateInternetGatewayCommand({}));
  const attached = { VpcId: vpc, InternetGatewayId: InternetGateway?.InternetGatewayId };
  await client.send(new ec2.AttachInternetGatewayCommand(attached));
  const group = { VpcId: vpc, GroupName: "more", Description: "more" };
  return {
    vpc,
    subnet,
    securityGroup: (await client.send(new ec2.CreateSecurityGroupCommand(group))).GroupId ?? "",
  };
}

async function targetGroup(cloud: LocalCloud, VpcId: string): Promise<string> {
  const client = new ElasticLoadBalancingV2Client(awsSettings(cloud));
  const command = new CreateTargetGroupCommand({ Name: "web", Protocol: "TCP", Port: 80, VpcId });
  return (await client.send(command)).TargetGroups?.[0]?.TargetGroupArn ?? "";
}

async function twoImages(cloud: LocalCloud): Promise<readonly string[]> {
  const filters = { architecture: "x86_64", "root-device-type": "ebs", "virtualization-type": "hvm" };
  const Filters = Object.entries(filters).map(([Name, value]) => ({ Name, Values: [value] }));
  const { Images = [] } = await new ec2.EC2Client(awsSettings(cloud)).send(new ec2.DescribeImagesCommand({ Filters }));
  return Images.filter(({ Platform }) => Platform === undefined).map(({ ImageId }) => ImageId ?? "");
}

/** The ID of one that no example has by its name. */
async function hostedZones(cloud: LocalCloud): Promise<string> {
  const client = new Route53Client(awsSettings(cloud));
  const create = async (Name: string, more: object = {}): Promise<string> => {
    const { HostedZone } = await client.send(new CreateHostedZoneCommand({ Name, CallerReference: Name, ...more }));
    return (HostedZone?.Id ?? "").replace("/hostedzone/", "");
  };
  const { Vpcs = [] } = await new ec2.EC2Client(awsSettings(cloud)).send(new ec2.DescribeVpcsCommand({}));
  const VPC = { VPCId: Vpcs[0]?.VpcId, VPCRegion: "us-east-1" };
  await create("example.com");
  await create("team.example.com");
  await create("example.com", { CallerReference: "private", HostedZoneConfig: { PrivateZone: true }, VPC });
  return create("com");
}

async function kmsKey(cloud: LocalCloud): Promise<string> {
  const { endpoint, region, credentials } = awsSettings(cloud);
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": "TrentService.CreateKey",
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260101/${region}/kms/aws4_request`,
  };
  const answer = await fetch(endpoint, { method: "POST", headers, body: "{}" });
  return ((await answer.json()) as { KeyMetadata: { Arn: string } }).KeyMetadata.Arn;
}
