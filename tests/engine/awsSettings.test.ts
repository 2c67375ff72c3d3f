/** The plugin's own AWS calls use the stack's AWS settings: what the component records of them, and what a destroy does with it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Provider, type ProviderArgs } from "@pulumi/aws/provider";
import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { stackAwsSettings } from "../../provider/src/components/builders/awsSettings";
import { machinesToken } from "../../provider/src/model/tokens";
import { inlineStack } from "../support/inlineStack";
import { awsSettings, repository, useLocalCloud, variable } from "../support/localCloud";
import { yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;

describe("the AWS settings of the stack", function () {
  this.timeout(4 * MINUTES);
  const cloud = useLocalCloud();

  describe("are recorded as a secret where the plugin itself will call AWS", () => {
    let project: Awaited<ReturnType<typeof yamlProject>>;
    const inputs = {
      clusterName: "settings.example.com",
      zones: ["us-east-1a"],
      karpenter: { install: true },
      api: { endpoint: "https://127.0.0.1:1" },
    };
    const cluster = { type: "kops-karpenter:KopsKarpenterCluster", properties: inputs };
    const aws = { type: "pulumi:providers:aws", properties: { region: "us-east-1", profile: "deployer" } };

    before(async () => {
      project = await yamlProject(cloud, { resources: { cluster } });
    });

    /** As a preview shows them. */
    async function recorded(): Promise<unknown> {
      const { code, output, stdout } = await project.attempt("preview", "--json");
      expect(code, output).to.equal(0);
      const { steps } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as {
        steps: { urn: string; newState?: { inputs?: Record<string, unknown> } }[];
      };
      const machines = steps.find(({ urn }) => urn.includes(machinesToken));
      expect(machines, output).not.to.equal(undefined);
      return machines?.newState?.inputs?.["aws"];
    }

    it("where the stack's configuration has some, and nothing where it has none", async () => {
      expect(await recorded()).to.equal(undefined);
      await project.run("config", "set", "aws:profile", "deployer");
      expect(await recorded()).to.equal("[secret]");
      await project.run("config", "rm", "aws:profile");
    });

    it("where the cluster has an explicit provider", async () => {
      // The preview of a provider that is new knows nothing of it.
      project.write({ resources: { aws } });
      await project.up();
      project.write({ resources: { aws, cluster: { ...cluster, options: { providers: ["${aws}"] } } } });
      expect(await recorded()).to.equal("[secret]");
    });
  });

  it("are read from the configuration, and from an explicit provider", async () => {
    const workDir = join(cloud.dir, "read");
    mkdirSync(workDir);
    const explicit: ProviderArgs = {
      region: "us-east-1",
      accessKey: "stack",
      secretKey: "hidden",
      endpoints: [{ ec2: variable(cloud, "AWS_ENDPOINT_URL") }],
    };
    const program = (): Promise<Record<string, unknown>> => {
      const provider = new Provider("aws", explicit);
      return Promise.resolve({
        explicit: stackAwsSettings(new Group("with", { providers: { aws: provider } })),
        configured: stackAwsSettings(new Group("without", {})),
      });
    };
    const stack = await inlineStack(
      { projectName: "read", stackName: "test", program },
      { workDir, envVars: { ...cloud.env, PWD: repository } },
    );
    const roles = [{ roleArn: "arn:aws:iam::123456789012:role/deployer", externalId: "hidden" }];
    await stack.setConfig("aws:profile", { value: "deployer" });
    await stack.setConfig("aws:assumeRoles", { value: JSON.stringify(roles), secret: true });
    const { outputs } = await stack.up();
    expect(outputs["explicit"]).to.deep.equal({
      value: { accessKey: explicit.accessKey, secretKey: explicit.secretKey, endpoints: explicit.endpoints },
      secret: true,
    });
    expect(outputs["configured"]).to.deep.equal({ value: { profile: "deployer", assumeRoles: roles }, secret: true });
    expect((await stack.preview()).changeSummary).to.deep.equal({ same: 4 });
    await stack.destroy();
  });

  it("are what a destroy terminates Karpenter's instances with", async () => {
    const config = join(cloud.dir, "aws-config");
    const keys = ["aws_access_key_id = test", "aws_secret_access_key = test"];
    writeFileSync(config, ["[profile deployer]", ...keys].join("\n"));
    const own = /^AWS_(ENDPOINT_URL|ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/;
    const others = Object.entries(cloud.env).map(([name, value]) => [name, own.test(name) ? "" : value] as const);
    const endpoints = [{ ec2: variable(cloud, "AWS_ENDPOINT_URL") }];
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
        aws: pulumi.secret({ profile: "deployer", endpoints }),
      });
      return Promise.resolve();
    };
    const stack = await inlineStack(
      { projectName: "sweep", stackName: "test", program },
      // Nothing of the environment leads to the simulated AWS.
      { workDir, envVars: { ...Object.fromEntries(others), AWS_CONFIG_FILE: config, PWD: repository } },
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

class Group extends pulumi.ComponentResource {
  constructor(name: string, options: pulumi.ComponentResourceOptions) {
    super("tests:index:Group", name, {}, options);
  }
}

class Machines extends pulumi.CustomResource {
  constructor(inputs: pulumi.Inputs) {
    super(machinesToken, "machines", inputs);
  }
}
