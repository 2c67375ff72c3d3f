/** Programs, one after the other, that say the same under Pulumi's aws plugin and under the stand-in. */
import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import type { ClusterArguments } from "../support/clusterStack";
import { awsSettings, type LocalCloud } from "../support/localCloud";
import { publicKey } from "../unit/plan/fixtures/cases";

/** What the user of a cloud has, before there is a cluster. */
export interface Owned {
  readonly vpcId: string;
  readonly subnetId: string;
}

export interface Step {
  readonly title: string;
  /** A preview takes seconds, an update half a minute: only steps that later ones build on are carried out. */
  readonly how: "preview" | "update" | "refresh" | "destroy";
  readonly inputs: ClusterArguments | ((owned: Owned) => ClusterArguments);
}

export interface Sequence {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** A hosted zone where clusters have their names, and a VPC with a way out and one subnet. */
export async function makeOwned(cloud: LocalCloud): Promise<Owned> {
  const settings = awsSettings(cloud);
  const VPC = { VPCId: "vpc-00000000", VPCRegion: "us-east-1" } as const;
  const zone = { Name: "example.com", CallerReference: "example.com", HostedZoneConfig: { PrivateZone: true }, VPC };
  await new Route53Client(settings).send(new CreateHostedZoneCommand(zone));
  const ec2 = new EC2Client(settings);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.50.0.0/16" }));
  const VpcId = Vpc?.VpcId ?? "";
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  const InternetGatewayId = InternetGateway?.InternetGatewayId ?? "";
  await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId, VpcId }));
  const range = { VpcId, CidrBlock: "10.50.0.0/20", AvailabilityZone: "us-east-1a" };
  const { Subnet } = await ec2.send(new CreateSubnetCommand(range));
  return { vpcId: VpcId, subnetId: Subnet?.SubnetId ?? "" };
}

const role = (...policies: readonly string[]) => ({
  namespace: "apps",
  name: "web",
  policyArns: policies.map((name) => `arn:aws:iam::aws:policy/${name}`),
});
const zones = ["us-east-1a", "us-east-1b"];
/** With as many kinds of resources as one cluster can have. */
const wide = {
  clusterName: "wide.example.com",
  zones,
  kubernetesVersion: "1.35.4",
  network: { topology: "private", bastion: {} },
  dns: { type: "private", zone: "example.com" },
  sshPublicKey: publicKey,
  serviceAccountRoles: [role("ReadOnlyAccess")],
  tags: { team: "a", cost: "b" },
};
const changed = {
  ...wide,
  tags: { team: "b" },
  api: { access: ["10.0.0.0/8", "2001:db8::/32"] },
  sshAccess: ["10.0.0.0/8"],
  nodeGroups: { nodes: {}, batch: {} },
};
const grown = { ...changed, zones: [...zones, "us-east-1c"], acknowledge: ["zones"] };

const wideCluster: Sequence = {
  title: "a private cluster with a bastion, private DNS and roles for service accounts",
  steps: [
    { title: "create", how: "update", inputs: wide },
    { title: "refresh", how: "refresh", inputs: wide },
    { title: "nothing", how: "preview", inputs: wide },
    { title: "other tags, access to the API and SSH, another group", how: "update", inputs: changed },
    {
      title: "an upgrade, a larger control plane and larger volumes",
      how: "preview",
      inputs: {
        ...changed,
        kubernetesVersion: "1.35.5",
        controlPlane: { instanceType: "m6i.large", rootVolume: { size: 100 }, etcdVolume: { size: 40 } },
      },
    },
    {
      title: "one NAT gateway, no interruption handling, other policies of a role",
      how: "preview",
      inputs: {
        ...changed,
        network: { ...wide.network, natGateways: "single" },
        karpenter: { interruptionHandling: false },
        serviceAccountRoles: [role("AmazonS3ReadOnlyAccess")],
      },
    },
    {
      title: "a public topology without a bastion, and no DNS",
      how: "preview",
      inputs: {
        ...changed,
        network: { topology: "public" },
        dns: { type: "none" },
        acknowledge: ["network.topology", "dns.type"],
      },
    },
    {
      title: "another range: the order in which all of a network is replaced",
      how: "preview",
      inputs: { ...changed, network: { ...wide.network, cidr: "172.21.0.0/16" }, acknowledge: ["network.cidr"] },
    },
    { title: "another zone", how: "update", inputs: grown },
    {
      title: "that zone removed, which replaces the load balancer",
      how: "preview",
      inputs: { ...grown, zones },
    },
    { title: "destroy", how: "destroy", inputs: grown },
  ],
};

const own =
  (more: ClusterArguments) =>
  ({ vpcId, subnetId }: Owned) => ({
    clusterName: "own.example.com",
    zones: ["us-east-1a"],
    network: { vpcId, cidr: "10.50.0.0/16", subnets: [{ zone: "us-east-1a", cidr: "10.50.0.0/20", id: subnetId }] },
    ...more,
  });

const ownNetwork: Sequence = {
  title: "a public cluster in a VPC and subnet of the user's",
  steps: [
    { title: "create", how: "update", inputs: own({}) },
    { title: "an SSH key", how: "preview", inputs: own({ sshPublicKey: publicKey }) },
    { title: "destroy", how: "destroy", inputs: own({}) },
  ],
};

export const sequences: readonly Sequence[] = [wideCluster, ownNetwork];
