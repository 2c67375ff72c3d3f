import { IAM } from "@aws-sdk/client-iam";
import { EC2 } from "@aws-sdk/client-ec2";
import { S3 } from "@aws-sdk/client-s3";
import type { PreviewResult, PulumiFn, Stack } from "@pulumi/pulumi/automation";
import { Subnet } from "@pulumi/aws/ec2/subnet";
import { Vpc } from "@pulumi/aws/ec2/vpc";
import { Role } from "@pulumi/aws/iam/role";
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { inlineStack } from "../../support/inlineStack";
import { awsSettings, useLocalCloud } from "../../support/localCloud";
import { program } from "./program";

describe("stand-in providers in the real engine", function () {
  this.timeout(180_000);
  const cloud = useLocalCloud();
  let stack: Stack;
  let s3: S3;
  let iam: IAM;
  let ec2: EC2;

  before(async () => {
    stack = await stackOf("all", program({}));
    const client = awsSettings(cloud);
    s3 = new S3({ ...client, forcePathStyle: true });
    iam = new IAM(client);
    ec2 = new EC2(client);
  });

  function stackOf(stackName: string, run: PulumiFn): Promise<Stack> {
    return inlineStack({ stackName, projectName: "standins", program: run }, { envVars: cloud.env });
  }

  /** Changes that are more than "same". */
  function changes(result: PreviewResult): Record<string, number> {
    return Object.fromEntries(Object.entries(result.changeSummary).filter(([kind]) => kind !== "same"));
  }

  async function output(name: string): Promise<string> {
    return String((await stack.outputs())[name]?.value);
  }

  it("create every kind of resource, and then report no changes", async () => {
    const up = await stack.up();
    expect(up.summary.resourceChanges).to.have.property("create").that.is.greaterThan(60);
    expect(up.outputs["account"]?.value).to.equal("123456789012");
    expect(up.outputs["parameter"]?.value).to.equal(up.outputs["image"]?.value);
    expect(up.outputs["rootDevice"]?.value).to.equal("/dev/sda1");
    expect(up.outputs["interfaces"]?.value).to.have.lengthOf(1);
    expect(changes(await stack.preview())).to.deep.equal({});
  });

  it("use an explicit provider's region and default tags", async () => {
    expect(await output("westArn")).to.match(/^arn:aws:ec2:us-west-2:/);
    expect((await stack.outputs())["westTags"]?.value).to.deep.equal({ Name: "west", from: "provider" });
  });

  it("keep secrets out of the state, and issue valid certificates", async () => {
    // The Automation API's export shows secrets; the backend's file is what is kept.
    const text = fs.readFileSync(
      path.join(cloud.dir, "pulumi-state", ".pulumi", "stacks", "standins", "all.json"),
      "utf8",
    );
    expect(text).to.contain("masters.c.example.com");
    expect(text).not.to.contain("hush-hush-object");
    expect(text).not.to.contain("PRIVATE KEY");
    const outputs = await stack.outputs();
    expect(outputs["adminKey"]?.secret).to.equal(true);
    const files = { ca: outputs["caCert"]?.value as string, leaf: outputs["adminCert"]?.value as string };
    for (const [name, content] of Object.entries(files)) fs.writeFileSync(path.join(cloud.dir, `${name}.pem`), content);
    const verified = execFileSync("openssl", ["verify", "-CAfile", "ca.pem", "leaf.pem"], {
      cwd: cloud.dir,
      encoding: "utf8",
    });
    expect(verified.trim()).to.equal("leaf.pem: OK");
  });

  it("detect and repair what somebody changed or deleted", async () => {
    const Bucket = await output("bucket");
    await s3.putObject({ Bucket, Key: "c/config", Body: "kind: Edited\n", ContentType: "text/plain" });
    await s3.deleteObject({ Bucket, Key: "c/empty" });
    await iam.updateRole({ RoleName: "masters.c.example.com", Description: "edited" });
    await ec2.createTags({ Resources: [await output("subnetId")], Tags: [{ Key: "Name", Value: "edited" }] });
    const refreshed = await stack.refresh();
    expect(refreshed.summary.resourceChanges).to.include({ update: 3, delete: 1 });
    expect(changes(await stack.preview())).to.deep.equal({ update: 3, create: 1 });
    await stack.up();
    const object = await s3.getObject({ Bucket, Key: "c/config" });
    expect(await object.Body?.transformToString()).to.equal("kind: Cluster\n");
    expect((await iam.getRole({ RoleName: "masters.c.example.com" })).Role?.Description).to.equal("control plane");
    expect(changes(await stack.preview())).to.deep.equal({});
  });

  it("update in place where possible, and replace otherwise", async () => {
    const before = await output("subnetId");
    const changed = await stackOf(
      "all",
      program({ roleDescription: "other", userData: "#!/bin/bash\necho two\n", objectText: "kind: Other\n" }),
    );
    expect(changes(await changed.preview())).to.deep.equal({ update: 4 });
    await changed.up();
    const template = await ec2.describeLaunchTemplates({ LaunchTemplateNames: ["masters.c.example.com"] });
    expect(template.LaunchTemplates?.[0]?.DefaultVersionNumber).to.equal(2);
    expect(await output("subnetId")).to.equal(before);
    const moved = await stackOf("moved", movable("us-east-1a", "10.2.0.0/24"));
    const first = (await moved.up()).outputs["id"]?.value as string;
    const second = (await (await stackOf("moved", movable("us-east-1b", "10.2.1.0/24"))).up()).outputs["id"]
      ?.value as string;
    expect(second).not.to.equal(first);
    expect((await ec2.describeSubnets({ SubnetIds: [second] })).Subnets?.[0]?.AvailabilityZone).to.equal("us-east-1b");
    await moved.destroy();
  });

  it("report the operation, code and reason of a failed call, and keep the other resources", async () => {
    const wrong = await stackOf("wrong", () => {
      new Vpc("good", { cidrBlock: "10.1.0.0/16" });
      new Subnet("bad", { vpcId: "vpc-0123456789abcdef0", cidrBlock: "10.1.0.0/24" });
      return Promise.resolve();
    });
    const failure = await wrong.up().then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    expect(failure).to.match(/ec2 CreateSubnet: InvalidVpcID\.NotFound: .*vpc-0123456789abcdef0/);
    expect((await wrong.exportStack()).deployment.resources.map((each: { type: string }) => each.type)).to.include(
      "aws:ec2/vpc:Vpc",
    );
    await wrong.destroy();
  });

  it("refuse an unknown or unimplemented input in a preview", async () => {
    const wrong = await stackOf("refused", () => {
      new Role("role", { assumeRolePolicy: "{}", managedPolicyArns: ["x"], nonsense: 1 } as never);
      return Promise.resolve();
    });
    const failure = await wrong.preview().then(
      () => "",
      (error: unknown) => (error as Error).message,
    );
    expect(failure).to.contain("the stand-in provider does not implement it");
  });

  it("destroy everything", async () => {
    await stack.destroy();
    expect((await s3.listBuckets({})).Buckets ?? []).to.have.lengthOf(0);
    expect((await iam.listRoles({})).Roles ?? []).to.have.lengthOf(0);
    const own = await ec2.describeVpcs({ Filters: [{ Name: "isDefault", Values: ["false"] }] });
    expect(own.Vpcs ?? []).to.have.lengthOf(0);
    expect(
      (
        await ec2.describeNetworkInterfaces({
          Filters: [{ Name: "interface-type", Values: ["network_load_balancer"] }],
        })
      ).NetworkInterfaces,
    ).to.deep.equal([]);
  });
});

/** The new subnet is there before the old one goes, so that it cannot have the same range. */
function movable(availabilityZone: string, cidrBlock: string): PulumiFn {
  return () => {
    const vpc = new Vpc("vpc", { cidrBlock: "10.2.0.0/16" });
    const subnet = new Subnet("subnet", { vpcId: vpc.id, cidrBlock, availabilityZone });
    return Promise.resolve({ id: subnet.id });
  };
}
