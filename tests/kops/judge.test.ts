/** Real kOps judges what the component created: after our `up` it finds nothing to change but the allowed differences. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateKeyPairCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { parse, parseAllDocuments } from "yaml";
import { clusterStack } from "../support/clusterStack";
import { besideWarmPools, parseDryRun, unexpected } from "../support/dryRun";
import { KopsCommand } from "../support/kopsCommand";
import { awsSettings, type LocalCloud, useLocalCloud } from "../support/localCloud";
import { subnetArguments } from "../support/subnetArguments";
import { makeBuckets } from "../support/buckets";
import type { ClusterInputs } from "../../provider/src/schema/types.gen";
import { CLUSTER, clusters } from "./clusters";

const MINUTES = 60_000;
/** What the component adds beyond kOps, as kOps lists it: it knows interruption handling from its termination handler. */
const ours = [
  ...["Health", "Rebalance", "Reservation", "Spot", "State"].map(
    (kind) => `eventbridge-rule ${CLUSTER}-Karpenter${kind}`,
  ),
  "sqs c-example-com-krp",
];

for (const { title, kops: args, edits, inputs, keyPair, spec } of clusters) {
  describe(`kOps and the component, on ${title}`, function () {
    this.timeout(6 * MINUTES);
    const { karpenter } = inputs as unknown as ClusterInputs;
    const isWithKarpenter = karpenter?.enabled !== false;
    const cloud = useLocalCloud();
    const reference = useLocalCloud();
    let stack: Stack;
    let kops: KopsCommand;
    /** kOps's own cluster for the same specification, in a cloud of its own. */
    let kopsOwn: KopsCommand;

    before("bring up both clusters", async () => {
      await makeBuckets(reference, ["kops-state", "kops-discovery"]);
      if (keyPair !== undefined) await Promise.all([cloud, reference].map((each) => makeKeyPair(each, keyPair)));
      kopsOwn = new KopsCommand(reference, CLUSTER, { state: "s3://kops-state", discovery: "s3://kops-discovery" });
      stack = await clusterStack(cloud, inputs);
      const ranges = subnetArguments(inputs);
      const [{ outputs }] = await Promise.all([
        stack.up(),
        kopsOwn.create([...args, ...ranges]).then(async () => {
          if (spec !== undefined) await edit(kopsOwn, reference.dir, spec);
          for (const each of edits ?? []) await kopsOwn.run(...each);
          await kopsOwn.run("update", "cluster", "--yes");
        }),
      ]);
      const stores = {
        state: outputs["stateStore"]?.value as string,
        discovery: outputs["discoveryStore"]?.value as string,
      };
      kops = new KopsCommand(cloud, CLUSTER, stores);
    });

    it("kOps has nothing to change in its own cluster", async () => {
      expect(besideWarmPools(parseDryRun(await kopsOwn.dryRun()))).to.deep.equal([]);
    });

    it("kOps has nothing to change in ours except the allowed differences", async () => {
      const changes = besideWarmPools(parseDryRun(await kops.dryRun()));
      expect(unexpected(changes)).to.deep.equal([]);
      // Karpenter's permissions differ only where they are scoped.
      const policies = changes.filter(({ task }) => task.startsWith("IAMRolePolicy/"));
      expect(policies).to.have.length(isWithKarpenter && karpenter?.policy !== "kops" ? 1 : 0);
    });

    it("kops get returns the same cluster and instance groups for both", async () => {
      for (const what of ["cluster", "instancegroups"]) {
        const [mine, theirs] = await Promise.all(
          [kops, kopsOwn].map(async (each) => documents(await each.run("get", what, "--output=yaml"), each)),
        );
        expect(mine).to.deep.equal(theirs);
      }
    });

    it("kops get assets returns the same assets for both", async () => {
      const [mine, theirs] = await Promise.all(
        [kops, kopsOwn].map((each) => each.run("get", "assets", "--output=yaml")),
      );
      const [port, otherPort] = [cloud, reference].map((each) => each.env["LOCALCLOUD_FILES_URL"] ?? "?");
      expect(parse(mine?.replaceAll(port ?? "", "FILES") ?? "")).to.deep.equal(
        parse(theirs?.replaceAll(otherPort ?? "", "FILES") ?? ""),
      );
    });

    it("kops export kubeconfig works on our cluster", async () => {
      const file = join(cloud.dir, "exported.kubeconfig");
      await kops.run("export", "kubeconfig", "--admin", `--kubeconfig=${file}`);
      const config = parse(readFileSync(file, "utf8")) as KubeConfig;
      expect(config["current-context"]).to.equal(CLUSTER);
      const made = parse((await stack.outputs())["kubeconfig"]?.value as string) as KubeConfig;
      const authorities = [config, made].map((each) => each.clusters[0]?.cluster["certificate-authority-data"]);
      expect(authorities[0]).to.be.a("string").and.to.equal(authorities[1]);
      expect(config.clusters[0]?.cluster.server).to.equal(made.clusters[0]?.cluster.server);
    });

    it("kops toolbox dump and rolling-update work on our cluster", async () => {
      const dump = JSON.parse(await kops.run("toolbox", "dump", "--output=json")) as { resources: unknown[] };
      expect(dump.resources).not.to.be.empty;
      const rolling = await kops.run("rolling-update", "cluster", "--cloudonly");
      expect(rolling).to.include("control-plane-");
    });

    it("kops delete cluster lists the same resources for both, and the component's own", async () => {
      const [mine, theirs] = await Promise.all(
        [kops, kopsOwn].map(async (each) => deletions(await each.run("delete", "cluster"), each)),
      );
      expect(mine).to.deep.equal([...(theirs ?? []), ...(isWithKarpenter ? ours : [])].sort());
    });

    it("kops update takes our cluster over, and our next preview only updates resources in place", async () => {
      await kops.run("update", "cluster", "--yes");
      expect(besideWarmPools(parseDryRun(await kops.dryRun()))).to.deep.equal([]);
      const putBack: string[] = [];
      await stack.preview({
        refresh: true,
        onEvent: ({ resourcePreEvent }) => {
          const step = resourcePreEvent?.metadata;
          if (step === undefined || step.op === "same" || step.op === "refresh" || step.op === "read") return;
          putBack.push(`${step.op} ${step.type}`);
        },
      });
      // Our bootstrap scripts and, with Karpenter, our bootstrap channel; nothing is replaced or made anew.
      expect(putBack).to.include("update aws:ec2/launchTemplate:LaunchTemplate");
      const files = putBack.filter((each) => each === "update aws:s3/bucketObjectv2:BucketObjectv2");
      expect(files.length > 0).to.equal(isWithKarpenter);
      expect(putBack.filter((each) => !each.startsWith("update "))).to.deep.equal([]);
    });

    if (title === clusters[0]?.title) {
      it("the component does not touch a store whose keys kOps rotated", async () => {
        await kops.run("create", "keypair", "service-account");
        await kops.run("promote", "keypair", "service-account");
        const refused = await stack.up({ refresh: true }).then(
          () => "it was updated",
          (error: unknown) => String(error),
        );
        expect(refused).to.include(
          'stateStore.keys: "pki/private/service-account/keyset.yaml" written by kOps or another program needs acknowledgement',
        );
        const keypairs = await kops.run("get", "keypairs", "service-account");
        expect(keypairs.split("\n").filter((line) => line.startsWith("service-account"))).to.have.length(2);
      });
    }
  });
}

