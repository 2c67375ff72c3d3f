/** Clusters that real kOps made come under the component by its commands and Pulumi's own plugin: imported, updated, and still kOps's. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { Adoption, publish } from "../support/adoption";
import { makeBuckets, objects } from "../support/buckets";
import { parseDryRun, unexpected } from "../support/dryRun";
import { inventory, type Inventory } from "../support/inventory";
import { KopsCommand } from "../support/kopsCommand";
import { useLocalCloud } from "../support/localCloud";
import { publicKey } from "../unit/plan/fixtures/cases";

const MINUTES = 60_000;
const bucket = { state: "kops-state", discovery: "kops-discovery" };
const stores = { state: `s3://${bucket.state}`, discovery: `s3://${bucket.discovery}` };

interface Shape {
  readonly name: string;
  readonly title: string;
  readonly kops: readonly string[];
  /** Beside the administrator's certificate and the component's own resources. */
  readonly created: readonly string[];
  readonly updated: readonly string[];
  /** Queues and rules that the update creates. */
  readonly interruption: readonly [number, number];
  /** Files below the cluster's folder, beside those of every adoption. */
  readonly rewritten: readonly string[];
}

const karpenters = "karpenter.example.com";
const shapes: readonly Shape[] = [
  {
    name: karpenters,
    title: "with Karpenter",
    kops: [],
    created: [
      "create aws:iam/rolePolicy:RolePolicy cluster-role-policy-kube-system.karpenter-interruption",
      "create kops-karpenter:index:KarpenterMachines cluster-machines",
    ],
    updated: [
      // Karpenter may change nothing but the cluster.
      "update aws:iam/rolePolicy:RolePolicy cluster-role-policy-kube-system.karpenter",
    ],
    interruption: [1, 5],
    rewritten: ["igconfig/node/nodes/nodeupscript.sh"],
  },
  {
    name: "default.example.com",
    title: "with workers in an Auto Scaling group",
    kops: [
      ...["--instance-manager=cloudgroups", "--node-size=t3.medium"],
      // The plugin finds a queue at AWS's own host name only.
      "--set=cluster.spec.cloudProvider.aws.nodeTerminationHandler.enabled=false",
    ],
    created: [],
    updated: [
      "update aws:autoscaling/group:Group cluster-autoscaling-group-nodes-us-east-1a",
      "update aws:ec2/launchTemplate:LaunchTemplate cluster-launch-template-nodes-us-east-1a",
    ],
    interruption: [0, 0],
    rewritten: [],
  },
];

const ofEveryAdoption = [
  // What the provider does not read back: deletion settings, time-outs, routing of an address.
  "update aws:autoscaling/group:Group cluster-autoscaling-group-control-plane-us-east-1a",
  // The bootstrap script.
  "update aws:ec2/launchTemplate:LaunchTemplate cluster-launch-template-control-plane-us-east-1a",
  "update aws:lb/loadBalancer:LoadBalancer cluster-api-load-balancer",
  // AWS leaves out ports that say all.
  "update aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule cluster-rule-icmpv6-pmtu-api-elb-__-0",
  "update kops-karpenter:index:ClusterGuard cluster-guard",
];
const ownResources = [
  "create kops-karpenter:index:DeletionProtection cluster-deletion-protection",
  "create kops-karpenter:index:EtcdBackups cluster-etcd-backups",
  "create tls:index/certRequest:CertRequest cluster-request-admin",
  "create tls:index/locallySignedCert:LocallySignedCert cluster-certificate-admin",
  "create tls:index/privateKey:PrivateKey cluster-key-admin",
  "create tls:index/privateKey:PrivateKey cluster-key-tokens",
];

