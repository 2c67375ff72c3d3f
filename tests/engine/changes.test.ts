/** A YAML program with an aws provider of its own, and what small changes of its inputs touch. */
import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect } from "chai";
import { inventory } from "../support/inventory";
import { awsSettings, useLocalCloud } from "../support/localCloud";
import { type Program, PulumiProject, yamlProject } from "../support/pulumiProject";
import { stateFile } from "../support/stateFile";

const MINUTES = 60_000;

interface Changes {
  readonly lifetimeHours?: number;
  readonly nodeGroups?: Program;
}

function program({ lifetimeHours, nodeGroups }: Changes): Program {
  return {
    resources: {
      virginia: { type: "pulumi:providers:aws", properties: { region: "us-east-1" } },
      cluster: {
        type: "kops-karpenter:KopsKarpenterCluster",
        properties: {
          clusterName: "changes.example.com",
          zones: ["us-east-1a"],
          nodeGroups: nodeGroups ?? { nodes: {}, extra: {} },
          ...(lifetimeHours === undefined ? {} : { kubeconfig: { lifetimeHours } }),
        },
        options: { providers: ["${virginia}"] },
      },
    },
    outputs: { autoscalingGroups: "${cluster.autoscalingGroups}", region: "${cluster.region}" },
  };
}

const file = (op: string, path: string): string => `${op} aws:s3/bucketObjectv2:BucketObjectv2 cluster-file-${path}`;
/** It lists the groups in a tag, by which Karpenter finds it. */
const subnet = "update aws:ec2/subnet:Subnet cluster-subnet-us-east-1a";
/** It records the groups that the cluster has. */
const guard = "update kops-karpenter:index:ClusterGuard cluster-guard";
const filesOf = (group: string): string[] =>
  [
    `igconfig-node-${group}-nodeupconfig.yaml`,
    `igconfig-node-${group}-nodeupscript.sh`,
    `instancegroup-${group}`,
  ].sort();

describe("a cluster of a YAML program", function () {
  this.timeout(8 * MINUTES);
  const cloud = useLocalCloud();
  let project: Awaited<ReturnType<typeof yamlProject>>;

  before(async () => {
    project = await yamlProject(cloud, program({}));
    await project.up();
  });

  it("returns its outputs to the program", async () => {
    const outputs = JSON.parse((await project.attempt("stack", "output", "--json")).stdout) as unknown;
    expect(outputs).to.deep.equal({
      autoscalingGroups: { "control-plane-us-east-1a": "control-plane-us-east-1a.masters.changes.example.com" },
      region: "us-east-1",
    });
  });

  it("uses only the program's aws provider", async () => {
    const resources = await project.resources();
    const aws = resources.filter(({ type }) => type.startsWith("aws:"));
    expect(aws).to.have.length.greaterThan(50);
    expect(new Set(aws.map(({ provider }) => provider?.split("::").at(-2)))).to.deep.equal(new Set(["virginia"]));
    expect(resources.filter(({ type }) => type === "pulumi:providers:aws")).to.have.length(1);
  });

  it("reports no changes in a second preview", async () => {
    await project.unchanged();
  });

  it("replaces only the client certificate when the kubeconfig's lifetime changes", async () => {
    project.write(program({ lifetimeHours: 100 }));
    const certificate = "tls:index/locallySignedCert:LocallySignedCert cluster-certificate-admin";
    expect(await project.steps()).to.deep.equal([`replace ${certificate}`]);
  });

  it("creates only a new node group's files, and tags the subnet", async () => {
    project.write(program({ nodeGroups: { nodes: {}, extra: {}, third: {} } }));
    expect(await project.steps()).to.deep.equal([
      ...filesOf("third").map((path) => file("create", path)),
      subnet,
      guard,
    ]);
  });

  it("deletes only a removed node group's files, and its tag on the subnet", async () => {
    project.write(program({ nodeGroups: { nodes: {} } }));
    expect(await project.steps()).to.deep.equal([
      ...filesOf("extra").map((path) => file("delete", path)),
      subnet,
      guard,
    ]);
  });

  it("updates only the files of a node group whose labels change", async () => {
    project.write(program({ nodeGroups: { nodes: {}, extra: { labels: { team: "a" } } } }));
    expect(await project.steps()).to.deep.equal(filesOf("extra").map((path) => file("update", path)));
  });

  it("applies all of these in one update, after which nothing is left to change", async () => {
    project.write(program({ lifetimeHours: 100, nodeGroups: { extra: { labels: { team: "a" } }, third: {} } }));
    await project.up();
    await project.unchanged();
  });

  describe("with the credentials of another account", () => {
    let other: PulumiProject;

    before(async () => {
      const role = { RoleArn: "arn:aws:iam::210987654321:role/deployer", RoleSessionName: "test" };
      const { Credentials } = await new STSClient(awsSettings(cloud)).send(new AssumeRoleCommand(role));
      const keys = {
        AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? "",
        AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? "",
        AWS_SESSION_TOKEN: Credentials?.SessionToken ?? "",
      };
      other = new PulumiProject({ dir: cloud.dir, env: { ...cloud.env, ...keys } }, project.folder);
    });

    /** Nothing of the cluster is to be found there. */
    for (const [command, consequence] of [
      ["up --skip-preview", "the update would create a second cluster"],
      ["up --refresh", "the refresh would take it for deleted"],
      ["destroy --skip-preview", "the destroy would take it for deleted, and leave it there"],
    ] as const) {
      it(`leaves everything as it was: pulumi ${command}`, async () => {
        const world = async () => [await inventory(cloud), (await project.resources()).map(({ urn }) => urn).sort()];
        const before = await world();
        const { code, output } = await other.attempt(...command.split(" "), "--yes");
        expect(code, output).not.to.equal(0);
        expect(output.replace(/\s+/g, " ")).to.include(
          `the AWS credentials are of account 210987654321, and the cluster is in account 123456789012: ${consequence}`,
        );
        expect(await world()).to.deep.equal(before);
      });
    }

    it("stops a refresh without a preview too late for the state, whose way back is in troubleshooting", async () => {
      const before = (await project.resources()).map(({ urn }) => urn);
      const { code, output } = await other.attempt("refresh", "--skip-preview", "--yes");
      expect(code, output).not.to.equal(0);
      expect(output.replace(/\s+/g, " ")).to.include("the refresh would take it for deleted");
      expect((await project.resources()).length).to.be.below(before.length);

      const history = join(cloud.dir, "pulumi-state", ".pulumi", "history", "project", "test");
      const earlier =
        readdirSync(history)
          .filter((name) => name.endsWith(".checkpoint.json"))
          .sort()
          .at(-2) ?? "";
      copyFileSync(join(history, earlier), stateFile(cloud));
      expect((await project.resources()).map(({ urn }) => urn)).to.deep.equal(before);
      await project.unchanged();
    });
  });
});
