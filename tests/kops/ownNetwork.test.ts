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
import { clusterStack } from "../support/clusterStack";
import { parseDryRun, unexpected } from "../support/dryRun";
import { KopsCommand } from "../support/kopsCommand";
import { awsSettings, useLocalCloud } from "../support/localCloud";
import { CLUSTER } from "./clusters";
import { networks, ranges, utilityRanges, zone as hostedZone, type OwnIds } from "./networks";

const MINUTES = 60_000;

/** The user's VPC, with a way out and subnets that carry a tag of the user's. */
class OwnNetwork implements OwnIds {
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

for (const { title, inputs } of networks) {
  describe(`kOps and the component, on ${title}`, function () {
    this.timeout(6 * MINUTES);
    const cloud = useLocalCloud();

    it("kOps has nothing to change except the allowed differences, and a destroyed cluster leaves no tag on what is the user's", async () => {
      const settings = awsSettings(cloud);
      const own = new OwnNetwork(new EC2Client(settings));
      await own.make();
      await own.makeZone(new Route53Client(settings), hostedZone);
      const before = await own.tags();
      const stack = await clusterStack(cloud, {
        clusterName: CLUSTER,
        ...inputs(own),
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
