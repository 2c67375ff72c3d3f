/** Every YAML example and scenario, up and down. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateTransitGatewayCommand,
  CreateVpcCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { inventory } from "../support/inventory";
import { awsSettings, type LocalCloud, repository, useLocalCloud, variable } from "../support/localCloud";
import { type Program, readProgram, yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;
const examples = join(repository, "examples");
const scenarios = readdirSync(join(examples, "scenarios")).sort();
/** Has to have a cluster that runs: the tier "kubernetes" brings it up. */
const previewed = new Set(["scenarios/application"]);

describe("the YAML examples", function () {
  this.timeout(5 * MINUTES);
  const cloud = useLocalCloud();

  for (const folder of ["yaml", ...scenarios.map((name) => `scenarios/${name}`)]) {
    const text = readFileSync(join(examples, folder, "Pulumi.yaml"), "utf8");

    it(`${folder} has at most 40 lines`, () => {
      expect(text.split("\n").length).to.be.at.most(41);
    });

    it(`${folder} can be ${previewed.has(folder) ? "previewed" : "created and destroyed"}`, async () => {
      const project = await yamlProject(cloud, await placed(readProgram(text), cloud));
      const log = await project.run("preview");
      expect(log).to.match(/\+ \d{2,} to create/);
      if (previewed.has(folder)) return;
      const empty = await inventory(cloud);
      await project.up();
      await project.unchanged();
      await project.destroy();
      expect(await inventory(cloud)).to.deep.equal(empty);
    });
  }
});

/** In a network of the user's own, where the example has one, and with the local cloud's files in the place of a mirror's. */
async function placed(program: Program, cloud: LocalCloud): Promise<Program> {
  const { config, resources } = program as {
    config?: Record<string, { default: string }>;
    resources: Record<string, { properties: Record<string, Record<string, unknown>> }>;
  };
  const { assets, karpenter } = resources["cluster"]?.properties ?? {};
  // The local cloud has no mirror, and no cluster to install Karpenter into.
  const kopsBaseUrl = variable(cloud, "KOPS_BASE_URL");
  if (assets !== undefined) Object.assign(assets, { kopsBaseUrl, fileRepository: new URL(kopsBaseUrl).origin });
  if (karpenter !== undefined) karpenter["install"] = false;
  if (config?.["vpcId"] === undefined || config["transitGatewayId"] === undefined) return program;
  const client = new EC2Client(awsSettings(cloud));
  const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: "10.50.0.0/16" }));
  const { InternetGateway } = await client.send(new CreateInternetGatewayCommand({}));
  const attachment = { InternetGatewayId: InternetGateway?.InternetGatewayId ?? "", VpcId: Vpc?.VpcId ?? "" };
  await client.send(new AttachInternetGatewayCommand(attachment));
  const { TransitGateway } = await client.send(new CreateTransitGatewayCommand({}));
  config["vpcId"].default = attachment.VpcId;
  config["transitGatewayId"].default = TransitGateway?.TransitGatewayId ?? "";
  return program;
}
