import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ec2Client, type AwsSettings } from "../../../provider/src/resources/aws/awsSettings";
import { KarpenterInstances } from "../../../provider/src/resources/karpenter/karpenterInstances";
import { Ec2 } from "./ec2";
import { failureOf, TestRun } from "./testRun";

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

describe("the AWS settings of the plugin's own calls", function () {
  this.timeout(30_000);
  let ec2: Ec2;
  let folder: string;

  beforeEach(async () => {
    ec2 = await Ec2.start({});
    folder = mkdtempSync(join(tmpdir(), "aws-settings-"));
  });
  afterEach(async () => {
    delete process.env["AWS_CONFIG_FILE"];
    rmSync(folder, { recursive: true });
    await ec2.stop();
  });

  async function callsWith(settings: AwsSettings): Promise<readonly string[]> {
    await new KarpenterInstances(await ec2Client("us-east-1", settings), "c.example.com", new TestRun()).find();
    return ec2.calls;
  }

  it("are those of the environment where the stack has none", async () => {
    expect(await callsWith({})).to.deep.equal(["DescribeInstances by environment"]);
  });

  it("are the stack's keys", async () => {
    const settings = { accessKey: "stack", secretKey: "secret", token: "token" };
    expect(await callsWith(settings)).to.deep.equal(["DescribeInstances by stack"]);
  });

  it("are the stack's profile, before the keys of the environment", async () => {
    process.env["AWS_CONFIG_FILE"] = join(folder, "config");
    const lines = ["[profile deployer]", "aws_access_key_id = profile", "aws_secret_access_key = secret"];
    writeFileSync(join(folder, "config"), lines.join("\n"));
    expect(await callsWith({ profile: "deployer" })).to.deep.equal(["DescribeInstances by profile"]);
    expect(await failureOf(callsWith({ profile: "missing" }))).to.match(
      /^EC2 DescribeInstances: CredentialsProviderError/,
    );
  });

  it("are the stack's roles, each assumed by the one before it", async () => {
    const assumeRoles = [{ roleArn: role("first"), externalId: "e" }, { roleArn: role("second") }];
    expect(await callsWith({ assumeRoles })).to.deep.equal([
      `AssumeRole by environment ${role("first")}`,
      `AssumeRole by first ${role("second")}`,
      "DescribeInstances by second",
    ]);
  });

  it("are a role for a web identity, whose token is read when it is needed", async () => {
    const webIdentityTokenFile = join(folder, "token");
    writeFileSync(webIdentityTokenFile, "token\n");
    const assumeRoleWithWebIdentity = { roleArn: role("web"), webIdentityTokenFile };
    expect(await callsWith({ assumeRoleWithWebIdentity })).to.deep.equal([
      `AssumeRoleWithWebIdentity by nobody ${role("web")}`,
      "DescribeInstances by web",
    ]);
  });

  it("are the stack's endpoints, service by service", async () => {
    process.env["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1";
    const settings = {
      endpoints: [{ ec2: ec2.url, s3: "http://127.0.0.1:1" }, { sts: ec2.url }],
      assumeRoles: [{ roleArn: role("first") }],
    };
    expect(await callsWith(settings)).to.deep.equal([
      `AssumeRole by environment ${role("first")}`,
      "DescribeInstances by first",
    ]);
  });
});
