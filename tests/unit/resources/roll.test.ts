import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { controlPlaneRoll } from "../../../provider/src/resources/rolls/controlPlaneRoll";
import { RollingCluster } from "./rollingCluster";
import { failureOf, TestRun } from "./testRun";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the rolling replacement of the control plane", function () {
  this.timeout(30_000);

  const roll = controlPlaneRoll({ pauseMilliseconds: 20, validatedMilliseconds: 20, outageSeconds: 0.3 });
  let cluster: RollingCluster;
  let run: TestRun;

  async function start(...zones: readonly string[]): Promise<void> {
    cluster = await RollingCluster.start(...zones);
    run = new TestRun();
  }

  /** An update to the next version of every launch template. */
  function update(settings: object = {}): Promise<unknown> {
    const olds = { ...cluster.inputs({}, settings), outdated: [] };
    cluster.latest += 1;
    return roll.update(olds, cluster.inputs({}, settings), run);
  }

  /** What is there at the end. */
  const versions = () => Object.fromEntries(cluster.instances.map(({ id, version }) => [id, version]));

  const withoutTaints = () => cluster.events.filter((event) => !event.startsWith("taint"));

  afterEach(async () => {
    await (cluster as RollingCluster | undefined)?.stop();
  });

  it("refuses a minor version that is two after the one which the last finished update reached", () => {
    const failures = (from: string, to: string) =>
      roll.check("", { kubernetesVersion: from }, { kubernetesVersion: to }).failures.map(({ reason }) => reason);
    expect(failures("1.34.8", "1.36.1")).to.deep.equal([
      "kubernetesVersion: the upgrade from 1.34.8 has not finished, so 1.36.1 would skip a minor version; " +
        "set the version of that upgrade again, and finish it first",
    ]);
    expect(failures("1.34.8", "1.35.5")).to.deep.equal([]);
    expect(failures("1.36.1", "1.34.8")).to.deep.equal([]);
    expect(roll.check("", {}, { kubernetesVersion: "1.36.1" }).failures).to.deep.equal([]);
  });

  describe("of three instances", () => {
    beforeEach(() => start("a", "b", "c"));

    it("takes one after the other in kOps's order: cordons, evicts what a node can lose, terminates, and waits", async () => {
      cluster.pods.push({ name: "coredns", node: "i-b", allowed: true });
      cluster.pods.push({ name: "cilium", node: "i-b", kind: "daemon", allowed: false });
      await update();
      expect(cluster.events).to.deep.equal([
        ...["i-b", "i-c"].map((id) => `taint ${id} kops.k8s.io/scheduled-for-update:PreferNoSchedule`),
        ...["cordon i-a", "terminate i-a"],
        ...["cordon i-b", "evict coredns", "terminate i-b"],
        ...["cordon i-c", "terminate i-c"],
      ]);
      expect(versions()).to.deep.equal({ "i-a+": 2, "i-b+": 2, "i-c+": 2 });
      expect(run.lines.filter((line) => line.startsWith("2 of 3: i-b, control-plane-b: "))).not.to.deep.equal([]);
      expect(run.warnings).to.deep.equal([]);
      expect(run.asked.filter((asked) => asked.startsWith("terminating"))).to.have.length(3);
    });

    it("marks the nodes that follow, so that pods avoid them, and keeps what others have put there", async () => {
      cluster.conflicts = 2;
      const { node } = cluster.instance("i-b");
      const own = { key: "own", value: "a", effect: "NoSchedule" };
      if (node !== undefined) node.taints = [own];
      const taints = (id: string) => cluster.instance(id).node?.taints.map(({ key }) => key);
      cluster.pods.push({ name: "singleton", node: "i-a", allowed: false });
      await failureOf(update());
      expect(["i-a", "i-b", "i-c"].map(taints)).to.deep.equal([
        [],
        ["own", "kops.k8s.io/scheduled-for-update"],
        ["kops.k8s.io/scheduled-for-update"],
      ]);
      // The next update finds them marked.
      cluster.pods = cluster.pods.filter(({ name }) => name !== "singleton");
      await update();
      expect(cluster.events.filter((event) => event.startsWith("taint"))).to.have.length(2);
      expect(versions()).to.deep.equal({ "i-a+": 3, "i-b+": 3, "i-c+": 3 });
    });

    it("goes on where a node cannot be marked, and says so", async () => {
      cluster.conflicts = Infinity;
      await update();
      expect(run.lines.filter((line) => line.includes("was not tainted"))).to.deep.equal(
        ["i-b", "i-c"].map(
          (id) =>
            `the node ${id} was not tainted, so pods may move to it: PATCH /api/v1/nodes/${id}: HTTP 409: the object has been modified`,
        ),
      );
      expect(versions()).to.deep.equal({ "i-a+": 2, "i-b+": 2, "i-c+": 2 });
    });

    it("goes on through failures of the API that pass", async () => {
      cluster.isFlaky = true;
      await update();
      expect(versions()).to.deep.equal({ "i-a+": 2, "i-b+": 2, "i-c+": 2 });
    });

    it("replaces only what was not started from the latest version, or what kOps marked", async () => {
      cluster.latest = 2;
      cluster.instance("i-a").version = 2;
      const { node } = cluster.instance("i-b");
      if (node !== undefined) node.isMarked = true;
      cluster.instance("i-b").version = 2;
      const news = cluster.inputs();
      await roll.update({ ...cluster.inputs({ groups: {} }), outdated: ["i-b"] }, news, run);
      expect(cluster.events.filter((event) => event.startsWith("terminate"))).to.deep.equal([
        "terminate i-b",
        "terminate i-c",
      ]);
    });

    it("replaces instances for a changed addon once the control plane has applied it and marked them", async () => {
      const olds = { ...cluster.inputs(), outdated: [] };
      cluster.wanted = "2";
      const news = cluster.inputs();
      expect(roll.diff(olds, news, run)).to.deep.equal({ changes: true, replaces: [] });
      expect(run.lines).to.deep.equal(["control-plane instances are replaced one at a time (changed addon network)"]);
      await roll.update(olds, news, run);
      expect(versions()).to.deep.equal({ "i-a+": 1, "i-b+": 1, "i-c+": 1 });
      expect(run.lines).to.include.members([
        "1 of 3: i-a, control-plane-a: draining; its node has the annotation kops.k8s.io/needs-update",
      ]);
    });

    it("goes on without a changed addon that is not applied in time, and says so", async () => {
      cluster.applies = false;
      cluster.wanted = "2";
      await update();
      expect(versions()).to.deep.equal({ "i-a+": 2, "i-b+": 2, "i-c+": 2 });
      expect(run.lines).to.include("goes on without the change of addons that have not been applied: network");
    });

    it("stops at a replacement that does not come up, names it, and goes on from there once it is mended", async () => {
      cluster.works = false;
      expect(await failureOf(update())).to.equal(
        "the replacement of the control-plane instance i-a (control-plane-a) by i-a+, 1 of 3, stopped: waited 1 s for the " +
          "replacement to join: i-a+ (control-plane-a) has not joined the cluster. i-b (control-plane-b), i-c (control-plane-c) were not " +
          "touched. Mend what is wrong and run the update again: it goes on from here (see the troubleshooting guide)",
      );
      expect(versions()).to.deep.equal({ "i-b": 1, "i-c": 1, "i-a+": 2 });
      cluster.works = true;
      const olds = cluster.inputs();
      cluster.latest = 3;
      await roll.update(olds, cluster.inputs(), run);
      expect(versions()).to.deep.equal({ "i-a++": 3, "i-b+": 3, "i-c+": 3 });
      // The broken one first, and nothing to drain on it.
      expect(withoutTaints().slice(2, 4)).to.deep.equal(["terminate i-a+", "cordon i-b"]);
    });

    it("touches nothing while another member is not well", async () => {
      const { node } = cluster.instance("i-c");
      cluster.instance("i-c").version = 2;
      if (node !== undefined) node.isReady = false;
      expect(await failureOf(update())).to.include(
        "the control-plane instance i-a (control-plane-a), 1 of 2, stopped: waited 1 s for the other instances to be valid: " +
          "the node i-c is not ready",
      );
      expect(cluster.events).to.deep.equal([]);
    });

    it("begins with the instance whose member of etcd is not well, although its node is ready", async () => {
      // The API server's probe of its own members fails.
      cluster.pod("kube-apiserver", "i-c").isUnready = true;
      await update();
      expect(cluster.events.filter((event) => event.startsWith("terminate"))).to.deep.equal(
        ["i-c", "i-a", "i-b"].map((id) => `terminate ${id}`),
      );
    });

    it("does not take a member of etcd that the others cannot do without", async () => {
      cluster.pod("kube-apiserver", "i-b").isUnready = true;
      cluster.pod("etcd-manager-events", "i-c").isUnready = true;
      expect(await failureOf(update())).to.include(
        "the control-plane instance i-b (control-plane-b), 1 of 3, stopped: waited 1 s for the other instances to be valid: " +
          "etcd needs 2 healthy members beside i-b and has 1; the pod kube-system/etcd-manager-events is not ready " +
          "(etcd-manager-events)",
      );
      expect(cluster.events).to.deep.equal([]);
    });

    it("waits until the new instance's members of etcd are well, also where it looks at the instances alone", async () => {
      let looks = 0;
      cluster.onLaunch = (id) => (cluster.pod("kube-apiserver", id).isUnready = true);
      cluster.onPods = () => {
        looks += 1;
        if (looks % 3 === 0) for (const pod of cluster.pods) pod.isUnready = false;
      };
      await update({ validateCount: 0 });
      expect(versions()).to.deep.equal({ "i-a+": 2, "i-b+": 2, "i-c+": 2 });
      expect(run.lines.filter((line) => line.includes("join: the pod kube-system/kube-apiserver is not ready"))).not.to
        .be.empty;
    });

    it("says that a group does not start another instance, and why", async () => {
      cluster.starts = false;
      expect(await failureOf(update())).to.include(
        "the group control-plane-a.masters has not started another instance. i-b",
      );
      expect(cluster.instances).to.have.length(2);
      const activity = (status: string, said: string) =>
        `<member><Description>${said}</Description><StatusCode>${status}</StatusCode><StatusMessage>We currently do not ` +
        `have sufficient t3.large capacity.</StatusMessage></member>`;
      cluster.scalingActivity =
        activity("Successful", "Terminating EC2 instance: i-a") + activity("Failed", "Launching a new EC2 instance.");
      expect(await failureOf(update())).to.include(
        "waited 1 s for the other instances to be valid: the group control-plane-a.masters has 0 of 1 instances: We " +
          "currently do not have sufficient t3.large capacity. i-",
      );
      cluster.scalingActivity = activity("Successful", "Launching a new EC2 instance: i-a+") + cluster.scalingActivity;
      expect(await failureOf(update())).to.match(/has 0 of 1 instances\. i-c/);
    });

    it("stops at a budget that allows no eviction, and uncordons the node", async () => {
      cluster.pods.push({ name: "singleton", node: "i-a", allowed: false });
      expect(await failureOf(update())).to.include(
        "stopped: the node i-a did not drain in 1 s: kube-system/singleton: Cannot evict pod as it would violate the pod's " +
          "disruption budget.",
      );
      expect(withoutTaints()).to.deep.equal(["cordon i-a", "uncordon i-a"]);
      expect(cluster.instances).to.have.length(3);
    });

    it("uncordons a node that an update cordoned which was killed, and leaves it as its owner had it before", async () => {
      const excluded = "node.kubernetes.io/exclude-from-external-load-balancers";
      cluster.pods.push({ name: "singleton", node: "i-a", allowed: false });
      const { node } = cluster.instance("i-a");
      if (node !== undefined) node.labels = { [excluded]: "" };
      const killed = controlPlaneRoll({ pauseMilliseconds: 20, validatedMilliseconds: 20, outageSeconds: 0.3 });
      const olds = { ...cluster.inputs(), outdated: [] };
      cluster.latest += 1;
      // A plugin that is killed says nothing to the API any more.
      const other = new TestRun();
      const rolling = failureOf(killed.update(olds, cluster.inputs({}, { drainTimeoutSeconds: 60 }), other));
      while (!other.lines.some((line) => line.includes("to be evicted: kube-system/singleton"))) await sleep(10);
      const left = structuredClone(node);
      other.cancel();
      await rolling;
      Object.assign(node ?? {}, left);
      expect(node?.isCordoned).to.equal(true);
      await failureOf(roll.update(olds, cluster.inputs(), run));
      expect(node?.isCordoned).to.equal(false);
      expect(node?.labels).to.deep.equal({ [excluded]: "" });
      expect(node?.annotations).to.deep.equal({});
    });

    it("terminates an instance that does not drain where its owner wants that, and says so", async () => {
      cluster.pods.push({ name: "singleton", node: "i-a", allowed: false });
      await update({ failOnDrainError: false });
      expect(run.warnings).to.have.length(1);
      expect(run.warnings[0]).to.match(/^1 of 3: i-a, control-plane-a: the node i-a did not drain in 1 s: .*singleton/);
      expect(versions()).to.deep.equal({ "i-a+": 2, "i-b+": 2, "i-c+": 2 });
    });

    it("stops before the next call when the engine is gone, and uncordons the node", async () => {
      run.onAsk = (doing) => {
        if (doing === "terminating i-b") throw new Error("the engine is gone");
      };
      expect(await failureOf(update())).to.include("i-b (control-plane-b), 2 of 3, stopped: the engine is gone");
      expect(withoutTaints()).to.deep.equal(["cordon i-a", "terminate i-a", "cordon i-b", "uncordon i-b"]);
    });

    it("ends at once when it is cancelled, with the node uncordoned", async () => {
      cluster.pods.push({ name: "singleton", node: "i-a", allowed: false });
      const rolling = failureOf(update({ drainTimeoutSeconds: 60 }));
      while (!run.lines.some((line) => line.includes("to be evicted: kube-system/singleton"))) await sleep(10);
      run.cancel();
      const started = Date.now();
      expect(await rolling).to.include("cancelled while waiting for the pods of i-a to be evicted");
      expect(Date.now() - started).to.be.lessThan(1000);
      expect(withoutTaints()).to.deep.equal(["cordon i-a", "uncordon i-a"]);
    });

    it("waits for the critical pods of the cluster, unless it is told to look at the instances alone", async () => {
      cluster.pods.push({ name: "coredns", node: "worker", kind: "pending", allowed: true });
      expect(await failureOf(update())).to.include(
        "waited 1 s for the other instances to be valid: the pod kube-system/coredns is pending",
      );
      expect(cluster.events).to.deep.equal([]);
      await update({ validateCount: 0 });
      expect(versions()).to.deep.equal({ "i-a+": 3, "i-b+": 3, "i-c+": 3 });
    });
  });

  describe("of one instance", () => {
    beforeEach(() => start("a"));

    it("goes on while the API is away", async () => {
      await update();
      expect(versions()).to.deep.equal({ "i-a+": 2 });
    });

    it("does not wait for a pod that has no room beside its predecessor on the only control-plane node", async () => {
      cluster.pods.push({ name: "cilium-operator", node: "", kind: "pending", avoids: "i-a", allowed: true });
      await update();
      expect(versions()).to.deep.equal({ "i-a+": 2 });
    });

    it("leaves pods to end with the instance where no other node could run them", async () => {
      cluster.workers = [];
      cluster.pods.push({ name: "coredns", node: "i-a", allowed: false });
      await update();
      expect(cluster.events).to.deep.equal(["cordon i-a", "terminate i-a"]);
    });

    it("does not take an API that has too much to do for a budget that allows no eviction", async () => {
      cluster.workers = [];
      cluster.pods.push({ name: "coredns", node: "i-a", allowed: true });
      cluster.refusals = 2;
      await update({ drainTimeoutSeconds: 10 });
      expect(cluster.events).to.deep.equal(["cordon i-a", "evict coredns", "terminate i-a"]);
    });

    it("replaces an instance that never worked although no API answers", async () => {
      cluster.works = false;
      const proven = { ...cluster.inputs(), outdated: [] };
      expect(await failureOf(update())).to.include("i-a (control-plane-a) by i-a+, 1 of 1, stopped: waited 1 s");
      cluster.works = true;
      cluster.latest = 3;
      await roll.update(proven, cluster.inputs(), run);
      expect(versions()).to.deep.equal({ "i-a++": 3 });
    });

    it("does not replace an instance that worked while no API answers", async () => {
      const { node } = cluster.instance("i-a");
      if (node !== undefined) node.isReady = false;
      expect(await failureOf(update())).to.match(
        /did not answer in 0.3 s \(.*\), so i-a \(control-plane-a\) cannot be drained and was not replaced/,
      );
      expect(cluster.events).to.deep.equal([]);
    });

    it("is only announced where the user replaces the instances", async () => {
      const olds = cluster.inputs({}, { strategy: "manual" });
      cluster.latest = 2;
      const news = cluster.inputs({}, { strategy: "manual" });
      expect(roll.diff(olds, news, run)).to.deep.equal({ changes: true, replaces: [] });
      expect(run.lines).to.deep.equal([
        'control-plane instances are not replaced, because rollingUpdate.strategy is "manual": new launch template version ' +
          "of control-plane-a",
      ]);
      await roll.update(olds, news, run);
      expect(cluster.events).to.deep.equal([]);
    });
  });

  describe("in the engine's eyes", () => {
    beforeEach(() => start("a", "b"));

    it("replaces nothing of a new cluster, and records what an older one has not caught up with", async () => {
      expect((await roll.create(cluster.inputs(), run)).outs).to.deep.include({ outdated: [] });
      cluster.latest = 2;
      expect((await roll.create(cluster.inputs(), run)).outs).to.deep.include({ outdated: ["i-a", "i-b"] });
      expect(cluster.events).to.deep.equal([]);
    });

    it("sees a difference in a version that a preview does not know, and says what it means", () => {
      const olds = cluster.inputs();
      const group = { ...olds.groups["control-plane-b"], launchTemplateVersion: unknown };
      const news = { ...olds, groups: { ...olds.groups, "control-plane-b": group } };
      expect(roll.diff(olds, news, run).changes).to.equal(true);
      expect(run.lines).to.deep.equal([
        "control-plane instances are replaced one at a time (new launch template version of control-plane-b)",
      ]);
    });

    it("sees none in a group that is new, in other settings, or in nothing", () => {
      const olds = { ...cluster.inputs(), outdated: [] };
      const settings = cluster.inputs({ timeoutSeconds: 5 }, { drainTimeoutSeconds: 5 });
      expect(roll.diff(olds, olds, run)).to.deep.equal({ changes: false, replaces: [] });
      expect(roll.diff(olds, settings, run)).to.deep.equal({ changes: false, replaces: [] });
      const more = { ...olds.groups, "control-plane-c": olds.groups["control-plane-a"] };
      expect(roll.diff(olds, { ...olds, groups: more }, run)).to.deep.equal({ changes: true, replaces: [] });
      expect(run.lines).to.deep.equal([]);
    });

    it("finds in a refresh what does not match, so that the next update goes on", async () => {
      const olds = cluster.inputs();
      cluster.instance("i-b").version = 0;
      const { node } = cluster.instance("i-a");
      if (node !== undefined) node.isMarked = true;
      const found = await roll.read?.(olds, run);
      expect(found).to.deep.equal({ ...olds, outdated: ["i-a", "i-b"] });
      expect(roll.diff(found ?? {}, olds, run).changes).to.equal(true);
    });

    it("leaves the state as it is in a refresh without valid credentials", async () => {
      const olds = cluster.inputs({ aws: { endpoints: [{ autoscaling: "http://127.0.0.1:1" }], profile: "missing" } });
      expect(await roll.read?.(olds, run)).to.equal(olds);
    });

    it("is another resource for another cluster", () => {
      const olds = cluster.inputs();
      expect(roll.diff(olds, { ...olds, clusterName: "d.example.com" }, run).replaces).to.deep.equal(["clusterName"]);
    });
  });
});
