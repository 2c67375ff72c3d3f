/** Networks that kOps takes for the user's own: an existing VPC, existing subnets and ways out, a NAT gateway that several zones share. */
import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateTransitGatewayCommand,
  CreateVpcCommand,
  DescribeTagsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { expect } from "chai";
import { clusterStack, type ClusterArguments } from "../support/clusterStack";
import { parseDryRun, unexpected } from "../support/dryRun";
import { KopsCommand } from "../support/kopsCommand";
import { awsSettings, useLocalCloud } from "../support/localCloud";
import { CLUSTER } from "./clusters";

const MINUTES = 60_000;
const zones = ["us-east-1a", "us-east-1b"];
const ranges = { "us-east-1a": "10.50.0.0/20", "us-east-1b": "10.50.16.0/20" } as const;
const utilityRanges = { "us-east-1a": "10.50.32.0/24", "us-east-1b": "10.50.33.0/24" } as const;

/** The user's VPC, with a way out and subnets that carry a tag of the user's. */
class OwnNetwork {
  vpcId = "";
  transitGatewayId = "";
  natGatewayId = "";
  allocationId = "";
  /** By range. */
  readonly subnets = new Map<string, string>();

  constructor(private readonly client: EC2Client) {}

  async make(): Promise<void> {
    const { Vpc } = await this.client.send(new CreateVpcCommand({ CidrBlock: "10.50.0.0/16" }));
    this.vpcId = Vpc?.VpcId ?? "";
    const { InternetGateway } = await this.client.send(new CreateInternetGatewayCommand({}));
    const attachment = { InternetGatewayId: InternetGateway?.InternetGatewayId ?? "", VpcId: this.vpcId };
    await this.client.send(new AttachInternetGatewayCommand(attachment));
    const { TransitGateway } = await this.client.send(new CreateTransitGatewayCommand({}));
    this.transitGatewayId = TransitGateway?.TransitGatewayId ?? "";
    for (const byZone of [ranges, utilityRanges]) {
      for (const [AvailabilityZone, CidrBlock] of Object.entries(byZone))
        await this.subnet(AvailabilityZone, CidrBlock);
    }
    const SubnetId = this.subnets.get(utilityRanges["us-east-1a"]);
    const gateway = { SubnetId, AllocationId: await this.address() };
    const { NatGateway } = await this.client.send(new CreateNatGatewayCommand(gateway));
    this.natGatewayId = NatGateway?.NatGatewayId ?? "";
    this.allocationId = await this.address();
  }

  private async address(): Promise<string> {
    return (await this.client.send(new AllocateAddressCommand({ Domain: "vpc" }))).AllocationId ?? "";
  }

  /** A private hosted zone that only this VPC sees. */
  async makeZone(client: Route53Client, Name: string): Promise<void> {
    const VPC = { VPCId: this.vpcId, VPCRegion: "us-east-1" as const };
    const zone = { Name, CallerReference: Name, HostedZoneConfig: { PrivateZone: true }, VPC };
    await client.send(new CreateHostedZoneCommand(zone));
  }

  private async subnet(AvailabilityZone: string, CidrBlock: string): Promise<void> {
    const wanted = new CreateSubnetCommand({ VpcId: this.vpcId, CidrBlock, AvailabilityZone });
    const id = (await this.client.send(wanted)).Subnet?.SubnetId ?? "";
    await this.client.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "mine", Value: "yes" }] }));
    this.subnets.set(CidrBlock, id);
  }

  /** Of all that is the user's. */
  async tags(): Promise<string[]> {
    const ids = [...this.subnets.values(), this.natGatewayId, this.allocationId];
    const { Tags = [] } = await this.client.send(
      new DescribeTagsCommand({ Filters: [{ Name: "resource-id", Values: ids }] }),
    );
    return Tags.map(({ ResourceId, Key, Value }) => [ResourceId, Key, Value].join(" ")).sort();
  }
}

