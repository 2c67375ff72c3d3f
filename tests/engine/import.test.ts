/** The state of a cluster with as many kinds of resources as one can have is lost, and found again in AWS: the same ids, and nothing to replace. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { AllocateAddressCommand, CreateInternetGatewayCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { expect } from "chai";
import { keysetNames } from "../../provider/src/model/runtime";
import type { ImportFile } from "../../provider/src/adopt/imports";
import { makeBuckets } from "../support/buckets";
import { selfSigned } from "../support/certificates";
import { findImports, importInto } from "../support/importFile";
import { awsSettings, type LocalCloud, repository, useLocalCloud } from "../support/localCloud";
import {
  finished,
  localInputs,
  type Program,
  type PulumiProject,
  type StateResource,
  yamlProject,
} from "../support/pulumiProject";
import { publicKey } from "../unit/plan/fixtures/cases";

const MINUTES = 60_000;
const zones = ["us-east-1a", "us-east-1b"];
const subnet = (type: string, index: number, more: object = {}) => ({
  zone: zones[index % 2],
  type,
  cidr: `172.20.${String(index * 32)}.0/19`,
  ...more,
});

/** `egress`: of the NAT gateway in the first zone, whose address is the user's. */
const wide = (egress: string) => ({
  clusterName: "wide.example.com",
  zones,
  network: {
    topology: "private",
    bastion: {},
    additionalCidrs: ["172.21.0.0/16"],
    subnets: [subnet("Private", 0, { egress }), subnet("Private", 1), subnet("Utility", 2), subnet("Utility", 3)],
  },
  nodeGroups: {
    nodes: {},
    // Without machines, no instance becomes a node.
    web: { manager: "CloudGroup", minSize: 0, maxSize: 3 },
  },
  dns: { type: "private", zone: "example.com" },
  sshPublicKey: publicKey,
  serviceAccountRoles: [{ namespace: "apps", name: "web", policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }],
  tags: { team: "a" },
  stateStore: "s3://wide-state/clusters",
  discoveryStore: "s3://wide-discovery",
});

