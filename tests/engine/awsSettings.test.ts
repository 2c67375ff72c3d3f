/** The plugin's own AWS calls use the stack's AWS settings: what the component records of them, and what a destroy does with it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { machinesToken } from "../../provider/src/model/tokens";
import { inlineStack } from "../support/inlineStack";
import { awsSettings, repository, useLocalCloud, variable } from "../support/localCloud";
import { type Program, yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;

describe("the AWS settings of the stack", function () {
  this.timeout(4 * MINUTES);
  const cloud = useLocalCloud();

  describe("are recorded where the plugin itself will call AWS", () => {
    let project: Awaited<ReturnType<typeof yamlProject>>;
    const inputs = {
      clusterName: "settings.example.com",
      zones: ["us-east-1a"],
      karpenter: { install: true },
      api: { endpoint: "https://127.0.0.1:1" },
    };
    const program = (provider: object | undefined): Program => ({
      resources: {
        ...(provider === undefined ? {} : { aws: { type: "pulumi:providers:aws", properties: provider } }),
        cluster: {
          type: "kops-karpenter:KopsKarpenterCluster",
          properties: inputs,
          ...(provider === undefined ? {} : { options: { providers: ["${aws}"] } }),
        },
      },
    });

    before(async () => {
      project = await yamlProject(cloud, program(undefined));
    });

    /** As a preview shows them. */
    async function recorded(...flags: readonly string[]): Promise<unknown> {
      const { code, output, stdout } = await project.attempt("preview", "--json", ...flags);
      expect(code, output).to.equal(0);
      const { steps } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
        steps: { urn: string; newState?: { inputs?: Record<string, unknown> } }[];
      };
      const machines = steps.find(({ urn }) => urn.includes(machinesToken));
      expect(machines, output).not.to.equal(undefined);
      return machines?.newState?.inputs?.["aws"];
    }

    it("are nothing where the environment has them", async () => {
      expect(await recorded("--show-secrets")).to.equal(undefined);
    });

    it("are those of the stack's configuration", async () => {
      await project.run("config", "set", "aws:profile", "deployer");
      await project.run("config", "set", "--secret", "aws:token", "hidden");
      expect(await recorded("--show-secrets")).to.deep.equal({ profile: "deployer", token: "hidden" });
      expect(JSON.stringify(await recorded())).not.to.include("hidden");
      await project.run("config", "rm", "aws:profile");
      await project.run("config", "rm", "aws:token");
    });

    it("are those of an explicit provider", async () => {
      const endpoints = [{ ec2: variable(cloud, "AWS_ENDPOINT_URL") }];
      const provider = { region: "us-east-1", accessKey: "stack", secretKey: "hidden", endpoints };
      project.write(program(provider));
      expect(await recorded("--show-secrets")).to.deep.equal({ accessKey: "stack", secretKey: "hidden", endpoints });
    });
  });

  it("are what a destroy terminates Karpenter's instances with", async () => {
    const config = join(cloud.dir, "aws-config");
    const { AWS_ENDPOINT_URL: endpoint, ...others } = cloud.env;
    const settings = ["aws_access_key_id = test", "aws_secret_access_key = test", `endpoint_url = ${endpoint ?? ""}`];
    writeFileSync(config, ["[profile deployer]", ...settings].join("\n"));
    const workDir = join(cloud.dir, "sweep");
    mkdirSync(workDir);
    const program = (): Promise<void> => {
      // Nothing answers there, and the drain is given up at once.
      const cluster = { cluster: { server: "https://127.0.0.1:1", "certificate-authority-data": "" } };
      const user = { user: { "client-certificate-data": "", "client-key-data": "" } };
      new Machines({
        clusterName: "swept.example.com",
        region: "us-east-1",
        kubeconfig: pulumi.secret(JSON.stringify({ clusters: [cluster], users: [user] })),
        timeoutSeconds: 0,
        aws: pulumi.secret({ profile: "deployer" }),
      });
      return Promise.resolve();
    };
    const stack = await inlineStack(
      { projectName: "sweep", stackName: "test", program },
      // Nothing of the environment leads to the simulated AWS.
      { workDir, envVars: { ...others, AWS_ENDPOINT_URL: "", AWS_CONFIG_FILE: config, PWD: repository } },
    );
    await stack.up();
    const client = new EC2Client(awsSettings(cloud));
    const tags = {
      KubernetesCluster: "swept.example.com",
      "kubernetes.io/cluster/swept.example.com": "owned",
      "karpenter.sh/nodepool": "default",
    };
    const { Instances = [] } = await client.send(
      new RunInstancesCommand({
        ImageId: "ami-12c6146b",
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [
          { ResourceType: "instance", Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
        ],
      }),
    );
    await stack.destroy();
    const ids = Instances.map(({ InstanceId }) => InstanceId ?? "");
    const { Reservations = [] } = await client.send(new DescribeInstancesCommand({ InstanceIds: ids }));
    const states = Reservations.flatMap((each) => each.Instances?.map(({ State }) => State?.Name) ?? []);
    expect(states).to.deep.equal(["terminated"]);
  });
});

class Machines extends pulumi.CustomResource {
  constructor(inputs: pulumi.Inputs) {
    super(machinesToken, "machines", inputs);
  }
}