describe("a cluster that kOps made", function () {
  this.timeout(6 * MINUTES);
  const cloud = useLocalCloud({ realPlugins: true });

  before("make them", async () => {
    await makeBuckets(cloud, Object.values(bucket));
    const key = join(cloud.dir, "key.pub");
    writeFileSync(key, publicKey);
    for (const { name, kops } of shapes) {
      const common = ["--zones=us-east-1a", "--control-plane-size=t3.medium", `--ssh-public-key=${key}`];
      const command = new KopsCommand(cloud, name, stores);
      await command.create([...kops, ...common]);
      // Once more, now that the load balancer's addresses are known.
      await command.run("update", "cluster", "--yes");
    }
    const names = shapes.map(({ name }) => name);
    await publish(cloud, bucket.discovery, names);
  });

  for (const { name, title, created, updated, interruption, rewritten } of shapes) {
    describe(title, () => {
      let adoption: Adoption;
      let kops: KopsCommand;
      let atFirst: Inventory;
      let files: readonly string[];
      let sameKey: readonly string[];

      before("write the program", async () => {
        adoption = new Adoption(cloud, name, stores);
        kops = new KopsCommand(cloud, name, stores);
        const { code, output } = await adoption.adopt("--accept-notes");
        expect(code, output).to.equal(0);
        adoption.change((inputs) => ({ ...inputs, readiness: { skip: true } }));
        // Of its own cluster, too: the simulator has another fingerprint of an Ed25519 key than AWS.
        sameKey = unexpected(parseDryRun(await kops.dryRun())).filter((change) => change.startsWith("modify SSHKey/"));
        [atFirst, files] = await Promise.all([inventory(cloud), objects(cloud)]);
      });

      it("is refused as long as it is not imported", async () => {
        await adoption.start();
        const { code, output } = await adoption.project.attempt("preview");
        expect(code).not.to.equal(0);
        expect(output).to.include("clusterName: resources of a cluster of that name exist");
        expect(output).to.include("stateStore: holds a cluster");
      });

      it("is imported whole; the update creates only what kOps does not have, and replaces and deletes nothing", async () => {
        const said = await adoption.import();
        const steps = await adoption.project.steps();
        const all = steps.filter((step) => step.startsWith("create"));
        const waits = / (cluster-validation|cluster-control-plane-roll|cluster-worker-roll)$/;
        expect(all).to.deep.equal(said.filter((step) => !waits.test(step)));
        const rest = all.filter((step) => !step.includes(" cluster-interruption-"));
        expect(rest).to.deep.equal([...created, ...ownResources].sort());
        const objectUpdate = "update aws:s3/bucketObjectv2:BucketObjectv2";
        const others = steps.filter((step) => !step.startsWith("create") && !step.startsWith(objectUpdate));
        expect(others).to.deep.equal([...updated, ...ofEveryAdoption].sort());
      });

      it("keeps everything in that update: ids, keys, and all files but those that are allowed to differ", async () => {
        await adoption.project.up();
        const now = await inventory(cloud);
        const more = (kind: string): number => (now[kind]?.length ?? 0) - (atFirst[kind]?.length ?? 0);
        expect([more("queues"), more("rules")]).to.deep.equal(interruption);
        const { queues: _queues, rules: _rules, ...kept } = now;
        const { queues: _before, rules: _rulesBefore, ...before } = atFirst;
        expect(kept).to.deep.equal(before);
        const written = new Set(await objects(cloud));
        const changed = files.filter((file) => !written.has(file)).map((file) => file.replace(/ .*/, ""));
        const folder = `${bucket.state}/${name}`;
        const always = ["addons/bootstrap-channel.yaml", "cluster-completed.spec", "config"];
        // Without Karpenter, the channel lists what kOps's lists.
        const expected = [...always.slice(name === karpenters ? 0 : 1), ...rewritten];
        expect(changed).to.deep.equal(expected.map((file) => `${folder}/${file}`).sort());
      });

      it("stays as it is in the next update, and kOps has nothing to change but the allowed differences", async () => {
        await adoption.project.unchanged();
        expect(unexpected(parseDryRun(await kops.dryRun()))).to.deep.equal(sameKey);
      });
    });
  }
});