describe("the import file of a running cluster", function () {
  this.timeout(4 * MINUTES);
  const cloud = useLocalCloud();
  let project: Awaited<ReturnType<typeof yamlProject>>;
  let inputs: Program;
  let lost: readonly StateResource[];
  let found: ImportFile;

  const program = (properties: Program): Program => ({
    resources: { cluster: { type: "kops-karpenter:KopsKarpenterCluster", properties } },
  });

  before("bring the cluster up, and lose its state", async () => {
    await makeBuckets(cloud, ["wide-state", "wide-discovery"]);
    const VPC = { VPCId: "vpc-00000000", VPCRegion: "us-east-1" } as const;
    const zone = { Name: "example.com", CallerReference: "1", HostedZoneConfig: { PrivateZone: true }, VPC };
    await new Route53Client(awsSettings(cloud)).send(new CreateHostedZoneCommand(zone));
    const { AllocationId = "" } = await new EC2Client(awsSettings(cloud)).send(new AllocateAddressCommand({}));
    const { certificate, key: privateKey } = await selfSigned("service-account", [], {
      signsOnly: true,
      hours: [-1, 100],
    });
    const keysets = keysetNames.map((name) => [name, { keys: { initial: { certificate, privateKey } } }] as const);
    inputs = { ...localInputs(cloud), ...wide(AllocationId), pki: { keysets: Object.fromEntries(keysets) } };
    project = await yamlProject(cloud, program(inputs));
    await project.up();
    lost = await project.resources();
    await forget(project);
  });

  it("has everything that is in AWS, of every kind", async () => {
    found = await findImports(cloud, "cluster", inputs);
    expect(found.missing).to.deep.equal([]);
    const rest = lost.filter(({ type }) => type.startsWith("aws:"));
    const kinds = (types: readonly string[]): readonly string[] => [...new Set(types)].sort();
    const imported = found.file.resources.filter(({ type }) => type.startsWith("aws:"));
    expect(kinds(imported.map(({ type }) => type))).to.deep.equal(kinds(rest.map(({ type }) => type)));
    expect(imported).to.have.length(rest.length);
  });

  it("leaves a guard alone that was imported for another cluster", async () => {
    const guard = found.file.resources.filter(({ name }) => name === "cluster" || name === "cluster-guard");
    const resources = guard.map((each) => (each.id === undefined ? each : { ...each, id: "other.example.com" }));
    await importInto(project, { file: { resources } });
    const { code, output } = await project.attempt("preview");
    expect(code).not.to.equal(0);
    expect(output).to.match(/clusterName: "other.example.com" to "wide.example.com" is refused/);
    await forget(project);
  });

  it("brings every resource back: under the same URN, with the same id and parent", async () => {
    await importInto(project, found);
    const again = await project.resources();
    const names = new Set(found.file.resources.map(({ name }) => name));
    const identity = (all: readonly StateResource[]): readonly string[] =>
      all
        .filter(({ urn, type }) => names.has(urn.split("::").at(-1) ?? "") && !type.startsWith("pulumi:"))
        .map(({ urn, id, parent }) => `${urn} ${id ?? ""} ${parent ?? ""}`)
        .sort();
    expect(identity(again)).to.deep.equal(identity(lost));
    expect(identity(again)).to.have.length(found.file.resources.length);
  });

  it("leaves nothing to delete, and to create what it does not have", async () => {
    const steps = await project.steps();
    const created = found.created.map(({ type, name }) => `create ${type} ${name}`);
    expect(steps.filter((step) => step.startsWith("create"))).to.deep.equal(created.sort());
    // Beside objects, whose content is not read, either.
    expect(steps.filter((step) => !/^(create|update aws:s3\/bucketObjectv2)/.test(step))).to.deep.equal([
      "update kops-karpenter:index:ClusterGuard cluster-guard",
    ]);
  });

  it("stops what the program changes before the first update", async () => {
    project.write(program({ ...inputs, kubernetesVersion: "1.34.1", nodeGroups: { nodes: {} } }));
    const { code, output } = await project.attempt("preview");
    expect(code).not.to.equal(0);
    expect(output).to.match(/kubernetesVersion: "[\d.]+" to "1\.34\.1" is refused/);
    expect(output).to.match(/nodeGroups\.web: group "web" removed needs acknowledgement/);
    project.write(program(inputs));
  });

  it("recovers what an update created and did not record, by the command, and names what another one left behind", async () => {
    const unrecorded = [
      "aws:ec2/subnet:Subnet",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:ebs/volume:Volume",
      "aws:iam/role:Role",
      "aws:sqs/queue:Queue",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ];
    await forget(project);
    const recorded = found.file.resources.filter(({ type }) => !unrecorded.includes(type));
    await importInto(project, { file: { resources: recorded } });
    const gateway = lost.find(({ type }) => type === "aws:ec2/internetGateway:InternetGateway");
    const twin = await gatewayLike(cloud, gateway?.inputs?.["tags"] as Readonly<Record<string, string>>);

    const said: string[] = [];
    do said.push(await recover(cloud, project));
    while (await importRecovered(project));

    // Each association is found after its subnet.
    expect(said).to.have.length(3);
    expect(said.at(-1)).to.equal(
      "In AWS, with the tags of a resource that the stack's state has under another ID. Delete them, if nothing uses them:\n" +
        `  ${twin}: as ${gateway?.urn.split("::").at(-1) ?? ""}\nAWS has nothing that an update would create.\n`,
    );
    const ids = (all: readonly StateResource[]): readonly string[] =>
      all
        .filter(({ type }) => unrecorded.includes(type))
        .map(({ urn, id, parent }) => `${urn} ${id ?? ""} ${parent ?? ""}`)
        .sort();
    expect(ids(await project.resources())).to.deep.equal(ids(lost));
  });
});

async function forget(project: PulumiProject): Promise<void> {
  await project.run("stack", "rm", "--force", "--yes");
  await project.run("stack", "init");
}

async function recover(cloud: LocalCloud, project: PulumiProject): Promise<string> {
  const program = join(repository, "bin", "kops-karpenter");
  const args = ["recover", "--name", "wide.example.com", "--out", project.folder, "--stack", "test"];
  const child = spawn(program, args, { env: cloud.env, stdio: ["ignore", "pipe", "pipe"] });
  const { code, stdout, output } = await finished(child);
  expect(code, output).to.equal(0);
  return stdout;
}

async function importRecovered(project: PulumiProject): Promise<boolean> {
  const file = join(project.folder, "recover.json");
  if (!existsSync(file)) return false;
  await project.run("import", "--file", file, "--protect=false", "--generate-code=false", "--skip-preview", "--yes");
  return true;
}

async function gatewayLike(cloud: LocalCloud, tags: Readonly<Record<string, string>>): Promise<string> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { InternetGateway: made } = await new EC2Client(awsSettings(cloud)).send(
    new CreateInternetGatewayCommand({ TagSpecifications: [{ ResourceType: "internet-gateway", Tags }] }),
  );
  return made?.InternetGatewayId ?? "";
}
