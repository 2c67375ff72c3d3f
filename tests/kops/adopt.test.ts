/** Clusters that real kOps made, read by the command as users run it: what it says of each, and the program that it writes. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse, stringify } from "yaml";
import { Adoption, publish } from "../support/adoption";
import { makeBuckets, objects } from "../support/buckets";
import { parseDryRun, unexpected } from "../support/dryRun";
import { inventory } from "../support/inventory";
import { KopsCommand } from "../support/kopsCommand";
import { useLocalCloud, variable } from "../support/localCloud";
import type { Program } from "../support/pulumiProject";
import { publicKey } from "../unit/plan/fixtures/cases";
import { Strangers } from "./strangers";

const MINUTES = 60_000;
const stores = { state: "s3://kops-state/clusters", discovery: "s3://kops-discovery" };
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const image = "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218";

const provisioned = "workers that Karpenter provisions";
/** Karpenter keeps its nodes, until somebody takes the budget out. */
const provisionedGroups = {
  nodes: { images: [image], nodePools: { nodes: { disruption: { budgets: [{ nodes: "0" }] } } } },
};

interface KopsCluster {
  readonly name: string;
  readonly title: string;
  readonly arguments: readonly string[];
  /** What a person does then, each a command of kOps. */
  readonly rotation?: readonly (readonly string[])[];
  readonly group?: { readonly name: string; readonly spec: object };
  /** In the program; by default, only that kOps's Karpenter stays. */
  readonly karpenter?: object;
  /** Kinds of resources that the first update changes as well. */
  readonly updated: readonly string[];
  /** Files of the store that it writes anew beside those of every adoption. */
  readonly rewritten?: readonly string[];
  /** What the program says beside names, versions, stores and keys. */
  readonly expected: object;
}

/** The bootstrap script; objects, whose content is not read; the guard, which records the program. */
const alwaysUpdated = [
  "update aws:ec2/launchTemplate:LaunchTemplate",
  "update aws:s3/bucketObjectv2:BucketObjectv2",
  "update kops-karpenter:index:ClusterGuard",
];
const guardOnly = "**::cluster-guard";
/** What every adoption changes; and the specs name the channel, whose loss --accept-notes accepts. */
const allowedToChange = /\/(bootstrap-channel\.yaml|nodeupscript\.sh|config|cluster-completed\.spec)$/;
/** Karpenter may change nothing but the cluster. */
const scopedPolicy = "update aws:iam/rolePolicy:RolePolicy";

