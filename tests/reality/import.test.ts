/** A cluster that real kOps made comes under the component, by Pulumi's own plugin: imported, updated, and still kOps's. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { parse } from "yaml";
import { keysetNames } from "../../provider/src/model/runtime";
import { CLUSTER, clusters } from "../kops/clusters";
import { publish } from "../support/adoption";
import { makeBuckets, objects } from "../support/buckets";
import { parseDryRun, unexpected } from "../support/dryRun";
import { findImports, importInto } from "../support/importFile";
import { inventory, type Inventory } from "../support/inventory";
import { KopsCommand } from "../support/kopsCommand";
import { awsSettings, type LocalCloud, repository, storeAccess, useLocalCloud } from "../support/localCloud";
import { localInputs, type Program, type PulumiProject, yamlProject } from "../support/pulumiProject";
import { subnetArguments } from "../support/subnetArguments";
import type { ImportFile } from "../../provider/src/adopt/imports";

const MINUTES = 60_000;
const bucket = { state: "kops-state", discovery: "kops-discovery" };
const stores = { state: `s3://${bucket.state}`, discovery: `s3://${bucket.discovery}` };

interface StoredKeyset {
  readonly spec: { readonly keys: readonly { readonly privateMaterial: string; readonly publicMaterial: string }[] };
}

describe("a cluster that kOps made", function () {
  this.timeout(6 * MINUTES);
  const cloud = useLocalCloud({ realPlugins: true });
  let kops: KopsCommand;
  let inputs: Program;
  let found: ImportFile;
  let project: PulumiProject;
  let atFirst: Inventory;
  let files: readonly string[];

  before("make it", async () => {
    await makeBuckets(cloud, [...Object.values(bucket), "no-policy"]);
    await publish(cloud, bucket.discovery, [CLUSTER]);
    kops = new KopsCommand(cloud, CLUSTER, stores);
    const judged = clusters[0]!;
    await kops.create([...judged.kops, ...subnetArguments(judged.inputs)]);
    inputs = {
      ...localInputs(cloud),
      ...judged.inputs,
      stateStore: stores.state,
      discoveryStore: stores.discovery,
      stateStoreAccess: storeAccess(cloud),
      pki: { keysets: await keysets(cloud) },
    };
    [atFirst, files] = await Promise.all([inventory(cloud), objects(cloud)]);
    project = await yamlProject(cloud, {
      resources: { cluster: { type: "kops-karpenter:KopsKarpenterCluster", properties: inputs } },
    });
  });

  it("is refused as long as it is not imported", async () => {
    const { code, output } = await project.attempt("preview");
    expect(code).not.to.equal(0);
    expect(output).to.include("clusterName: resources of a cluster of that name exist");
    expect(output).to.include("stateStore: holds a cluster");
  });

  it("has a problem where no policy makes its discovery documents public", async () => {
    const { problems } = await findImports(cloud, "cluster", { ...inputs, discoveryStore: "s3://no-policy" });
    expect(problems).to.have.length(1);
    expect(problems[0]).to.include("no policy makes the bucket of s3://no-policy public");
  });

  it("is found whole: only what kOps does not have is to be created", async () => {
    found = await findImports(cloud, "cluster", inputs);
    expect(found.missing).to.deep.equal([]);
    expect(found.problems).to.deep.equal([]);
    const parts = found.created.map(({ type, name }) => `${type.split(":").at(-1) ?? ""} ${name}`);
    expect(parts.filter((part) => !part.includes(" cluster-interruption-"))).to.deep.equal([
      "RolePolicy cluster-role-policy-kube-system.karpenter-interruption",
      "CertRequest cluster-request-admin",
      "LocallySignedCert cluster-certificate-admin",
      "PrivateKey cluster-key-admin",
      "PrivateKey cluster-key-tokens",
      "EtcdBackups cluster-etcd-backups",
      "KarpenterMachines cluster-machines",
      "DeletionProtection cluster-deletion-protection",
    ]);
  });

  it("gets the same file from the command, which knows only the store and AWS", async () => {
    const command = join(repository, "bin", "kops-karpenter");
    const args = ["import-file", "--state", stores.state, "--name", CLUSTER, "--out", project.folder];
    await promisify(execFile)(command, args, { env: cloud.env });
    const { resources } = JSON.parse(readFileSync(join(project.folder, "import.json"), "utf8")) as ImportFile["file"];
    const inAws = ({ component }: ImportFile["file"]["resources"][number]): boolean => component !== true;
    expect(resources.filter(inAws)).to.deep.equal(found.file.resources.filter(inAws));
  });

  it("is imported; the update then creates what was to be created, and replaces and deletes nothing", async () => {
    await importInto(project, found);
    const steps = await project.steps();
    const created = found.created.map(({ type, name }) => `create ${type} ${name}`);
    expect(steps.filter((step) => step.startsWith("create"))).to.deep.equal(created.sort());
    const objectUpdate = "update aws:s3/bucketObjectv2:BucketObjectv2";
    const rest = steps.filter((step) => !step.startsWith("create") && !step.startsWith(objectUpdate));
    expect(rest).to.deep.equal([
      // What the provider does not read back: deletion settings, time-outs, routing of an address.
      "update aws:autoscaling/group:Group cluster-autoscaling-group-control-plane-us-east-1a",
      // The bootstrap script.
      "update aws:ec2/launchTemplate:LaunchTemplate cluster-launch-template-control-plane-us-east-1a",
      // Karpenter may change nothing but the cluster.
      "update aws:iam/rolePolicy:RolePolicy cluster-role-policy-kube-system.karpenter",
      "update aws:lb/loadBalancer:LoadBalancer cluster-api-load-balancer",
      // AWS leaves out ports that say all.
      "update aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule cluster-rule-icmpv6-pmtu-api-elb-__-0",
      "update kops-karpenter:index:ClusterGuard cluster-guard",
    ]);
  });

  it("keeps everything in that update: ids, keys, and all files but those that are allowed to differ", async () => {
    await project.up();
    const { queues, rules, ...kept } = await inventory(cloud);
    expect(kept).to.deep.equal(atFirst);
    expect([queues?.length, rules?.length]).to.deep.equal([1, 5]);
    const now = new Set(await objects(cloud));
    const changed = files.filter((file) => !now.has(file)).map((file) => file.replace(/ .*/, ""));
    const folder = `${bucket.state}/${CLUSTER}`;
    expect(changed.filter((file) => !file.startsWith(`${folder}/secrets/`))).to.deep.equal([
      `${folder}/addons/bootstrap-channel.yaml`,
      // The time of creation is that of the first authority, whose beginning kOps dates back.
      `${folder}/cluster-completed.spec`,
      `${folder}/config`,
      `${folder}/igconfig/node/nodes/nodeupscript.sh`,
      `${folder}/instancegroup/control-plane-us-east-1a`,
      `${folder}/instancegroup/nodes`,
    ]);
  });

  it("stays as it is in the next update, and kOps has nothing to change but the allowed differences", async () => {
    await project.unchanged();
    expect(unexpected(parseDryRun(await kops.dryRun()))).to.deep.equal([]);
  });
});

/** As the state store has them: each with the one key that kOps creates. */
async function keysets(cloud: LocalCloud): Promise<Program> {
  const client = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
  const entries = keysetNames.map(async (name) => {
    const Key = `${CLUSTER}/pki/private/${name}/keyset.yaml`;
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket.state, Key }));
    const [key] = (parse((await Body?.transformToString()) ?? "") as StoredKeyset).spec.keys;
    const decoded = (text = ""): string => Buffer.from(text, "base64").toString();
    const pair = { certificate: decoded(key?.publicMaterial), privateKey: decoded(key?.privateMaterial) };
    return [name, { keys: { initial: pair } }] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
