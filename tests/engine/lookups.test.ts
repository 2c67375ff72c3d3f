/** What only AWS can tell of a program's inputs, told in the preview: whole lines, warnings, and how long it takes. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { inventory, type Inventory } from "../support/inventory";
import { awsSettings, useLocalCloud, variable } from "../support/localCloud";
import { type Outcome, type Program, PulumiProject, yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;
const good = { clusterName: "looked.example.com", zones: ["us-east-1a"] };
const key = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000";

/** The local cloud's image with a snapshot of 256 GiB. */
const large = "ami-0256f000000000000";
const egress = ["tgw-0123456789abcdef0", "nat-0123456789abcdef0", "eipalloc-0123456789abcdef0"] as const;

const program = (properties: object): Program => ({
  resources: { cluster: { type: "kops-karpenter:KopsKarpenterCluster", properties } },
});

/** The lines of the error about the cluster's inputs. The engine keeps no order among properties. */
function problems({ output }: Outcome): readonly string[] {
  const lines = output
    .slice(output.indexOf("Diagnostics:"))
    .split("\n")
    .map((line) => line.trim());
  return lines
    .filter((line) => line.startsWith("- property "))
    .map((line) => line.slice("- ".length))
    .sort();
}

function diagnostics({ output }: Outcome, kind: "error" | "warning"): readonly string[] {
  const lines = output.slice(output.indexOf("Diagnostics:")).split("\n");
  return lines.flatMap((line) => (line.trim().startsWith(`${kind}: `) ? [line.trim().slice(kind.length + 2)] : []));
}