const clusters: readonly KopsCluster[] = [
  {
    name: "default.example.com",
    title: "workers in Auto Scaling groups, without Karpenter",
    arguments: ["--zones=us-east-1a", "--instance-manager=cloudgroups", "--node-size=t3.medium"],
    karpenter: { enabled: false },
    updated: [],
    expected: {
      zones: ["us-east-1a"],
      network: { subnets: [{ zone: "us-east-1a", cidr: "172.20.0.0/16" }] },
      nodeGroups: { "nodes-us-east-1a": { maxSize: 1 } },
    },
  },
  {
    name: "karpenter.example.com",
    title: provisioned,
    arguments: ["--zones=us-east-1a"],
    updated: [scopedPolicy],
    expected: {
      zones: ["us-east-1a"],
      network: { subnets: [{ zone: "us-east-1a", cidr: "172.20.0.0/16" }] },
      nodeGroups: provisionedGroups,
    },
  },
  {
    name: "private.example.com",
    title: "three control planes, private, with a bastion",
    arguments: [
      `--zones=${zones.join(",")}`,
      `--control-plane-zones=${zones.join(",")}`,
      "--topology=private",
      "--bastion",
    ],
    // kOps's tag with a NAT gateway's id: kOps finds the gateway by the route table, too.
    updated: [scopedPolicy, "update aws:ec2/subnet:Subnet"],
    expected: {
      zones,
      controlPlane: { zones },
      network: {
        topology: "private",
        bastion: {},
        subnets: [
          { zone: "us-east-1a", cidr: "172.20.64.0/18" },
          { zone: "us-east-1b", cidr: "172.20.128.0/18" },
          { zone: "us-east-1c", cidr: "172.20.192.0/18" },
          { zone: "us-east-1a", type: "Utility", cidr: "172.20.0.0/21" },
          { zone: "us-east-1b", type: "Utility", cidr: "172.20.8.0/21" },
          { zone: "us-east-1c", type: "Utility", cidr: "172.20.16.0/21" },
        ],
      },
      nodeGroups: provisionedGroups,
    },
  },
  {
    name: "edited.example.com",
    title: "edited fields",
    arguments: [
      "--zones=us-east-1a",
      "--control-plane-volume-size=80",
      "--cloud-labels=team=platform",
      "--ssh-access=198.51.100.0/24",
      "--admin-access=203.0.113.0/24",
      "--encrypt-etcd-storage",
      "--set=cluster.spec.kubelet.podPidsLimit=1024",
      "--set=cluster.spec.kubeAPIServer.auditLogMaxAge=10",
    ],
    group: {
      name: "nodes",
      spec: {
        machineType: "t3.large",
        manager: "CloudGroup",
        maxSize: 4,
        minSize: 2,
        nodeLabels: { "example.com/tier": "web", "kops.k8s.io/instancegroup": "nodes" },
        rootVolumeSize: 60,
        taints: ["example.com/web:NoSchedule"],
      },
    },
    // kOps leaves the tags that subnets had when Karpenter had the group.
    updated: [scopedPolicy, "update aws:ec2/subnet:Subnet"],
    // A group without a manager is one of an Auto Scaling group.
    rewritten: ["instancegroup/nodes"],
    expected: {
      zones: ["us-east-1a"],
      network: { subnets: [{ zone: "us-east-1a", cidr: "172.20.0.0/16" }] },
      api: { access: ["203.0.113.0/24"] },
      sshAccess: ["198.51.100.0/24"],
      tags: { team: "platform" },
      controlPlane: { rootVolume: { size: 80 } },
      clusterSpec: { kubeAPIServer: { auditLogMaxAge: 10 }, kubelet: { podPidsLimit: 1024 } },
      nodeGroups: {
        nodes: {
          manager: "CloudGroup",
          instanceTypes: ["t3.large"],
          maxSize: 4,
          rootVolume: { size: 60 },
          labels: { "example.com/tier": "web" },
          taints: [{ key: "example.com/web", effect: "NoSchedule" }],
        },
      },
    },
  },
  {
    name: "rotated.example.com",
    title: "a rotated certificate authority",
    arguments: ["--zones=us-east-1a"],
    rotation: [
      ["create", "keypair", "kubernetes-ca"],
      ["promote", "keypair", "kubernetes-ca"],
    ],
    updated: [scopedPolicy],
    expected: {
      zones: ["us-east-1a"],
      network: { subnets: [{ zone: "us-east-1a", cidr: "172.20.0.0/16" }] },
      nodeGroups: provisionedGroups,
    },
  },
];

