/** Changes of a running cluster that the guard refuses or lets through: what the CLI says, and what is left of the cluster. */
import { CopyObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { objects, stateBucket } from "../support/buckets";
import { type Inventory, inventory } from "../support/inventory";
import { awsSettings, type LocalCloud, useLocalCloud } from "../support/localCloud";
import { printedProblems } from "../support/printedProblems";
import { type Program, yamlProject } from "../support/pulumiProject";

type Project = Awaited<ReturnType<typeof yamlProject>>;

const MINUTES = 60_000;
const zones = ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1d", "us-east-1e", "us-east-1f"];

/** Three etcd members, and a version with two later minor ones. */
const properties: Program = {
  clusterName: "safe.example.com",
  zones,
  kubernetesVersion: "1.34.8",
  controlPlane: { zones: zones.slice(0, 3), etcdVolume: { size: 20 } },
  nodeGroups: { web: { nodePools: { spot: {}, steady: {} } }, batch: {} },
};

/** What the cluster comes to in the course of the tests. */
const grown = {
  kubernetesVersion: "1.35.5",
  controlPlane: { ...properties["controlPlane"], etcdVolume: { size: 30 } },
};
const key = "arn:aws:kms:us-east-1:123456789012:key/0123abcd-0123-0123-0123-0123456789ab";

const cluster = (changed: Program): Program => ({
  type: "kops-karpenter:KopsKarpenterCluster",
  properties: { ...properties, ...changed },
});
const program = (changed: Program = {}): Program => ({ resources: { cluster: cluster(changed) } });

interface Case {
  readonly title: string;
  readonly change: Program;
  /** What the guard says of each problem, the end that all share left out. */
  readonly problems: readonly string[];
}

const beside = "create a new cluster beside this one and move the workloads";

/** What the CLI prints of them. Each stop has its message in tests/unit/validate/changes, and is met by the engine in effects. */
const refusals: readonly Case[] = [
  {
    title: "another cluster name",
    change: { clusterName: "other.example.com" },
    problems: [
      `clusterName: "safe.example.com" to "other.example.com" is refused: names and tags of every resource, the certificates and the state store contain the name, so the buckets with keys and etcd backups would be replaced; ${beside}`,
    ],
  },
  {
    title: "two of three control-plane zones moved",
    change: { controlPlane: { zones: ["us-east-1a", "us-east-1d", "us-east-1f"] } },
    problems: [
      `controlPlane.zones: "us-east-1a", "us-east-1b", "us-east-1c" to "us-east-1a", "us-east-1d", "us-east-1f" is refused: it deletes the etcd volumes in "us-east-1b", "us-east-1c", 2 of 3 members, so etcd loses its quorum; replace one zone at a time, and wait until etcd is healthy again`,
    ],
  },
  {
    title: "three control-plane zones to one",
    change: { controlPlane: { zones: ["us-east-1a"] } },
    problems: [
      `controlPlane.zones: "us-east-1a", "us-east-1b", "us-east-1c" to "us-east-1a" is refused: it deletes the etcd volumes in "us-east-1b", "us-east-1c", 2 of 3 members, so etcd loses its quorum; replace one zone at a time, and wait until etcd is healthy again`,
    ],
  },
  {
    title: "smaller etcd volumes, with another key",
    // There is no such key, which a look-up would say first.
    change: {
      controlPlane: { ...properties["controlPlane"], etcdVolume: { size: 10, kmsKeyArn: key } },
      preflight: { skip: true },
    },
    problems: [
      `controlPlane.etcdVolume.kmsKeyArn: "aws/ebs" to "${key}" is refused: EBS cannot change the encryption of a volume: it would be replaced by an empty one, and etcd would lose its data; ${beside}`,
      "controlPlane.etcdVolume.size: 20 to 10 is refused: EBS volumes only grow; keep 20",
    ],
  },
  {
    title: "another topology",
    change: { network: { topology: "private" } },
    problems: [
      `network.topology: "public" to "private" needs acknowledgement: the subnets of all nodes are replaced or change their route to the internet; running nodes lose connections; it replaces the API load balancer, and with it the API's address, which nodes and kubeconfigs hold; to go ahead, add "network.topology" to acknowledge`,
    ],
  },
  {
    title: "another CNI",
    change: { cni: "none" },
    problems: [
      `cni: "cilium" to "none" needs acknowledgement: pods lose their network until another CNI takes over on every node; to go ahead, add "cni" to acknowledge`,
    ],
  },
  {
    title: "two minor versions of Kubernetes at once",
    change: { kubernetesVersion: "1.36.1" },
    problems: [
      `kubernetesVersion: "1.34.8" to "1.36.1" is refused: an API server supports an upgrade by one minor version at a time; upgrade to 1.35 first, and finish that upgrade`,
    ],
  },
];

describe("a change of a running cluster", function () {
  this.timeout(8 * MINUTES);
  const cloud = useLocalCloud();
  let project: Project;
  let empty: Inventory;
  /** As the last refusal left it. What changes it forgets it, or the next refusal fails. */
  let left: readonly string[] | undefined;

  before(async () => {
    empty = await inventory(cloud);
    project = await yamlProject(cloud, program());
    await project.up();
  });

  /** An update must fail with these problems, and leave everything as it was. */
  async function expectRefusal(change: Program, problems: readonly string[]): Promise<void> {
    const before = left ?? (await world(cloud, project));
    project.write(program(change));
    const { code, output } = await project.attempt("up", "--yes", "--skip-preview");
    expect(code, output).not.to.equal(0);
    expect(printedProblems(output)).to.deep.equal(problems);
    left = await world(cloud, project);
    expect(left).to.deep.equal(before);
  }

  it("is none in a second preview", async () => {
    await project.unchanged();
  });

  for (const { title, change, problems } of refusals) {
    it(`leaves everything as it was: ${title}`, () => expectRefusal(change, problems));
  }

  it("goes through once it is acknowledged, and only that one", async () => {
    project.write(program({ network: { topology: "private" }, acknowledge: ["network.topology"] }));
    expect(await project.steps()).to.include("create aws:ec2/natGateway:NatGateway cluster-nat-gateway-us-east-1a");
    await expectRefusal(
      { network: { topology: "private" }, cni: "none", acknowledge: ["network.topology"] },
      refusals.find(({ title }) => title === "another CNI")!.problems,
    );
  });

  it("is refused in the preview as well", async () => {
    project.write(program({ cni: "none" }));
    const { code, output } = await project.attempt("preview");
    expect(code, output).not.to.equal(0);
    expect(printedProblems(output)).to.have.length(1);
  });

  it("leaves everything as it was: one minor version up that nobody waits for", () =>
    expectRefusal(grown, [
      `kubernetesVersion: "1.34.8" to "1.35.5" needs acknowledgement: with readiness.skip, the update replaces no control-plane instance and waits for none, so new workers start with a kubelet that is later than the API server, which Kubernetes does not support; omit readiness.skip in an update before this one if the API can be reached, or exclude the workers from this update; to go ahead, add "kubernetesVersion" to acknowledge`,
    ]));

  // As docs/how-to/upgrade.md has it.
  it("goes through in two updates, the control plane's first, with nothing at stake: that version, and larger etcd volumes", async () => {
    project.write(program({ ...grown, acknowledge: ["kubernetesVersion"] }));
    const steps = await project.steps();
    expect(steps).to.include("update aws:ebs/volume:Volume cluster-etcd-volume-main-a");
    expect(steps.filter((step) => !step.startsWith("update "))).to.deep.equal([]);
    const toldToWorkers = async () => (await objects(cloud)).filter((file) => file.includes("/igconfig/node/"));
    const before = await toldToWorkers();
    const held = ["--exclude", "**::cluster-workers", "--exclude-dependents"];
    const { code, output } = await project.attempt("up", "--yes", "--skip-preview", ...held);
    expect(code, output).to.equal(0);
    expect(await toldToWorkers()).to.deep.equal(before);
    project.write(program(grown));
    const rest = await project.steps();
    expect(rest.filter((step) => !/^update .*(-igconfig-node-|-deletion-protection)/.test(step))).to.deep.equal([]);
    expect(rest).not.to.deep.equal([]);
    await project.up();
    expect(await toldToWorkers()).not.to.deep.equal(before);
    left = undefined;
    await project.unchanged();
  });

  it("leaves everything as it was: back to the earlier version and size", () =>
    expectRefusal({}, [
      "controlPlane.etcdVolume.size: 30 to 20 is refused: EBS volumes only grow; keep 30",
      `kubernetesVersion: "1.35.5" to "1.34.8" is refused: Kubernetes does not support a downgrade to an earlier minor version: etcd may hold objects that the earlier API server cannot read; keep the version, or restore an etcd backup from before the upgrade into a new cluster`,
    ]));

  it("replaces one control-plane zone once that is acknowledged", async () => {
    const controlPlane = { ...grown.controlPlane, zones: ["us-east-1a", "us-east-1b", "us-east-1d"] };
    await expectRefusal({ ...grown, controlPlane }, [
      `controlPlane.zones: "us-east-1a", "us-east-1b", "us-east-1c" to "us-east-1a", "us-east-1b", "us-east-1d" needs acknowledgement: it terminates the control-plane nodes in "us-east-1c" and deletes their etcd volumes; until the new members have joined, etcd cannot lose another; to go ahead, add "controlPlane.zones" to acknowledge`,
    ]);
    project.write(program({ ...grown, controlPlane, acknowledge: ["controlPlane.zones"] }));
    const volumes = (await project.steps()).filter((step) => step.includes("cluster-etcd-volume-main-"));
    expect(volumes).to.deep.equal([
      "create aws:ebs/volume:Volume cluster-etcd-volume-main-d",
      "delete aws:ebs/volume:Volume cluster-etcd-volume-main-c",
      "update aws:ebs/volume:Volume cluster-etcd-volume-main-a",
      "update aws:ebs/volume:Volume cluster-etcd-volume-main-b",
    ]);
  });

  it("leaves everything as it was: a second cluster of the same name", async () => {
    const before = left ?? (await world(cloud, project));
    project.write({ resources: { cluster: cluster(grown), twin: structuredClone(cluster(grown)) } });
    const { code, output } = await project.attempt("preview");
    expect(code, output).not.to.equal(0);
    // The engine stops at the first guard that finds something. What a look-up finds of any cluster of that name, another
    // stack's too, is found of the running one.
    const found = printedProblems(output);
    expect(found).not.to.deep.equal([]);
    for (const problem of found) {
      expect(problem).to.match(
        /^clusterName: (duplicate cluster name "safe.example.com"; "(cluster|twin)" in the same program has that name|resources of a cluster of that name exist \(.*)$/,
      );
    }
    expect(await world(cloud, project)).to.deep.equal(before);
  });

  describe("with Karpenter", () => {
    const withKarpenter = { ...grown, karpenter: { install: true }, readiness: { timeoutSeconds: 1 } };

    before(async () => {
      project.write(program(withKarpenter));
      // No instance boots here, so there is no API to install it in; the guard has recorded it nevertheless.
      const { code, output } = await project.attempt("up", "--yes", "--skip-preview");
      expect(code, output).not.to.equal(0);
      expect(output).to.include("was not ready after 1 s");
      left = undefined;
    });

    const terminated = "Karpenter drains and terminates all its nodes at once";
    const workers: readonly Case[] = [
      {
        title: "Karpenter switched off",
        change: { karpenter: { install: false } },
        problems: [
          `karpenter.install: true to false needs acknowledgement: it deletes every node pool and class, and terminates every node that Karpenter launched; to go ahead, add "karpenter.install" to acknowledge`,
        ],
      },
      {
        title: "a group renamed and a pool removed",
        change: { nodeGroups: { web: { nodePools: { spot: {} } }, nightly: {} } },
        problems: [
          `nodeGroups.batch: group "batch" removed needs acknowledgement: ${terminated}; a renamed group is a new one, which starts without nodes; to go ahead, add "nodeGroups.batch" to acknowledge`,
          `nodeGroups.web.nodePools.steady: pool "steady" removed needs acknowledgement: ${terminated}; a renamed pool is a new one, which starts without nodes; to go ahead, add "nodeGroups.web.nodePools.steady" to acknowledge`,
        ],
      },
      {
        title: "a zone with nodes removed",
        change: { zones: zones.slice(0, 5) },
        problems: [
          `zones: ${shown(zones.slice(0, 5))} and 1 more to ${shown(zones.slice(0, 5))} needs acknowledgement: it replaces the API load balancer, and with it the API's address, which nodes and kubeconfigs hold; it deletes the subnets of "us-east-1f", where nodes of "batch", "web" may run; a subnet cannot be deleted before its nodes are gone; to go ahead, add "zones" to acknowledge`,
        ],
      },
    ];
    for (const { title, change, problems } of workers) {
      it(`leaves everything as it was: ${title}`, () => expectRefusal({ ...withKarpenter, ...change }, problems));
    }

    it("lets a group go once it is named", async () => {
      const { web } = properties["nodeGroups"] as Program;
      project.write(program({ ...withKarpenter, nodeGroups: { web }, acknowledge: ["nodeGroups.batch"] }));
      expect(await project.steps()).to.include(
        "delete aws:s3/bucketObjectv2:BucketObjectv2 cluster-file-instancegroup-batch",
      );
    });
  });

  describe("whose keys somebody else has written", () => {
    const keyset = "safe.example.com/pki/private/kubernetes-ca/keyset.yaml";
    const token = "safe.example.com/secrets/admin";
    const foreign = "not what the component wrote";
    const rotated = { ...grown, acknowledge: ["karpenter.install"] };
    const both =
      `stateStore.keys: "pki/private/kubernetes-ca/keyset.yaml", "secrets/admin" written by kOps or another program needs acknowledgement: ` +
      `an update may put the component's own keys back, and nodes that trust only the others lose the API; to keep the others, continue with kOps, ` +
      `or restore the earlier versions of the objects; to go ahead, add "stateStore.keys" to acknowledge`;
    let s3: S3Client;
    let ours: readonly string[];

    before(async () => {
      // The tests before it recorded a Karpenter that was never installed.
      project.write(program(rotated));
      await project.up();
      s3 = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
      ours = await objects(cloud);
      for (const Key of [keyset, token]) {
        await s3.send(new PutObjectCommand({ Bucket: await stateBucket(cloud), Key, Body: foreign }));
      }
      left = undefined;
    });

    for (const [title, change] of [
      ["with nothing else changed", {}],
      ["with another change", { tags: { team: "web" } }],
      ["without look-ups", { preflight: { skip: true } }],
    ] as const) {
      it(`leaves everything as it was: ${title}`, () => expectRefusal({ ...rotated, ...change }, [both]));
    }

    it("is refused with a refresh too, and the keys stay in the store", async () => {
      project.write(program(rotated));
      const before = await objects(cloud);
      await project.refresh();
      for (const command of [["up", "--yes", "--skip-preview"], ["up", "--yes", "--refresh"], ["preview"]]) {
        const { code, output } = await project.attempt(...command);
        expect(code, output).not.to.equal(0);
        expect(printedProblems(output)).to.deep.equal([both]);
      }
      expect(await objects(cloud)).to.deep.equal(before);
      expect(await project.exported()).not.to.include(foreign);
    });

    it("does not concern a key whose earlier version is there again", async () => {
      const Bucket = await stateBucket(cloud);
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix: token }));
      const earlier = Versions.find(({ IsLatest }) => IsLatest !== true)!;
      const CopySource = `${Bucket}/${token}?versionId=${String(earlier.VersionId)}`;
      await s3.send(new CopyObjectCommand({ Bucket, Key: token, CopySource }));
      left = undefined;
      await expectRefusal(rotated, [both.replace(`, "secrets/admin"`, "")]);
    });

    it("puts the component's keys back once that is acknowledged, and nothing else", async () => {
      project.write(program({ ...rotated, acknowledge: [...rotated.acknowledge, "stateStore.keys"] }));
      await project.refresh();
      expect(await project.steps()).to.deep.equal([
        "update aws:s3/bucketObjectv2:BucketObjectv2 cluster-file-pki-private-kubernetes-ca-keyset.yaml",
      ]);
      await project.up();
      expect(await objects(cloud)).to.deep.equal(ours);
      project.write(program(rotated));
      await project.unchanged();
    });
  });

  describe("that is protected from deletion, and whose store is kept", () => {
    const kept = { ...grown, retain: ["stateStore"], acknowledge: ["karpenter.install"] };

    before(async () => {
      project.write(program({ ...kept, deletionProtection: true }));
      await project.up();
      left = undefined;
    });

    /** Refused before anything is deleted: the engine turns to the protection first. */
    async function expectProtected(...command: readonly string[]): Promise<void> {
      const before = left ?? (await world(cloud, project));
      const { code, output } = await project.attempt(...command);
      expect(code, output).not.to.equal(0);
      const refused = [...output.matchAll(/error: .*::(\S+)" cannot be deleted\s+because it is protected/g)];
      expect(refused.map(([, name]) => name)).to.deep.equal(["cluster-deletion-protection"]);
      left = await world(cloud, project);
      expect(left).to.deep.equal(before);
    }

    it("loses nothing in a destroy, nor in its preview", async () => {
      await expectProtected("destroy", "--preview-only");
      await expectProtected("destroy", "--yes", "--skip-preview");
    });

    it("loses nothing in a destroy of one store and of what depends on it", async () => {
      const store = (await project.resources()).find(({ urn }) => urn.endsWith("::cluster-state-store"))!;
      await expectProtected("destroy", "--yes", "--skip-preview", "--target", store.urn, "--target-dependents");
    });

    it("loses nothing when the program no longer has it", async () => {
      project.write({ resources: {} });
      await expectProtected("up", "--yes", "--skip-preview");
    });

    it("keeps its control-plane zones, acknowledged or not", () =>
      expectRefusal(
        {
          ...kept,
          controlPlane: { ...grown.controlPlane, zones: ["us-east-1a", "us-east-1b", "us-east-1d"] },
          acknowledge: ["controlPlane.zones", ...kept.acknowledge],
        },
        [
          `controlPlane.zones: "us-east-1a", "us-east-1b", "us-east-1c" to "us-east-1a", "us-east-1b", "us-east-1d" is refused: deletionProtection keeps the Auto Scaling groups and etcd volumes in "us-east-1c"; set deletionProtection to false in an update before this one`,
        ],
      ));

    it("is destroyed once that is off, and leaves its stores with keys and specification", async () => {
      project.write(program(kept));
      await project.up();
      const before = await objects(cloud);
      await project.destroy();
      const { buckets, ...rest } = await inventory(cloud);
      expect(rest).to.deep.equal(empty);
      expect(buckets).to.have.length(2);
      const files = (all: readonly string[]): readonly string[] =>
        all.filter((file) => !/\/(igconfig|instancegroup)\//.test(file));
      expect(await objects(cloud)).to.deep.equal(files(before));
      expect(files(before).some((file) => file.includes("/pki/private/kubernetes-ca/keyset.yaml"))).to.equal(true);
    });

    it("is created again on its kept stores, once its keys may be replaced, and leaves the backups there alone", async () => {
      const { buckets = [] } = await inventory(cloud);
      const [discovery, state] = [...buckets].sort();
      const Key = "safe.example.com/backups/etcd/main/2026-01-01T00:00:00Z-000001/_etcd_backup.meta";
      const s3 = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
      await s3.send(new PutObjectCommand({ Bucket: state, Key, Body: "a backup" }));
      const stores = { stateStore: `s3://${String(state)}`, discoveryStore: `s3://${String(discovery)}` };
      const again = { ...grown, ...stores };
      const before = await objects(cloud);
      project.write(program(again));
      const { code, output } = await project.attempt("up", "--yes", "--skip-preview");
      expect(code, output).not.to.equal(0);
      expect(printedProblems(output)).to.deep.equal([
        `stateStore: holds a cluster "safe.example.com" that this stack did not create, got "s3://${String(state)}"; must be a store without that cluster, or set another clusterName; kops-karpenter adopt writes a program for a cluster that kOps created; to replace the specification and the keys of a cluster that no longer runs, add "stateStore.keys" to acknowledge`,
      ]);
      expect(await objects(cloud)).to.deep.equal(before);
      expect(await inventory(cloud)).to.deep.equal({ ...empty, buckets });
      project.write(program({ ...again, acknowledge: ["stateStore.keys"] }));
      await project.up();
      project.write(program(again));
      await project.up();
      await project.unchanged();
      const after = await objects(cloud);
      const about = (all: readonly string[], part: string): readonly string[] =>
        all.filter((each) => each.includes(part));
      expect(about(after, Key)).to.deep.equal(about(before, Key)).and.to.have.length(1);
      expect(about(after, "/pki/private/")).to.have.length(8);
      expect(about(after, "/pki/private/").filter((each) => before.includes(each))).to.deep.equal([]);
    });

    it("takes etcd's backups with it where nothing is retained, and leaves what else is in a given store", async () => {
      const { buckets = [] } = await inventory(cloud);
      const [discovery, state] = [...buckets].sort();
      const s3 = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
      const mark = "backups/etcd/main/control/etcd-cluster-created";
      for (const cluster of ["safe.example.com", "safe.example.com.other"])
        await s3.send(new PutObjectCommand({ Bucket: state, Key: `${cluster}/${mark}`, Body: "{}" }));
      const stores = { stateStore: `s3://${String(state)}`, discoveryStore: `s3://${String(discovery)}` };
      project.write(program({ ...grown, ...stores }));
      await project.up();
      await project.destroy();
      const others = (await objects(cloud)).map((each) => each.replace(/ .*/, ""));
      expect(others).to.deep.equal([`${String(state)}/safe.example.com.other/${mark}`]);
    });
  });
});

function shown(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}

/** Everything there is, a line for each: in AWS, in the stores, and in the state. */
async function world(cloud: LocalCloud, project: Project): Promise<readonly string[]> {
  const aws = Object.entries(await inventory(cloud)).flatMap(([kind, names]) => names.map((name) => `${kind} ${name}`));
  // Ciphertexts differ each time the engine writes the state.
  const state = (await project.resources("--show-secrets")).map((resource) => JSON.stringify(resource));
  // In which order the engine lists resources depends on which were registered before it stopped.
  return [...aws, ...(await objects(cloud)), ...state].sort();
}
