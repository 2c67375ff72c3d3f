/** Clusters that real kOps made, read by the command as users run it: what it says of each, and the program that it writes. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { expect } from "chai";
import { parse, stringify } from "yaml";
import { makeBuckets, objects } from "../support/buckets";
import { KopsCommand } from "../support/kopsCommand";
import { repository, useLocalCloud, variable } from "../support/localCloud";
import { finished, type Outcome, type Program, PulumiProject } from "../support/pulumiProject";
import { publicKey } from "../unit/plan/fixtures/cases";

const MINUTES = 60_000;
const stores = { state: "s3://kops-state/clusters", discovery: "s3://kops-discovery" };
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const image = "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218";

interface KopsCluster {
  readonly name: string;
  readonly title: string;
  readonly arguments: readonly string[];
  /** What a person does then, each a command of kOps. */
  readonly rotation?: readonly (readonly string[])[];
  readonly group?: { readonly name: string; readonly spec: object };
  /** What the program says beside names, versions, stores and keys. */
  readonly expected: object;
}

const clusters: readonly KopsCluster[] = [
  {
    name: "karpenter.example.com",
    title: "workers that Karpenter provisions",
    arguments: ["--zones=us-east-1a"],
    expected: {
      zones: ["us-east-1a"],
      network: { subnets: [{ zone: "us-east-1a", cidr: "172.20.0.0/16" }] },
      nodeGroups: { nodes: { images: [image] } },
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
      nodeGroups: { nodes: { images: [image] } },
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
    expected: {
      zones: ["us-east-1a"],
      network: { subnets: [{ zone: "us-east-1a", cidr: "172.20.0.0/16" }] },
      nodeGroups: { nodes: { images: [image] } },
    },
  },
];

describe("a cluster that kOps made", function () {
  this.timeout(5 * MINUTES);
  const cloud = useLocalCloud();

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
    }
  });

  for (const { name, title, expected } of clusters) {
    it(`becomes a program with what differs from a default, and is changed nowhere: ${title}`, async () => {
      const before = await objects(cloud);
      const folder = join(cloud.dir, name);
      const { code, output } = await adopt(name, folder, "--accept-notes");
      expect(code, output).to.equal(0);
      const text = readFileSync(join(folder, "Pulumi.yaml"), "utf8");
      const { properties } = (parse(text) as Program)["resources"].cluster as Program;
      const { clusterName, kubernetesVersion, stateStore, discoveryStore, sshPublicKey, ...others } = properties;
      expect({ clusterName, stateStore, discoveryStore, sshPublicKey }).to.deep.equal({
        clusterName: name,
        stateStore: stores.state,
        discoveryStore: stores.discovery,
        sshPublicKey: publicKey,
      });
      expect(kubernetesVersion).to.match(/^1\.\d+\.\d+$/);
      const { assets, pki, stateStoreAccess, ...rest } = others;
      expect(assets).to.deep.equal({ kopsBaseUrl: variable(cloud, "KOPS_BASE_URL") });
      const { rollingUpdate, karpenter, ...found } = rest;
      // No instance is replaced, and kOps's Karpenter stays, until somebody takes these out.
      expect({ rollingUpdate, karpenter }).to.deep.equal({
        rollingUpdate: { strategy: "manual" },
        karpenter: { install: false },
      });
      expect(found).to.deep.equal(expected);
      expect(Object.keys(pki.keysets)).to.have.length(8);
      expect(text + output).not.to.include("PRIVATE KEY");
      expect(stateStoreAccess.secretAccessKey).to.match(/^\$\{/);
      expect(await objects(cloud)).to.deep.equal(before);
    });
  }

  it("is not written while the component would change it", async () => {
    const folder = join(cloud.dir, "not-written");
    const { code, output } = await adopt("karpenter.example.com", folder);
    expect([code, existsSync(folder)]).to.deep.equal([2, false]);
    expect(output).to.include("config: spec.channel: the kOps CLI alone reads it");
  });

  it("gives its keys to a stack as secrets, by kOps's numbers; nothing but the cluster's existence stands against it", async () => {
    const folder = join(cloud.dir, "rotated.example.com");
    const project = new PulumiProject(cloud, folder);
    await project.run("stack", "init");
    const set = await command("secrets", "--state", stores.state, "--name", "rotated.example.com", "--out", folder);
    expect(set.code, set.output).to.equal(0);
    const settings = readFileSync(join(folder, "Pulumi.test.yaml"), "utf8");
    const values = Object.values((parse(settings) as { config: object }).config) as { secure?: string }[];
    // Nine private keys, nine tokens, and the key of the store.
    expect(values.filter(({ secure }) => secure !== undefined)).to.have.length(9 + 9 + 1);
    const program = readFileSync(join(folder, "Pulumi.yaml"), "utf8");
    const { keys, primary } = (parse(program) as Program)["resources"].cluster.properties.pki.keysets["kubernetes-ca"];
    const kops = new KopsCommand(cloud, "rotated.example.com", stores);
    const listed = JSON.parse(await kops.run("get", "keypairs", "kubernetes-ca", "--output=json")) as Program[];
    expect(listed.find(({ isPrimary }) => isPrimary === true)?.["id"]).to.equal(keys[primary].id);

    const { code, output } = await project.attempt("preview");
    expect(code).not.to.equal(0);
    const problems = [...output.matchAll(/'cluster-guard' has a problem: (\w+): ([^,(]*)/g)];
    expect(
      [...new Set(problems.map(([, input, what]) => `${input ?? ""}: ${what ?? ""}`.trim()))].sort(),
      output,
    ).to.deep.equal([
      "clusterName: resources of a cluster of that name exist",
      'stateStore: holds a cluster "rotated.example.com" that this stack did not create',
    ]);
  });

  function adopt(name: string, folder: string, ...more: readonly string[]): Promise<Outcome> {
    return command("adopt", "--state", stores.state, "--name", name, "--out", folder, ...more);
  }

  /** As a user starts it. */
  function command(...args: readonly string[]): Promise<Outcome> {
    const program = join(repository, "bin", "kops-karpenter");
    return finished(spawn(program, args, { env: cloud.env, stdio: ["ignore", "pipe", "pipe"] }));
  }
});

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
