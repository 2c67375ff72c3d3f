import { expect } from "chai";
import { karpenterMachines } from "../../../provider/src/resources/karpenter/karpenterMachines";
import { ApiServer, cut, items, type Answer, type Answers } from "./apiServer";
import { Ec2, type Instances } from "./ec2";
import { failureOf, TestRun } from "./testRun";

const claims = "/apis/karpenter.sh/v1/nodeclaims";
const pools = "/apis/karpenter.sh/v1/nodepools";
const classes = "/apis/karpenter.k8s.aws/v1/ec2nodeclasses";
const controller = "/apis/apps/v1/namespaces/kube-system/deployments/karpenter";

const ready = { status: 200 };
const running = { status: 200, body: { metadata: { name: "karpenter" }, spec: { replicas: 1 } } };
const stopped = { status: 200, body: { metadata: { name: "karpenter" }, spec: { replicas: 0 } } };
const claim = (name: string, ...finalizers: readonly string[]) => ({ metadata: { name, finalizers } });
const refusal = { status: 401, body: { message: "Unauthorized" } };

describe("termination of Karpenter's instances", function () {
  this.timeout(30_000);

  // Tenths of what a cluster gets.
  const times = { pauseMilliseconds: 50, stallSeconds: 1.5, outageSeconds: 1, terminationSeconds: 5 };
  const machines = karpenterMachines(times);

  let api: ApiServer;
  let ec2: Ec2;
  let run: TestRun;

  async function start(answers: Answers, ...looks: readonly Instances[]): Promise<void> {
    api = await ApiServer.start({ "/readyz": ready, ...answers });
    ec2 = await Ec2.start(...looks);
  }

  async function remove(answers: Answers, ...looks: readonly Instances[]): Promise<void> {
    await start(answers, ...looks);
    await machines.delete(properties(api.kubeconfig()), run);
  }

  function properties(kubeconfig: string, changes: object = {}) {
    return { clusterName: "c.example.com", region: "us-east-1", kubeconfig, timeoutSeconds: 60, ...changes };
  }

  const patches = () => api.asked.filter(({ method }) => method === "PATCH");
  /** As often as a request is made in one look. */
  const failing = Array.from({ length: 3 }, () => ({ status: 500 }));
  /** The given answers one after another; the last one stays. */
  const inTurn = (...answers: readonly Answer[]) => {
    const left = [...answers];
    return () => (left.length > 1 ? left.shift() : left[0]) ?? { status: 500 };
  };

  beforeEach(() => {
    run = new TestRun();
  });
  afterEach(async () => {
    await api.stop();
    await ec2.stop();
  });

  it("is left to Karpenter while Karpenter makes progress", async () => {
    await remove(
      { [claims]: inTurn(items(claim("a"), claim("b")), items(claim("b")), items()), [controller]: running },
      {},
    );
    expect(run.lines.map((line) => line.replace(/\(\d+ s/, "(… s"))).to.deep.equal([
      "waiting for Karpenter to end its machines: 2 NodeClaims left (… s of at most 60 s)",
      "waiting for Karpenter to end its machines: 1 NodeClaims left (… s of at most 60 s)",
      "deleted 1 launch templates of Karpenter",
    ]);
    expect(ec2.terminated).to.deep.equal([]);
    expect(ec2.templates).to.deep.equal([]);
    expect(patches()).to.deep.equal([]);
  });

  it("does not wait for the garbage collector to delete what belonged to the pools", async () => {
    const ending = { metadata: { name: "b", finalizers: [], deletionTimestamp: "2026-01-01T00:00:00Z" } };
    await remove({ [claims]: inTurn(items(claim("a"), ending), items()), [controller]: running }, {});
    const deleted = api.asked.filter(({ method }) => method === "DELETE").map(({ path }) => path);
    expect(deleted).to.deep.equal([`${claims}/a?propagationPolicy=Background`]);
    expect(run.asked).to.include("deleting the NodeClaim a");
  });

  it("deletes no claim as long as it cannot see that their pools are gone", async () => {
    const answers = { [claims]: inTurn(items(claim("a")), items()), [pools]: inTurn(...failing, items()) };
    await remove({ ...answers, [controller]: running }, {});
    expect(api.asked.filter(({ method }) => method === "DELETE")).to.deep.equal([]);
  });

  it("ends the instances of a Karpenter that others installed, which has gone with the control plane", async () => {
    await start({}, { "i-1": "running" }, {});
    const { kubeconfig: _none, ...others } = properties("");
    await machines.delete(others, run);
    expect([ec2.terminated, api.asked]).to.deep.equal([[["i-1"]], []]);
    // Installed by the component from now on.
    expect(machines.diff(others, properties(api.kubeconfig()), run)).to.deep.equal({ changes: true, replaces: [] });
  });

  it("selects instances by the cluster's and Karpenter's exact tags, in every state but terminated", async () => {
    await remove({ [claims]: items(), [controller]: running }, {});
    expect(ec2.filters).to.deep.equal({
      "tag:KubernetesCluster": ["c.example.com"],
      "tag:kubernetes.io/cluster/c.example.com": ["owned"],
      "tag-key": ["karpenter.sh/nodepool"],
      "instance-state-name": ["pending", "running", "stopping", "stopped", "shutting-down"],
    });
  });

  it("covers what Karpenter left, and waits until it is terminated", async () => {
    const looks: Instances[] = [
      { "i-1": "running", "i-2": "running", "i-3": "shutting-down" },
      { "i-1": "shutting-down", "i-2": "shutting-down" },
      {},
    ];
    await remove({ [claims]: items(), [controller]: running }, ...looks);
    expect(ec2.terminated).to.deep.equal([["i-1", "i-2"]]);
    expect(run.warnings).to.deep.equal(["ending 2 instances that Karpenter left: i-1, i-2"]);
    expect(run.lines[1]).to.include("waiting for the instances of c.example.com to end: 3 instances left");
    expect(run.lines[2]).to.include("2 instances left");
  });

  it("deletes the cluster's network interfaces that no instance has, where pods have addresses of the VPC", async () => {
    await start({ [claims]: items(), [controller]: running }, { "i-1": "running" }, {});
    ec2.fault = (action, id) =>
      action === "DeleteNetworkInterface" && id === "eni-1"
        ? { status: 400, code: "InvalidNetworkInterfaceID.NotFound" }
        : undefined;
    await machines.delete(properties(api.kubeconfig(), { sweepsInterfaces: true }), run);
    expect(ec2.interfaceFilters).to.deep.equal({
      "tag:KubernetesCluster": ["c.example.com"],
      "tag:kubernetes.io/cluster/c.example.com": ["owned"],
      status: ["available"],
    });
    expect(ec2.interfaces).to.deep.equal(["eni-1"]);
    expect(run.asked).to.deep.equal([
      "terminating i-1",
      "DeleteNetworkInterface of eni-1",
      "DeleteNetworkInterface of eni-2",
      "DeleteLaunchTemplate of lt-1",
    ]);
    expect(run.lines).to.include("deleted 2 network interfaces that nodes left");
  });

  it("asks for no network interfaces elsewhere", async () => {
    await remove({ [claims]: items(), [controller]: running }, {});
    expect(ec2.calls.filter((call) => call.includes("NetworkInterface"))).to.deep.equal([]);
  });

  for (const [what, answer] of Object.entries({ stopped, gone: { status: 404 } })) {
    it(`does not wait for a controller that is ${what}, and releases its objects once the instances are terminated`, async () => {
      const answers = {
        [claims]: items(claim("a", "karpenter.sh/termination"), claim("b", "karpenter.sh/termination", "other/kept")),
        [classes]: items(claim("default", "karpenter.k8s.aws/termination"), claim("released")),
        [controller]: answer,
        [`${claims}/a`]: inTurn({ status: 429 }, { status: 200 }),
        [`${claims}/b`]: { status: 200 },
        [`${classes}/default`]: { status: 200 },
      };
      await remove(answers, { "i-1": "running" }, {});
      expect(ec2.terminated).to.deep.equal([["i-1"]]);
      expect(ec2.templates).to.deep.equal([]);
      expect(run.lines).to.include("deleted 1 launch templates of Karpenter");
      expect(run.lines[0]).to.equal(
        "the Karpenter controller is stopped or gone: ending the machines without Karpenter",
      );
      const a = [`${claims}/a`, { metadata: { finalizers: null } }];
      expect(patches().map(({ path, body }) => [path, body])).to.deep.equal([
        a,
        a,
        [`${claims}/b`, { metadata: { finalizers: ["other/kept"] } }],
        [`${classes}/default`, { metadata: { finalizers: null } }],
      ]);
    });
  }

  it("covers a cluster whose API is gone for good, and names the requests that failed", async () => {
    await start({}, { "i-1": "running" }, {});
    await machines.delete(properties(api.kubeconfig({ server: "https://127.0.0.1:1" })), run);
    expect(ec2.terminated).to.deep.equal([["i-1"]]);
    expect(ec2.templates).to.deep.equal([]);
    expect(run.warnings[0]).to.match(
      /^the Kubernetes API at https:\/\/127\.0\.0\.1:1 has not answered for 1 s \(.*nodeclaims: .*ECONNREFUSED.*; .*deployments\/karpenter: .*; \/readyz: .*; .*nodepools: .*\): ending/,
    );
  });

  for (const [what, answer] of Object.entries({
    "HTTP 500": { status: 500 },
    "HTTP 429": { status: 429, body: { message: "too many requests" } },
    "a cut connection": cut,
  })) {
    it(`goes on after ${what} to every request, once the API is back`, async () => {
      const some = items(claim("a"));
      const down = [answer, answer, answer];
      const answers = {
        "/readyz": inTurn(...down, ready),
        [controller]: inTurn(running, ...down, running),
        [claims]: inTurn(some, ...down, some, items()),
      };
      await remove(answers, {});
      expect(run.warnings).to.deep.equal([]);
      expect(ec2.terminated).to.deep.equal([]);
      expect(patches()).to.deep.equal([]);
    });
  }

  it("deletes the pools, and looks once more for NodeClaims that they made until then", async () => {
    const deleted = { metadata: { name: "going", deletionTimestamp: "2026-01-02T03:04:05Z" } };
    const answers = {
      [pools]: inTurn(...failing, items({ metadata: { name: "nodes" } }, deleted), items()),
      [`${pools}/nodes?propagationPolicy=Background`]: { status: 200 },
      [controller]: running,
      [claims]: inTurn(items(), items(), items(claim("a")), items()),
    };
    await remove(answers, {});
    const requests = api.asked.filter(({ method }) => method === "DELETE");
    expect(requests.map(({ path }) => path)).to.deep.equal([
      `${pools}/nodes?propagationPolicy=Background`,
      `${claims}/a?propagationPolicy=Background`,
    ]);
    expect(run.asked).to.deep.equal([
      "deleting the NodePool nodes",
      "deleting the NodeClaim a",
      "DeleteLaunchTemplate of lt-1",
    ]);
    expect(run.lines).to.include("deleted the NodePool nodes");
    expect(run.warnings).to.deep.equal([]);
  });

  it("waits while the NodeClaims alone cannot be listed, longer than an outage", async () => {
    const started = Date.now();
    const late = () => (Date.now() - started > 1400 ? items() : { status: 500 });
    await remove({ [claims]: late, [controller]: running }, {});
    expect(run.lines.at(-2)).to.include(`${claims}: HTTP 500`);
    expect(run.warnings).to.deep.equal([]);
  });

  it("ends the machines itself when a running controller makes no progress", async () => {
    await remove({ [claims]: items(claim("a")), [controller]: running }, { "i-1": "running" }, {});
    expect(run.warnings[0]).to.equal("no progress for 1.5 s, 1 NodeClaims left: ending the machines without Karpenter");
    expect(ec2.terminated).to.deep.equal([["i-1"]]);
  });

  it("does so as well where now and then a look fails", async () => {
    const some = items(claim("a"));
    const failed = { status: 403 };
    const looks = Array.from({ length: 400 }, (_, index) => (index % 2 === 1 ? failed : some));
    await remove({ [claims]: inTurn(...looks), [controller]: running }, { "i-1": "running" }, {});
    expect(run.warnings[0]).to.match(/^no progress for 1.5 s, .*: ending the machines without Karpenter$/);
    expect(ec2.terminated).to.deep.equal([["i-1"]]);
  });

  it("fails when the API refuses the administrator's certificate, and terminates nothing", async () => {
    const answers = { "/readyz": refusal, [claims]: refusal, [controller]: refusal };
    expect(await failureOf(remove(answers, { "i-1": "running" }))).to.equal(
      `the Kubernetes API at ${api.url} refuses the cluster's administrator certificate ` +
        `(${claims}: HTTP 401: Unauthorized). ` +
        "Run 'pulumi up', which renews a certificate that has expired, then destroy again",
    );
    expect(ec2.terminated).to.deep.equal([]);
  });

  it("stops waiting for Karpenter at the timeout, and changes no object while the controller runs", async () => {
    await start({ [claims]: items(claim("a", "karpenter.sh/termination")), [controller]: running }, {});
    await machines.delete(properties(api.kubeconfig(), { timeoutSeconds: 0 }), run);
    expect(run.warnings[0]).to.equal(
      "Karpenter did not end its machines in 0 s, 1 NodeClaims left: ending the machines without Karpenter",
    );
    expect(patches()).to.deep.equal([]);
  });

  describe("asks before each call that destroys", () => {
    const answers = {
      [claims]: items(claim("a", "karpenter.sh/termination")),
      [classes]: items(),
      [controller]: stopped,
      [`${claims}/a`]: { status: 200 },
    };
    const questions = ["terminating i-1", "DeleteLaunchTemplate of lt-1", "releasing a"];

    it("names it", async () => {
      await remove(answers, { "i-1": "running" }, {});
      expect(run.asked).to.deep.equal(questions);
    });

    for (const [index, question] of questions.entries()) {
      it(`stops when it is not wanted: ${question}`, async () => {
        run.onAsk = (doing) => {
          if (doing === question) throw new Error("gone");
        };
        expect(await failureOf(remove(answers, { "i-1": "running" }, {}))).to.include("gone");
        expect(ec2.terminated).to.have.length(index === 0 ? 0 : 1);
        expect(ec2.templates).to.have.length(index === 2 ? 0 : 1);
        expect(patches()).to.deep.equal([]);
      });
    }

    it("stops between two calls when the run is cancelled", async () => {
      run.onAsk = () => {
        run.cancel();
        throw new Error("cancelled");
      };
      expect(await failureOf(remove(answers, { "i-1": "running" }))).to.include("cancelled");
      expect(ec2.terminated).to.deep.equal([]);
    });
  });

  describe("through faults of EC2", () => {
    const settled = { [claims]: items(), [controller]: running };
    const throttling = { status: 503, code: "RequestLimitExceeded" };

    for (const [what, fault] of Object.entries({
      throttling,
      "an internal error": { status: 500, code: "InternalError" },
      "an answer that is cut": "cut" as const,
    })) {
      it(`tries again after ${what}`, async () => {
        await start(settled, { "i-1": "running" }, {});
        const left = new Map([
          ["DescribeInstances", 1],
          ["TerminateInstances", 2],
        ]);
        ec2.fault = (action) => {
          const times = left.get(action) ?? 0;
          left.set(action, times - 1);
          return times > 0 ? fault : undefined;
        };
        await machines.delete(properties(api.kubeconfig()), run);
        expect(ec2.terminated).to.deep.equal([["i-1"]]);
      });
    }

    it("counts instances and launch templates as ended that are gone already", async () => {
      await start(
        { ...settled, [claims]: items(claim("a")), [controller]: stopped },
        { "i-1": "running", "i-2": "running" },
        {},
      );
      ec2.templates = ["lt-1", "lt-2"];
      ec2.fault = (action, id) => {
        if (action === "TerminateInstances" && id !== "i-2") return { status: 400, code: "InvalidInstanceID.NotFound" };
        const isGone = action === "DeleteLaunchTemplate" && id === "lt-1";
        return isGone ? { status: 400, code: "InvalidLaunchTemplateId.NotFound" } : undefined;
      };
      await machines.delete(properties(api.kubeconfig()), run);
      expect(ec2.terminated).to.deep.equal([["i-2"]]);
      expect(ec2.templates).to.deep.equal(["lt-1"]);
    });

    it("ends all that it can, and names the call and the instance that failed", async () => {
      await start(settled, { "i-1": "running", "i-2": "running", "i-3": "running" });
      ec2.fault = (action, id) =>
        action === "TerminateInstances" && (id === undefined || id === "i-2")
          ? { status: 400, code: "OperationNotPermitted" }
          : undefined;
      expect(await failureOf(machines.delete(properties(api.kubeconfig()), run))).to.equal(
        "EC2 TerminateInstances failed for 1 of 3: i-2: OperationNotPermitted: as the test wants it",
      );
      expect(ec2.terminated).to.deep.equal([["i-1"], ["i-3"]]);
    });

    it("names the call that is not permitted", async () => {
      await start(settled, {});
      ec2.fault = () => ({ status: 403, code: "UnauthorizedOperation" });
      expect(await failureOf(machines.delete(properties(api.kubeconfig()), run))).to.equal(
        "EC2 DescribeInstances: UnauthorizedOperation: as the test wants it",
      );
    });
  });

  it("is planned without a cluster: another cluster or region replaces it, a new certificate updates it", async () => {
    await start({}, {});
    const olds = properties("old");
    expect(machines.diff(olds, olds, run)).to.deep.equal({ changes: false, replaces: [] });
    expect(machines.diff(olds, properties("new"), run)).to.deep.equal({ changes: true, replaces: [] });
    const sweeping = properties("old", { sweepsInterfaces: true });
    expect(machines.diff(olds, sweeping, run)).to.deep.equal({ changes: true, replaces: [] });
    expect(machines.diff(olds, properties("old", { clusterName: "d", region: "eu-west-1" }), run)).to.deep.equal({
      changes: true,
      replaces: ["clusterName", "region"],
    });
    expect((await machines.create(olds, run)).id).to.equal("c.example.com");
  });
});