describe("look-ups in a preview", function () {
  this.timeout(4 * MINUTES);
  const cloud = useLocalCloud();
  let project: Awaited<ReturnType<typeof yamlProject>>;
  let empty: Inventory;

  before(async () => {
    empty = await inventory(cloud);
    project = await yamlProject(cloud, program(good));
  });

  async function preview(properties: object, env: Readonly<Record<string, string | undefined>> = {}) {
    project.write(program(properties));
    const settings = Object.entries({ ...cloud.env, ...env }).filter(([, value]) => value !== undefined);
    const changed = { ...cloud, env: Object.fromEntries(settings) as Record<string, string> };
    return new PulumiProject(changed, project.folder).attempt("preview");
  }

  it("tell of fourteen mistakes in fourteen lines", async () => {
    const clean = await preview(good);
    expect(clean.code, clean.output).to.equal(0);
    const mistaken = await preview({
      ...good,
      zones: ["us-east-1a", "us-east-1b", "us-east-1g"],
      network: {
        topology: "private",
        vpcId: "vpc-0123456789abcdef0",
        cidr: "10.0.0.0/16",
        subnets: ["us-east-1a", "us-east-1b", "us-east-1g"].flatMap((zone, index) => [
          { zone, cidr: `10.0.${16 * index}.0/20`, egress: egress[index] },
          { zone, cidr: `10.0.${128 + index}.0/24`, type: "Utility" },
        ]),
      },
      dns: { type: "public", zone: "example.com" },
      clusterSpec: { sshKeyName: "none" },
      controlPlane: {
        instanceType: "m5.larg",
        image: "ami-xyz",
        etcdVolume: { encrypted: true, kmsKeyArn: key },
      },
      nodeGroups: {
        web: {
          instanceTypes: ["m99.gigantic", "t3.large"],
          images: ["ssm:/none", "ubuntu/none"],
          additionalSecurityGroupIds: ["sg-0123456789abcdef0"],
        },
      },
    });
    expect(problems(mistaken)).to.deep.equal([
      `property clusterSpec.sshKeyName with value '{none}' has a problem: no such key pair in us-east-1, got "none"; must be the name of an EC2 key pair there`,
      `property controlPlane.etcdVolume.kmsKeyArn with value '{${key}}' has a problem: no such KMS key in us-east-1, got "${key}"; must be the ARN of a key there`,
      `property controlPlane.image with value '{ami-xyz}' has a problem: no such image in us-east-1, got "ami-xyz"; must be one that the account can use there`,
      `property controlPlane.instanceType with value '{m5.larg}' has a problem: unknown instance type, got "m5.larg"; must be one that us-east-1 offers`,
      `property dns.zone with value '{example.com}' has a problem: no such hosted zone, got "example.com"; must be a public hosted zone of the account`,
      `property network.subnets[0].egress with value '{${egress[0]}}' has a problem: no such transit gateway in us-east-1, got "${egress[0]}"; must be one that the account has or shares`,
      `property network.subnets[2].egress with value '{${egress[1]}}' has a problem: no such NAT gateway in us-east-1, got "${egress[1]}"; must be one of network.vpcId`,
      `property network.subnets[4].egress with value '{${egress[2]}}' has a problem: no such elastic IP in us-east-1, got "${egress[2]}"; must be the allocation id of one of the account`,
      `property network.vpcId with value '{vpc-0123456789abcdef0}' has a problem: no such VPC in us-east-1, got "vpc-0123456789abcdef0"; must be a VPC of the account`,
      `property nodeGroups.web.additionalSecurityGroupIds[0] with value '{sg-0123456789abcdef0}' has a problem: no such security group in us-east-1, got "sg-0123456789abcdef0"; must be one of the cluster's VPC`,
      `property nodeGroups.web.images[0] with value '{ssm:/none}' has a problem: no such image in us-east-1, got "ssm:/none"; must be one that the account can use there`,
      `property nodeGroups.web.images[1] with value '{ubuntu/none}' has a problem: no such image in us-east-1, got "ubuntu/none"; must be one that the account can use there`,
      `property nodeGroups.web.instanceTypes[0] with value '{m99.gigantic}' has a problem: unknown instance type, got "m99.gigantic"; must be one that us-east-1 offers`,
      `property zones[2] with value '{us-east-1g}' has a problem: not a zone that this account can use, got "us-east-1g"; must be one of "us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"`,
    ]);
    expect(mistaken.output).not.to.include("error serializing");
  });

  it("tell of them in the same list as what is wrong by itself", async () => {
    const outcome = await preview({
      ...good,
      controlPlane: { instanceType: "m5.larg", image: large, rootVolume: { size: 20 } },
      karpenter: { version: "0.37.0" },
    });
    expect(problems(outcome)).to.deep.equal([
      `property controlPlane.instanceType with value '{m5.larg}' has a problem: unknown instance type, got "m5.larg"; must be one that us-east-1 offers`,
      `property controlPlane.rootVolume.size with value '{20}' has a problem: smaller than the image, got 20; must be at least 256 GiB, the size of "${large}" (${large})`,
      `property karpenter.version with value '{0.37.0}' has a problem: legacy Karpenter, got "0.37.0"; must be 1.0 or later, whose API is karpenter.sh/v1`,
    ]);
  });

  it("refuse a provider of another region", async () => {
    const outcome = await preview(good, { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-1" });
    expect(problems(outcome)).to.deep.equal([
      `property zones with value '{[{us-east-1a}]}' has a problem: in another region than the AWS provider, got "us-east-1a"; must be in eu-west-1, or the provider's region must be us-east-1`,
    ]);
  });

  it("say in one line that credentials are missing", async () => {
    const outcome = await preview(good, { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    expect(outcome.code).not.to.equal(0);
    expect(diagnostics(outcome, "error")).to.deep.equal([
      "kops-karpenter:index:KopsKarpenterCluster resource 'cluster' has a problem: no AWS credentials that work; set them for the stack, for example with AWS_PROFILE or aws:profile",
    ]);
    expect(outcome.output).not.to.match(/\n\s+at /);
  });

  it("warn where a call is not permitted, and name it", async () => {
    const guarded = await denying(variable(cloud, "AWS_ENDPOINT_URL"), "DescribeInstanceTypeOfferings");
    try {
      const outcome = await preview(good, { AWS_ENDPOINT_URL_EC2: guarded.url });
      expect(outcome.code, outcome.output).to.equal(0);
      expect(diagnostics(outcome, "warning").filter((line) => !line.startsWith("using "))).to.deep.equal([
        "controlPlane.instanceType was not looked up: not permitted to call ec2:DescribeInstanceTypeOfferings",
      ]);
    } finally {
      guarded.server.close();
    }
  });

  it("can be switched off", async () => {
    const outcome = await preview({ ...good, zones: ["us-east-1g"], preflight: { skip: true } });
    expect(outcome.code, outcome.output).to.equal(0);
  });

  it("change nothing", async () => {
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  it("tell what a VPC of the user's lacks", async () => {
    const client = new EC2Client(awsSettings(cloud));
    const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: "10.1.0.0/16" }));
    const vpcId = Vpc?.VpcId ?? "";
    const outcome = await preview({ ...good, network: { vpcId, cidr: "10.0.0.0/16" } });
    expect(problems(outcome)).to.deep.equal([
      `property network.cidr with value '{10.0.0.0/16}' has a problem: not a range of the VPC, got "10.0.0.0/16"; must be one of "10.1.0.0/16"`,
      `property network.vpcId with value '{${vpcId}}' has a problem: VPC without an internet gateway, got "${vpcId}"; must have one attached, for the subnets that are created or the public load balancer`,
    ]);
  });
});

/** Stands before the simulated AWS and refuses one action as IAM does. */
async function denying(target: string, action: string): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      if (body.toString().includes(`Action=${action}`)) {
        const text = `User: arn:aws:iam::123456789012:user/me is not authorized to perform: ec2:${action}`;
        const error = `<Error><Code>UnauthorizedOperation</Code><Message>${text}</Message></Error>`;
        response.writeHead(403).end(`<Response><Errors>${error}</Errors><RequestID>1</RequestID></Response>`);
        return;
      }
      const headers = Object.fromEntries(
        ["authorization", "content-type", "x-amz-date"].map((name) => [name, String(request.headers[name])]),
      );
      void fetch(target, { method: "POST", headers, body }).then(async (answer) => {
        response.writeHead(answer.status, { "content-type": "text/xml" }).end(await answer.text());
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