function existing(own: OwnNetwork): ClusterArguments {
  const subnets = [
    ...Object.entries(ranges).map(([zone, cidr]) => ({ zone, cidr, id: own.subnets.get(cidr) })),
    ...Object.entries(utilityRanges).map(([zone, cidr]) => ({
      zone,
      cidr,
      id: own.subnets.get(cidr),
      type: "Utility",
    })),
  ];
  return { topology: "private", vpcId: own.vpcId, cidr: "10.50.0.0/16", subnets, bastion: {} };
}

/** Of `us-east-1a` to `us-east-1c`. */
const threeZones = [...zones, "us-east-1c"];

const dns = { type: "private", zone: "example.com" };
const networks: readonly {
  readonly title: string;
  readonly network: (own: OwnNetwork) => ClusterArguments;
  readonly dns?: ClusterArguments;
  readonly zones?: readonly string[];
}[] = [
  { title: "names in a private hosted zone", network: () => ({}), dns },
  { title: "names of a bastion too", network: () => ({ topology: "private", bastion: {} }), dns },
  { title: "an existing VPC with its subnets", network: existing },
  {
    title: "new subnets in an existing VPC, with one NAT gateway",
    network: ({ vpcId }) => ({
      topology: "private",
      natGateways: "single",
      vpcId,
      cidr: "10.50.0.0/16",
      subnets: [
        { zone: "us-east-1a", cidr: "10.50.64.0/20" },
        { zone: "us-east-1b", cidr: "10.50.80.0/20" },
        { zone: "us-east-1a", cidr: "10.50.96.0/24", type: "Utility" },
        { zone: "us-east-1b", cidr: "10.50.97.0/24", type: "Utility" },
      ],
    }),
  },
  {
    title: "new private subnets behind a transit gateway, a NAT gateway and an address of the user's",
    zones: threeZones,
    network: ({ vpcId, transitGatewayId, natGatewayId, allocationId }) => ({
      topology: "private",
      vpcId,
      cidr: "10.50.0.0/16",
      subnets: [transitGatewayId, natGatewayId, allocationId].flatMap((egress, index) => {
        const zone = threeZones[index];
        return [
          { zone, cidr: `10.50.${String(64 + 16 * index)}.0/20`, egress },
          { zone, cidr: `10.50.${String(128 + index)}.0/24`, type: "Utility" },
        ];
      }),
    }),
  },
  {
    title: "one NAT gateway in a VPC of ours, and subnets in a further range of it",
    network: () => ({
      topology: "private",
      natGateways: "single",
      additionalCidrs: ["172.21.0.0/20"],
      subnets: [
        { zone: "us-east-1a", cidr: "172.20.64.0/20" },
        { zone: "us-east-1b", cidr: "172.21.0.0/21" },
        { zone: "us-east-1a", cidr: "172.20.96.0/24", type: "Utility" },
        { zone: "us-east-1b", cidr: "172.21.8.0/24", type: "Utility" },
      ],
    }),
  },
];

for (const { title, network, dns: names, zones: these } of networks) {
  describe(`kOps and the component, on ${title}`, function () {
    this.timeout(6 * MINUTES);
    const cloud = useLocalCloud();

    it("kOps has nothing to change except the allowed differences, and a destroyed cluster leaves no tag on what is the user's", async () => {
      const settings = awsSettings(cloud);
      const own = new OwnNetwork(new EC2Client(settings));
      await own.make();
      await own.makeZone(new Route53Client(settings), dns.zone);
      const before = await own.tags();
      const stack = await clusterStack(cloud, {
        clusterName: CLUSTER,
        zones: these ?? zones,
        network: network(own),
        ...(names === undefined ? {} : { dns: names }),
      });
      const { outputs } = await stack.up();
      const kops = new KopsCommand(cloud, CLUSTER, {
        state: outputs["stateStore"]?.value as string,
        discovery: outputs["discoveryStore"]?.value as string,
      });
      expect(unexpected(parseDryRun(await kops.dryRun()))).to.deep.equal([]);
      expect((await stack.preview()).changeSummary).to.have.all.keys("same");
      await stack.destroy();
      expect(await own.tags()).to.deep.equal(before);
    });
  });
}
