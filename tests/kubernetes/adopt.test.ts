/** kOps's default cluster while it runs: adopted, given to Karpenter, handed back, and adopted once more, with a workload all the while. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Kube, KubeObject } from "../../localcloud/machines/kube";
import { Adoption, publish } from "../support/adoption";
import { makeBuckets } from "../support/buckets";
import { parseDryRun, unexpected } from "../support/dryRun";
import { inventory, type Inventory } from "../support/inventory";
import { quickRoll } from "../support/clusterStack";
import { KopsCommand } from "../support/kopsCommand";
import { useLocalCloud, variable } from "../support/localCloud";
import type { PulumiProject } from "../support/pulumiProject";
import { publicKey } from "../unit/plan/fixtures/cases";
import { awaitApi, conditionOf, deployment, until } from "./harness";
import { Fewest } from "./watching";

const MINUTES = 60_000;
const CLUSTER = "kops.example.com";
const stores = { state: "s3://kops-state", discovery: "s3://kops-discovery" };
/** As kOps names it. */
const GROUP = "nodes-us-east-1a";
const web = "/apis/apps/v1/namespaces/default/deployments";
const ofSystem = "/apis/apps/v1/namespaces/kube-system/deployments";

describe("a running cluster that kOps made", function () {
  this.timeout(10 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  let kops: KopsCommand;
  let adoption: Adoption;
  let project: PulumiProject;
  let api: Kube;
  let atFirst: Inventory;
  let pods: readonly string[];
  /** Nodes of Karpenter's, and the workload's pods, once it has them. */
  let workers: readonly string[];
  let uids: readonly string[];

  before("make it, with workers in an Auto Scaling group, and a workload", async () => {
    await makeBuckets(cloud, ["kops-state", "kops-discovery"]);
    await publish(cloud, "kops-discovery", [CLUSTER]);
    const key = join(cloud.dir, "key.pub");
    writeFileSync(key, publicKey);
    kops = new KopsCommand(cloud, CLUSTER, stores);
    adoption = new Adoption(cloud, CLUSTER, stores);
    ({ project } = adoption);
    await kops.create([
      ...["--instance-manager=cloudgroups", "--zones=us-east-1a"],
      ...["--control-plane-size=t3.medium", "--node-size=t3.medium", "--node-count=2", `--ssh-public-key=${key}`],
    ]);
    const kubeconfig = join(cloud.dir, "kubeconfig");
    await kops.run("export", "kubeconfig", "--admin", `--kubeconfig=${kubeconfig}`);
    api = await awaitApi(cloud, CLUSTER, readFileSync(kubeconfig, "utf8"));
    await workload();
    await until("a valid cluster", 180, valid);
    [atFirst, pods] = await Promise.all([inventory(cloud), podUids()]);
  });

  after("close the connection", () => {
    (api as Kube | undefined)?.close();
  });

  it("is adopted by the commands; the preview deletes and replaces nothing", async () => {
    const { code, output } = await adoption.adopt("--accept-notes");
    expect(code, output).to.equal(0);
    adoption.change((inputs) => ({ ...inputs, api: { endpoint: variable(cloud, "LOCALCLOUD_API_ENDPOINT") } }));
    await adoption.import();
    const others = (await project.steps()).filter((step) => !/^(create|update) /.test(step));
    expect(others).to.deep.equal([]);
  });

  it("keeps all instances, volumes and pods in the first update, and nothing changes in the next", async () => {
    await project.up();
    expect(await inventory(cloud)).to.deep.equal(atFirst);
    expect(await podUids()).to.deep.equal(pods);
    expect((await nodes()).filter(({ spec }) => spec?.unschedulable === true)).to.deep.equal([]);
    await project.unchanged();
  });

  it("is still kOps's: valid, and with nothing to change but the allowed differences", async () => {
    await until("a valid cluster", 60, valid);
    // The simulator has other fingerprints of keys: kOps lists its own cluster's as well.
    const found = parseDryRun(await kops.dryRun()).filter(({ task }) => !task.startsWith("SSHKey/"));
    expect(unexpected(found)).to.deep.equal([]);
  });

  it("gets Karpenter, its workers from it and a new control plane in one update; the workload is served", async () => {
    adoption.change(({ rollingUpdate: _manual, karpenter: _without, ...inputs }) => ({
      ...inputs,
      rollingUpdate: quickRoll,
      acknowledge: [`nodeGroups.${GROUP}.manager`],
      // Karpenter replaces no node of its own accord.
      nodeGroups: { [GROUP]: { nodePools: { [GROUP]: { disruption: { budgets: [{ nodes: "0" }] } } } } },
    }));
    const fewest = new Fewest(ready);
    await project.up();
    expect(await fewest.stop()).to.be.at.least(2);
    // A node is Karpenter's a moment after it joins.
    await until("workers of Karpenter's alone", 60, async () => {
      const [all, provisioned] = [await nodes(), await workerNames()];
      expect(all.filter(({ metadata }) => atFirst["instances"]?.includes(metadata.name))).to.deep.equal([]);
      return provisioned.length > 0 && provisioned.length === all.length - 1;
    });
    expect(isHelms(await controller())).to.equal(true);
    // Karpenter handles interruptions; without its queue, the handler's critical pods would fail.
    expect(
      await api.list(`${ofSystem}?labelSelector=app.kubernetes.io/name%3Daws-node-termination-handler`),
    ).to.deep.equal([]);
    await until("a valid cluster", 60, valid);
  });

  it("is handed over to kOps, whose update takes over Karpenter and leaves the nodes", async () => {
    [workers, uids] = [await workerNames(), await podUids("default")];
    await kops.run("update", "cluster", "--yes");
    await until(
      "kOps's own node pool and controller",
      120,
      async () => isKops(await pool()) && isKops(await controller()),
    );
    // Karpenter has seen kOps's node class, of which no node is any more, and leaves them to the pool's budget.
    await until("the nodes to differ from their class", 120, allDrifted);
    await expectUndisturbed();
    const listing = await kops.run("rolling-update", "cluster", server());
    expect(listing).to.match(new RegExp(`^${GROUP}\\s+Ready\\s+0\\s`, "m"));
    // Once kOps's controller has replaced the chart's.
    await until("a valid cluster", 120, valid);
    await expectUndisturbed();
  });

  it("outlives the stack's state", async () => {
    const resources = await project.resources();
    const { urn } = resources.find(({ type }) => type === "kops-karpenter:index:KopsKarpenterCluster")!;
    await project.run("state", "delete", urn, "--target-dependents", "--yes");
    await until("a valid cluster", 60, valid);
    await expectUndisturbed();
    await project.run("stack", "rm", "--force", "--yes");
    rmSync(adoption.folder, { recursive: true });
  });

  it("is adopted with kOps's Karpenter, over which the first update installs the chart; nodes that differ stay", async () => {
    const { code, output } = await adoption.adopt("--accept-notes");
    expect(code, output).to.equal(0);
    adoption.change(({ karpenter: _without, nodeGroups, ...inputs }) => ({
      ...inputs,
      api: { endpoint: variable(cloud, "LOCALCLOUD_API_ENDPOINT") },
      nodeGroups: { [GROUP]: { ...nodeGroups[GROUP], rootVolume: { size: 60 } } },
    }));
    await adoption.import();
    await project.up();
    expect(isHelms(await controller())).to.equal(true);
    const { spec } = await pool();
    const keys = (spec.template.spec.requirements as readonly { readonly key: string }[]).map(({ key }) => key);
    expect(keys).to.include("kubernetes.io/arch");
    expect(spec.disruption.budgets).to.deep.equal([{ nodes: "0" }]);
    await until("the nodes to differ from their class", 120, allDrifted);
    await expectUndisturbed();
    await project.unchanged();
  });

  async function expectUndisturbed(): Promise<void> {
    expect(await workerNames()).to.deep.equal(workers);
    expect(await podUids("default")).to.deep.equal(uids);
  }

  async function allDrifted(): Promise<boolean> {
    const claims = await api.list("/apis/karpenter.sh/v1/nodeclaims");
    return claims.length > 0 && claims.every((claim) => conditionOf(claim, "Drifted")?.status === "True");
  }

  const pool = (): Promise<KubeObject> => api.get(`/apis/karpenter.sh/v1/nodepools/${GROUP}`);
  const controller = (): Promise<KubeObject> => api.get(`${ofSystem}/karpenter`);

  async function workload(): Promise<void> {
    const { spec, ...rest } = deployment("web") as { spec: object };
    await api.create(web, { ...rest, spec: { ...spec, replicas: 3 } });
    const selector = { matchLabels: { app: "web" } };
    await api.create("/apis/policy/v1/namespaces/default/poddisruptionbudgets", {
      metadata: { name: "web" },
      spec: { minAvailable: 2, selector },
    });
    await until("the workload", 120, async () => (await ready()) === 3);
  }

  /** Replicas that serve; while no API answers, nothing changes. */
  async function ready(): Promise<number> {
    const found = await api.get(`${web}/web`).catch(() => undefined);
    return found === undefined ? Infinity : Number(found["status"].readyReplicas ?? 0);
  }

  function server(): string {
    return `--api-server=${variable(cloud, "LOCALCLOUD_API_ENDPOINT")}`;
  }

  async function valid(): Promise<boolean> {
    return (await kops.run("validate", "cluster", server())).includes("is ready");
  }

  function nodes(): Promise<KubeObject[]> {
    return api.list("/api/v1/nodes");
  }

  async function workerNames(): Promise<readonly string[]> {
    const workers = await api.list("/api/v1/nodes?labelSelector=karpenter.sh/nodepool");
    return workers.map(({ metadata }) => metadata.name).sort();
  }

  async function podUids(namespace?: string): Promise<readonly string[]> {
    const found = await api.list(`/api/v1/${namespace === undefined ? "" : `namespaces/${namespace}/`}pods`);
    return found.map(({ metadata }) => `${metadata.name} ${metadata.uid ?? ""}`).sort();
  }
});

const managerOf = ({ metadata }: KubeObject): string | undefined => metadata.labels?.["app.kubernetes.io/managed-by"];
const isKops = (thing: KubeObject): boolean => managerOf(thing) === "kops";
const isHelms = (thing: KubeObject): boolean => managerOf(thing) === "Helm";