describe("a cluster that kOps made", function () {
  this.timeout(5 * MINUTES);
  const cloud = useLocalCloud();
  const adoptions = new Map<string, Adoption>();

  before("make the clusters", async () => {
    await makeBuckets(cloud, ["kops-state", "kops-discovery"]);
    const key = join(cloud.dir, "key.pub");
    writeFileSync(key, publicKey);
    for (const { name, arguments: args, rotation = [], group } of clusters) {
      const kops = new KopsCommand(cloud, name, stores);
      await kops.create([...args, "--control-plane-size=t3.medium", `--ssh-public-key=${key}`]);
      for (const step of rotation) await kops.run(...step);
      if (group !== undefined) await editGroup(kops, cloud.dir, group);
      // Once more, now that the load balancer's addresses are known.
      await kops.run("update", "cluster", "--yes");
      adoptions.set(name, new Adoption(cloud, name, stores));
    }
    await publish(
      cloud,
      "kops-discovery",
      clusters.map(({ name }) => name),
    );
  });

  const adoptionOf = (name: string): Adoption => {
    const adoption = adoptions.get(name);
    if (adoption === undefined) throw new Error(`bug: there is no cluster ${name}`);
    return adoption;
  };

  it("is not written while the component would change it", async () => {
    const adoption = adoptionOf("karpenter.example.com");
    const { code, output } = await adoption.adopt();
    expect([code, existsSync(adoption.folder)]).to.deep.equal([2, false]);
    expect(output).to.include("config: spec.channel: the kOps CLI alone reads it");
  });

  for (const { name, title, karpenter: expectedKarpenter = { install: false }, expected } of clusters) {
    it(`becomes a program with what differs from a default, and is changed nowhere: ${title}`, async () => {
      const before = await objects(cloud);
      const adoption = adoptionOf(name);
      const { code, output } = await adoption.adopt("--accept-notes");
      expect(code, output).to.equal(0);
      const { clusterName, kubernetesVersion, stateStore, discoveryStore, sshPublicKey, ...others } = adoption.inputs();
      expect({ clusterName, stateStore, discoveryStore, sshPublicKey }).to.deep.equal({
        clusterName: name,
        stateStore: stores.state,
        discoveryStore: stores.discovery,
        sshPublicKey: publicKey,
      });
      expect(kubernetesVersion).to.match(/^1\.\d+\.\d+$/);
      const { assets, pki, stateStoreAccess, kopsMetadata, ...rest } = others;
      expect(assets).to.deep.equal({ kopsBaseUrl: variable(cloud, "KOPS_BASE_URL") });
      expect(Object.keys(kopsMetadata.instanceGroups)).to.include("control-plane-us-east-1a");
      const { rollingUpdate, karpenter, ...found } = rest;
      // No instance is replaced, and kOps's Karpenter stays, until somebody takes these out.
      expect({ rollingUpdate, karpenter }).to.deep.equal({
        rollingUpdate: { strategy: "manual" },
        karpenter: expectedKarpenter,
      });
      expect(found).to.deep.equal(expected);
      expect(Object.keys(pki.keysets)).to.have.length(8);
      const text = readFileSync(join(adoption.folder, "Pulumi.yaml"), "utf8");
      expect(text + output).not.to.include("PRIVATE KEY");
      expect(stateStoreAccess.secretAccessKey).to.match(/^\$\{/);
      expect(await objects(cloud)).to.deep.equal(before);
    });
  }

  // tests/reality/import.test.ts has the other, with Pulumi's own plugin.
  for (const { name, title, updated, rewritten = [] } of clusters.filter(({ title: each }) => each !== provisioned)) {
    it(`comes under the component with all that it has, and stays kOps's: ${title}`, async () => {
      const adoption = adoptionOf(name);
      const { project } = adoption;
      // No API server runs here.
      adoption.change((inputs) => ({ ...inputs, readiness: { skip: true } }));
      const kops = new KopsCommand(cloud, name, stores);
      // Of its own cluster, too: the simulator has another fingerprint of an Ed25519 key than AWS.
      const sameKey = (await changesOf(kops)).filter((change) => change.startsWith("modify SSHKey/"));
      const [atFirst, files] = await Promise.all([inventory(cloud), objects(cloud)]);
      // What waits for one is then left out.
      const created = (await adoption.import()).filter(
        (step) => !/:(ClusterValidation|ControlPlaneRoll|WorkerRoll) /.test(step),
      );
      const steps = await project.steps();
      expect(steps.filter((step) => step.startsWith("create"))).to.deep.equal(created);
      const kinds = steps
        .filter((step) => !step.startsWith("create"))
        .map((step) => step.split(" ").slice(0, 2).join(" "));
      expect([...new Set(kinds)].sort()).to.deep.equal([...alwaysUpdated, ...updated].sort());
      // It fails after the guard, because the engine leaves out what the component then misses: the next one goes on.
      if (name === "rotated.example.com") await project.attempt("up", "--yes", "--skip-preview", "--target", guardOnly);
      await project.up();
      const { queues, rules, ...kept } = await inventory(cloud);
      const { queues: _queues, rules: _rules, ...before } = atFirst;
      expect(kept).to.deep.equal(before);
      const now = new Set(await objects(cloud));
      const changed = files.filter((file) => !now.has(file)).map((file) => file.replace(/ .*/, ""));
      expect(changed.filter((file) => !allowedToChange.test(file))).to.deep.equal(
        rewritten.map((file) => `kops-state/clusters/${name}/${file}`),
      );
      await project.unchanged();
      expect(await changesOf(kops)).to.deep.equal(sameKey);
    });
  }

  it("gives its keys to a stack as secrets, by kOps's numbers", async () => {
    const adoption = adoptionOf("rotated.example.com");
    const settings = readFileSync(join(adoption.folder, "Pulumi.test.yaml"), "utf8");
    const values = Object.values((parse(settings) as { config: object }).config) as { secure?: string }[];
    // Nine private keys, nine tokens, and the key of the store.
    expect(values.filter(({ secure }) => secure !== undefined)).to.have.length(9 + 9 + 1);
    const { keys, primary } = adoption.inputs()["pki"].keysets["kubernetes-ca"];
    const kops = new KopsCommand(cloud, "rotated.example.com", stores);
    const listed = JSON.parse(await kops.run("get", "keypairs", "kubernetes-ca", "--output=json")) as Program[];
    expect(listed.find(({ isPrimary }) => isPrimary === true)?.["id"]).to.equal(keys[primary].id);
  });

  it("is destroyed as any other, once it may be, with all that kOps would delete and nothing that is somebody else's", async () => {
    const name = "rotated.example.com";
    const adoption = adoptionOf(name);
    const { project } = adoption;
    const strangers = new Strangers(cloud, name, { bucket: "kops-state", folder: `clusters/${name}` });
    await strangers.make();
    const node = await strangers.provisioned();
    const remove = await strangers.obstruct();
    const before = await strangers.left();
    adoption.change((inputs) => ({ ...inputs, deletionProtection: true }));
    await project.up();
    const all = await inventory(cloud);
    const refused = await project.attempt("destroy", "--yes", "--skip-preview");
    expect([refused.code === 0, await inventory(cloud)]).to.deep.equal([false, all]);
    expect(refused.output).to.include("deletion-protection");
    adoption.change((inputs) => ({ ...inputs, deletionProtection: false }));
    await project.up();
    // Otherwise the engine stops at the first of the two.
    const { code, output } = await project.attempt("destroy", "--yes", "--skip-preview", "--continue-on-error");
    expect(code).not.to.equal(0);
    expect(output).to.match(/resource sg-\w+ has a dependent object/);
    expect(output).to.match(/The subnet 'subnet-\w+' has dependencies and cannot be deleted/);
    await remove();
    await project.destroy();
    expect(await strangers.left()).to.deep.equal(before);
    const { instances = [], ...rest } = await inventory(cloud);
    expect(instances).not.to.include(node);
    expect(
      Object.values(rest)
        .flat()
        .filter((each) => each.includes(name)),
    ).to.deep.equal([]);
  });
});

async function changesOf(kops: KopsCommand): Promise<readonly string[]> {
  return unexpected(parseDryRun(await kops.dryRun()));
}

async function editGroup(
  kops: KopsCommand,
  folder: string,
  { name, spec: fields }: NonNullable<KopsCluster["group"]>,
): Promise<void> {
  const { spec, ...group } = parse(await kops.run("get", "instancegroup", name, "--output=yaml")) as Program;
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, stringify({ ...group, spec: { ...spec, ...fields } }));
  await kops.run("replace", `--filename=${file}`);
}
