import { expect } from "chai";
import { concurrencyOf } from "../../../provider/src/resources/rolls/workerRollout";
import { workerRoll } from "../../../provider/src/resources/rolls/workerRoll";
import { RollingCluster } from "./rollingCluster";
import { failureOf, TestRun } from "./testRun";

describe("the rolling replacement of workers in Auto Scaling groups", function () {
  this.timeout(30_000);

  const roll = workerRoll({ pauseMilliseconds: 20, validatedMilliseconds: 20, outageSeconds: 0.3 });
  let cluster: RollingCluster;
  let run: TestRun;

  async function start(groups: Readonly<Record<string, readonly string[]>>): Promise<void> {
    cluster = await RollingCluster.of(groups);
    run = new TestRun();
  }

  type Inputs = ReturnType<RollingCluster["inputs"]>;

  function inputs(limits: object = {}, settings: object = {}): Inputs {
    const given = cluster.inputs({ awaitNodes: true }, settings);
    const groups = Object.entries(given.groups).map(([name, group]) => [name, { ...group, limits }] as const);
    return { ...given, groups: Object.fromEntries(groups) };
  }

  function withWarmPool(waitsForNodeup: boolean): Inputs {
    const given = inputs();
    const { web } = given.groups;
    return { ...given, groups: { web: { ...web, warmPool: { waitsForNodeup } } } } as Inputs;
  }

  /** An update to the next version of every launch template. */
  function update(limits: object = {}, settings: object = {}): Promise<unknown> {
    const olds = { ...inputs(limits, settings), outdated: [] };
    cluster.latest += 1;
    return roll.update(olds, inputs(limits, settings), run);
  }

  const versions = () => Object.fromEntries(cluster.instances.map(({ id, version }) => [id, version]));
  const done = () => cluster.events.filter((event) => !event.startsWith("taint") && !event.startsWith("tag"));
  const tag = (id: string, group: string) => `tag ${id} kops.k8s.io/detached-from-asg=${group}.masters`;

  afterEach(async () => {
    await cluster.stop();
  });

  it("starts one more first, drains one after the other, and the one that left its group last, as kOps does", async () => {
    await start({ web: ["i-a", "i-b", "i-c"] });
    cluster.pods.push({ name: "app", node: "i-b", allowed: true });
    await update();
    expect(cluster.events.filter((event) => event.startsWith("tag"))).to.deep.equal([tag("i-c", "web")]);
    expect(done()).to.deep.equal([
      "detach i-c",
      ...["cordon i-a", "terminate i-a"],
      ...["cordon i-b", "evict app", "terminate i-b"],
      ...["cordon i-c", "terminate i-c"],
    ]);
    expect(versions()).to.deep.equal({ "i-c+": 2, "i-a+": 2, "i-b+": 2 });
    expect(run.lines).to.include("3 of 3: i-c, web: draining; another has taken its place");
    expect(run.warnings).to.deep.equal([]);
  });

  it("takes one group after the other, and each as its limits say", async () => {
    await start({ batch: ["i-x"], web: ["i-a", "i-b", "i-c", "i-d"] });
    await update({ maxSurge: 0, maxUnavailable: "50%" });
    const [first, ...rest] = done();
    expect([first, rest[0]]).to.deep.equal(["cordon i-x", "terminate i-x"]);
    // One alone shows that the new version works; the others go two at a time.
    expect(rest.slice(1, 3)).to.deep.equal(["cordon i-a", "terminate i-a"]);
    expect(rest.slice(3, 5)).to.deep.equal(["cordon i-b", "cordon i-c"]);
    expect(Object.values(versions())).to.deep.equal([2, 2, 2, 2, 2]);
  });

  it("goes on with what an update that was cut off has detached, and detaches no more", async () => {
    await start({ web: ["i-a", "i-b"] });
    run.onAsk = (doing) => {
      if (doing === "cordoning i-a") throw new Error("the engine is gone");
    };
    expect(await failureOf(update())).to.include("the worker instance i-a (web), 1 of 2, stopped: the engine is gone");
    run.onAsk = () => undefined;
    const olds = inputs();
    expect(await roll.read?.(olds, run)).to.deep.equal({ ...olds, outdated: ["i-a", "i-b"] });
    await roll.update({ ...olds, outdated: ["i-a", "i-b"] }, inputs(), run);
    expect(done().filter((event) => event.startsWith("detach"))).to.deep.equal(["detach i-b"]);
    expect(versions()).to.deep.equal({ "i-b+": 2, "i-a+": 2 });
  });

  it("drains nothing where the new launch template brings no node, and says why", async () => {
    await start({ web: ["i-a", "i-b"] });
    cluster.works = false;
    expect(await failureOf(update())).to.equal(
      "the replacement of the worker instance i-a (web), 1 of 2, stopped: waited 1 s for the replacement to join: i-b+ (web) " +
        "has not joined the cluster. i-b (web) was not touched. Mend what is wrong and run the update again: it goes on from " +
        "here (see the troubleshooting guide)",
    );
    expect(done()).to.deep.equal(["detach i-b"]);
    cluster.works = true;
    await update();
    expect(versions()).to.deep.equal({ "i-b++": 3, "i-a+": 3 });
  });

  it("minds no other group, and no pod that is critical on another's nodes", async () => {
    await start({ batch: ["i-x"], web: ["i-a"] });
    const { node } = cluster.instance("i-x");
    if (node !== undefined) node.isReady = false;
    cluster.instance("i-x").version = 2;
    await update();
    expect(versions()).to.deep.equal({ "i-x": 2, "i-a+": 2 });
  });

  it("stops at a budget that allows no eviction, and uncordons the node", async () => {
    await start({ web: ["i-a", "i-b"] });
    cluster.pods.push({ name: "singleton", node: "i-a", allowed: false });
    expect(await failureOf(update())).to.include("stopped: the node i-a did not drain in 1 s: kube-system/singleton");
    expect(done()).to.deep.equal(["detach i-b", "cordon i-a", "uncordon i-a"]);
  });

  it("terminates outdated instances of a warm pool before any node leaves, so that none of them takes its place", async () => {
    await start({ web: ["i-a"] });
    const olds = withWarmPool(false);
    cluster.latest = 2;
    cluster.warm = { "i-new": 2, "i-old": 1 };
    await roll.update(olds, withWarmPool(false), run);
    expect(done()[0]).to.equal("terminate i-old");
    expect(Object.keys(cluster.warm)).to.deep.equal(["i-new"]);
    expect(versions()).to.deep.equal({ "i-a+": 2 });
  });

  it("ends the hook of a group whose instances no longer wait for nodeup, before it starts any", async () => {
    await start({ web: ["i-a"] });
    const olds = withWarmPool(true);
    cluster.latest = 2;
    await roll.update(olds, withWarmPool(false), run);
    expect(done()[0]).to.equal("end kops-warmpool of web.masters");
    cluster.events.length = 0;
    await roll.update(withWarmPool(true), withWarmPool(true), run);
    expect(cluster.events).to.deep.equal([]);
  });

  it("replaces nothing where the user replaces the instances, and says so", async () => {
    await start({ web: ["i-a"] });
    const olds = inputs({}, { strategy: "manual" });
    cluster.latest = 2;
    const news = inputs({}, { strategy: "manual" });
    roll.diff(olds, news, run);
    expect(run.lines).to.deep.equal([
      'workers in Auto Scaling groups are not replaced, because rollingUpdate.strategy is "manual": new launch template ' +
        "version of web",
    ]);
    await roll.update(olds, news, run);
    expect(cluster.events).to.deep.equal([]);
  });

  it("waits for the nodes of a new group, before those of a removed one are drained one by one", async () => {
    await start({ old: ["i-a", "i-b"], web: ["i-x"] });
    const all = inputs();
    const { old, web } = all.groups;
    const [olds, news] = [{ ...all, groups: { old } } as Inputs, { ...all, groups: { web } } as Inputs];
    expect(roll.diff(olds, news, run).changes).to.equal(true);
    expect(run.lines).to.deep.equal(["the nodes of old are drained, and their instances terminated"]);
    const { node } = cluster.instance("i-x");
    if (node !== undefined) node.isReady = false;
    expect(await failureOf(roll.update(olds, news, run))).to.equal(
      "waited 1 s for the nodes of web to be ready: the node i-x is not ready",
    );
    expect(cluster.events).to.deep.equal([]);
    if (node !== undefined) node.isReady = true;
    cluster.pods.push({ name: "app", node: "i-b", allowed: true });
    await roll.update(olds, news, run);
    // Their instances end with the group.
    expect(done()).to.deep.equal(["cordon i-a", "cordon i-b", "evict app"]);
  });

  it("leaves a removed group in place whose nodes do not drain", async () => {
    await start({ old: ["i-a"], web: ["i-x"] });
    const all = inputs();
    cluster.pods.push({ name: "singleton", node: "i-a", allowed: false });
    const failed = failureOf(roll.update(all, { ...all, groups: { web: all.groups["web"] } }, run));
    expect(await failed).to.match(
      /^the nodes of the instance group old, which is to be deleted, could not be drained; its instances stay\. i-a: the node i-a did not drain/,
    );
    expect(done()).to.deep.equal(["cordon i-a", "uncordon i-a"]);
  });

  it("deletes the node termination handler of a cluster that no longer has it, after the nodes that wait for it", async () => {
    await start({ old: ["i-a"], web: ["i-x"] });
    cluster.handler["/apis/apps/v1/namespaces/kube-system/deployments"] = "handler";
    cluster.handler["/apis/rbac.authorization.k8s.io/v1/clusterroles"] = "handler-role";
    const all = inputs();
    const olds = { ...all, terminationHandler: true };
    await roll.update(olds, { ...olds, kubeconfig: all.kubeconfig }, run);
    expect(cluster.events).to.deep.equal([]);
    const news = { ...all, groups: { web: all.groups["web"] } };
    roll.diff(olds, news, run);
    expect(run.lines).to.include("the node termination handler is deleted from the cluster");
    await roll.update(olds, news, run);
    expect(done()).to.deep.equal(["cordon i-a", "delete deployments/handler", "delete clusterroles/handler-role"]);
    expect(
      cluster.api.asked.find(({ method, path }) => method === "PATCH" && path.endsWith("/kube-system"))?.body,
    ).to.deep.equal({ metadata: { annotations: { "addons.k8s.io/node-termination-handler.aws": null } } });
    await roll.update(all, news, run);
    expect(cluster.events.filter((event) => event.startsWith("delete"))).to.have.length(2);
  });

  it("ends with the resource what no group knows", async () => {
    await start({ web: ["i-a", "i-b"] });
    cluster.instance("i-b").isDetached = true;
    await roll.delete(inputs(), run);
    expect(cluster.events).to.deep.equal(["terminate i-b"]);
  });

  it("waits for the nodes of a new cluster, unless what makes them ready comes later", async () => {
    await start({ web: ["i-a"] });
    const { node } = cluster.instance("i-a");
    if (node !== undefined) node.isReady = false;
    // An API answers, since another node is ready.
    cluster.instances.push({
      ...cluster.instance("i-a"),
      id: "i-z",
      group: "control-plane-a",
      node: { ...node!, isReady: true },
    });
    expect(await failureOf(roll.create(inputs(), run))).to.include("for the nodes of web to be ready");
    expect((await roll.create({ ...inputs(), awaitNodes: false }, run)).outs).to.deep.include({
      outdated: [],
    });
  });

  it("has kOps's numbers", async () => {
    await start({});
    expect(concurrencyOf({}, 10, 10)).to.deep.equal({ surge: 1, drains: 1 });
    expect(concurrencyOf({ maxSurge: "25%" }, 10, 10)).to.deep.equal({ surge: 3, drains: 3 });
    expect(concurrencyOf({ maxSurge: 5 }, 10, 2)).to.deep.equal({ surge: 2, drains: 2 });
    expect(concurrencyOf({ maxSurge: 0 }, 10, 10)).to.deep.equal({ surge: 0, drains: 1 });
    expect(concurrencyOf({ maxSurge: 0, maxUnavailable: "5%" }, 10, 10)).to.deep.equal({ surge: 0, drains: 1 });
    expect(concurrencyOf({ maxSurge: 2, maxUnavailable: 3 }, 10, 10)).to.deep.equal({ surge: 2, drains: 5 });
  });
});
