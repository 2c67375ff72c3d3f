/** Whether a cluster is valid, as updates and refreshes record it. */
import { expect } from "chai";
import { recordedValidation, type Validation } from "../../../provider/src/resources/recordedValidation";
import { RollingCluster } from "./rollingCluster";
import { TestRun } from "./testRun";

describe("the recorded validation of a cluster", function () {
  this.timeout(10_000);
  const [first, second, third] = ["2026-11-26T12:00:00.000Z", "2026-11-26T13:00:00.000Z", "2026-11-26T14:00:00.000Z"];
  let time: string | undefined;
  const operation = recordedValidation(() => new Date(time ?? ""), 20);
  let cluster: RollingCluster;
  let run: TestRun;

  beforeEach(async () => {
    cluster = await RollingCluster.start("a", "b", "c");
    run = new TestRun();
    time = first;
  });

  afterEach(() => cluster.stop());

  const inputs = (changes: object = {}): Record<string, unknown> =>
    cluster.inputs({ timeoutSeconds: 0, cluster: "1", ...changes });
  const created = async (): Promise<Record<string, unknown>> => (await operation.create(inputs(), run)).outs ?? {};
  const of = (properties: object | undefined): Validation => (properties as { validation: Validation }).validation;

  it("tells a valid cluster, and when it was", async () => {
    expect(of(await created())).to.deep.equal({ valid: true, failures: [], checkedAt: first, lastValidAt: first });
  });

  it("lists what fails on the control plane, on workers, and of critical pods wherever they are", async () => {
    const { node } = cluster.instance("i-a");
    if (node !== undefined) node.isReady = false;
    cluster.unreadyWorkers = ["worker"];
    cluster.instances = cluster.instances.filter(({ id }) => id !== "i-b");
    cluster.pods.push({ name: "coredns", node: "", kind: "pending", allowed: true });
    cluster.pods.push({ name: "cilium", node: "worker", kind: "daemon", isUnready: true, allowed: true });
    expect(of(await created())).to.deep.equal({
      valid: false,
      failures: [
        'InstanceGroup "control-plane-b" did not have enough nodes 0 vs 1',
        "the node i-a is not ready",
        "the node worker is not ready",
        "the pod kube-system/cilium is not ready (cilium)",
        "the pod kube-system/coredns is pending",
      ],
      checkedAt: first,
    });
  });

  it("tells which groups of workers are incomplete, and which of their instances have not joined", async () => {
    await cluster.stop();
    cluster = await RollingCluster.of({ "control-plane-a": ["i-a"], site: ["i-s"], web: ["i-w", "i-x", "i-y"] });
    cluster.workers = [];
    const all = inputs() as { groups: Readonly<Record<string, object>> };
    const { "control-plane-a": ofControlPlane, ...ofWorkers } = all.groups;
    const lost = { autoscalingGroup: "lost.masters", launchTemplateId: "lt", launchTemplateVersion: 1 };
    const given = (workerGroups: object) => inputs({ groups: { "control-plane-a": ofControlPlane }, workerGroups });
    // A worker has no static pods.
    const { outs = {} } = await operation.create(given(ofWorkers), run);
    expect(of(outs)).to.include({ valid: true });
    cluster.instances = cluster.instances.filter(({ id }) => id !== "i-y");
    cluster.instance("i-w").node = undefined;
    const { node } = cluster.instance("i-s");
    if (node !== undefined) node.isReady = false;
    expect(of(await operation.read?.(outs, run)).failures).to.deep.equal([
      'InstanceGroup "web" did not have enough nodes 2 vs 3',
      "i-w (web) has not joined the cluster",
      "the node i-s is not ready",
    ]);
    cluster.instances = cluster.instances.filter(({ id }) => id === "i-a");
    const changed = given({ lost });
    expect(operation.diff(outs, changed, run).changes).to.equal(true);
    const { failures } = of((await operation.update(outs, changed, run)).outs);
    expect(failures).to.deep.equal(['InstanceGroup "lost" is missing from the cloud provider']);
  });

  it("keeps when it was valid last, through an update that finds it is not", async () => {
    const olds = await created();
    cluster.unreadyWorkers = ["worker"];
    time = second;
    const { outs } = await operation.update(olds, inputs({ cluster: "2" }), run);
    const failures = ["the node worker is not ready"];
    expect(of(outs)).to.deep.equal({ valid: false, failures, checkedAt: second, lastValidAt: first });
    cluster.unreadyWorkers = [];
    time = third;
    const mended = await operation.update(outs ?? {}, inputs({ cluster: "3" }), run);
    expect(of(mended.outs)).to.deep.equal({ valid: true, failures: [], checkedAt: third, lastValidAt: third });
  });

  it("waits as long as it is told to, and then does not fail", async () => {
    cluster.unreadyWorkers = ["worker"];
    let looks = 0;
    cluster.onPods = () => {
      looks += 1;
      if (looks === 3) cluster.unreadyWorkers = [];
    };
    const { outs } = await operation.create(inputs({ timeoutSeconds: 5 }), run);
    expect(of(outs).valid).to.equal(true);
    expect(looks).to.be.within(3, 4);
    expect(run.warnings).to.deep.equal([]);
    cluster.unreadyWorkers = ["worker"];
    looks = 3;
    const late = await operation.create(inputs({ timeoutSeconds: 1 }), run);
    expect(of(late.outs).valid).to.equal(false);
    expect(run.warnings).to.deep.equal(["the cluster was not valid after 1 s: the node worker is not ready"]);
  });

  it("tells of an API that does not answer", async () => {
    const olds = await created();
    for (const { node } of cluster.instances) if (node !== undefined) node.isReady = false;
    const { failures, lastValidAt } = of(await operation.read?.(olds, run));
    expect(failures).to.have.length(1);
    expect(failures[0]).to.match(/^the Kubernetes API at https:\/\/127\.0\.0\.1:\d+: \/[a-z0-9/]+.*: /);
    expect(lastValidAt).to.equal(first);
  });

  it("is no change in a refresh that finds the same, and in one that cannot tell", async () => {
    const olds = await created();
    time = second;
    expect(await operation.read?.(olds, run)).to.equal(olds);
    cluster.unreadyWorkers = ["worker"];
    const found: Record<string, unknown> = { ...(await operation.read?.(olds, run)) };
    expect(of(found)).to.include({ valid: false, checkedAt: second, lastValidAt: first });
    time = third;
    expect(await operation.read?.(found, run)).to.equal(found);
    const withoutAws = { ...found, ...inputs({ aws: { profile: "missing" } }) };
    expect(await operation.read?.(withoutAws, run)).to.equal(withoutAws);
    expect(run.lines.at(-1)).to.match(/^the cluster could not be validated: /);
  });

  it("is due again when the cluster changes, and only then", async () => {
    const olds = await created();
    const changed = (news: Record<string, unknown>): boolean | undefined => operation.diff(olds, news, run).changes;
    expect(changed(inputs())).to.equal(false);
    expect(changed(inputs({ timeoutSeconds: 60 }))).to.equal(false);
    expect(changed(inputs({ cluster: "2" }))).to.equal(true);
    cluster.latest = 2;
    expect(changed(inputs())).to.equal(true);
    expect(operation.diff(olds, inputs({ clusterName: "d.example.com" }), run).replaces).to.deep.equal(["clusterName"]);
  });
});