async function makeKeyPair(cloud: LocalCloud, KeyName: string): Promise<void> {
  await new EC2Client(awsSettings(cloud)).send(new CreateKeyPairCommand({ KeyName }));
}

/** Sets fields of the cluster's spec. */
async function edit(kops: KopsCommand, folder: string, fields: object): Promise<void> {
  const cluster = parse(await kops.run("get", "cluster", "--output=yaml")) as { spec: object };
  const file = join(folder, "edited.yaml");
  writeFileSync(file, JSON.stringify({ ...cluster, spec: { ...cluster.spec, ...fields } }));
  await kops.run("replace", `--filename=${file}`);
}

interface KubeConfig {
  readonly "current-context": string;
  readonly clusters: readonly {
    readonly cluster: { readonly server: string; readonly "certificate-authority-data": string };
  }[];
}

/** Without what tells one run from another: times, channel file and the names of the buckets. */
function documents(yaml: string, { stores }: KopsCommand): unknown[] {
  const even = yaml
    .replaceAll(stores.state, "STATE")
    .replaceAll(stores.discovery, "DISCOVERY")
    .replace(/creationTimestamp: .*/g, "creationTimestamp: T")
    .replace(/^ {2}generation: \d+\n/gm, "")
    .replace(/channel: .*/g, "channel: stable");
  return parseAllDocuments(even).map((each) => each.toJS() as unknown);
}

/** Kind and name of each line; ids differ from run to run. */
function deletions(table: string, { stores }: KopsCommand): string[] {
  const lines = table.split("\n");
  const first = lines.findIndex((line) => line.startsWith("TYPE"));
  const last = lines.findIndex((line, index) => index > first && line.trim() === "");
  if (first < 0 || last < 0) throw new Error(`not a list of resources:\n${table}`);
  return (
    lines
      .slice(first + 1, last)
      .map((line) =>
        line.split(/\t+/).slice(0, 2).join(" ").replaceAll(stores.discovery.slice("s3://".length), "DISCOVERY"),
      )
      .map((line) => line.replace(/^sqs .*\//, "sqs "))
      // kOps names these by what AWS drew for them.
      .map((line) => line.replace(/^(elastic-ip|nat-gateway) .*/, "$1"))
      .sort()
  );
}
