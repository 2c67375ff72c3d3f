import { expect } from "chai";
import { machines } from "../../../provider/src/resources/karpenterMachines";
import { ApiServer, items, type Answer, type Answers } from "./apiServer";
import { Ec2, type Instances } from "./ec2";

const claims = "/apis/karpenter.sh/v1/nodeclaims";
const classes = "/apis/karpenter.k8s.aws/v1/ec2nodeclasses";
const controller = "/apis/apps/v1/namespaces/kube-system/deployments/karpenter";

const running = { status: 200, body: { metadata: { name: "karpenter" }, spec: { replicas: 1 } } };
const stopped = { status: 200, body: { metadata: { name: "karpenter" }, spec: { replicas: 0 } } };
const claim = (name: string, ...finalizers: readonly string[]) => ({ metadata: { name, finalizers } });

describe("termination of Karpenter's instances", function () {
  // It looks every two seconds.
  this.timeout(30_000);

  let api: ApiServer;
  let ec2: Ec2;
  let lines: string[];

  async function remove(answers: Answers, ...looks: readonly Instances[]): Promise<void> {
    api = await ApiServer.start(answers);
    ec2 = await Ec2.start(...looks);
    await machines.delete(properties(api.kubeconfig()), (line) => lines.push(line));
  }

  function properties(kubeconfig: string, changes: object = {}) {
    return { clusterName: "c.example.com", region: "us-east-1", kubeconfig, timeoutSeconds: 60, ...changes };
  }

  const patches = () => api.asked.filter(({ method }) => method === "PATCH");

  beforeEach(() => {
    lines = [];
  });
  afterEach(async () => {
    await api.stop();
    await ec2.stop();
  });

  it("is left to Karpenter while Karpenter makes progress", async () => {
    const left: Answer[] = [items(claim("a"), claim("b")), items(claim("b")), items()];
    const next = () => (left.length > 1 ? left.shift() : left[0]) ?? items();
    await remove({ [claims]: next, [controller]: running }, {});
    expect(lines).to.deep.equal([
      "waiting for Karpenter to end its machines: 2 NodeClaims left (0 s of at most 60 s)",
      "waiting for Karpenter to end its machines: 1 NodeClaims left (2 s of at most 60 s)",
    ]);
    expect(ec2.terminated).to.deep.equal([]);
    expect(ec2.templates).to.deep.equal(["lt-1"]);
    expect(patches()).to.deep.equal([]);
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
    expect(lines[0]).to.equal("ending 2 instances that Karpenter left: i-1, i-2");
    expect(lines[1]).to.include("waiting for the instances of c.example.com to end: 3 instances left");
    expect(lines[2]).to.include("2 instances left");
  });

  for (const [what, answer] of Object.entries({ stopped, gone: { status: 404 } })) {
    it(`does not wait for a controller that is ${what}, and releases its objects once the instances are terminated`, async () => {
      const answers = {
        [claims]: items(claim("a", "karpenter.sh/termination"), claim("b", "karpenter.sh/termination", "other/kept")),
        [classes]: items(claim("default", "karpenter.k8s.aws/termination")),
        [controller]: answer,
        [`${claims}/a`]: { status: 200 },
        [`${claims}/b`]: { status: 200 },
        [`${classes}/default`]: { status: 200 },
      };
      await remove(answers, { "i-1": "running" }, {});
      expect(ec2.terminated).to.deep.equal([["i-1"]]);
      expect(ec2.templates).to.deep.equal([]);
      expect(lines).to.include("deleted 1 launch templates that Karpenter left");
      expect(lines[0]).to.equal("the Karpenter controller is stopped or gone: ending the machines without Karpenter");
      expect(patches().map(({ path, body }) => [path, body])).to.deep.equal([
        [`${claims}/a`, { metadata: { finalizers: null } }],
        [`${claims}/b`, { metadata: { finalizers: ["other/kept"] } }],
        [`${classes}/default`, { metadata: { finalizers: null } }],
      ]);
    });
  }

  it("covers a cluster whose API does not answer", async () => {
    api = await ApiServer.start({});
    ec2 = await Ec2.start({ "i-1": "running" }, {});
    const kubeconfig = api.kubeconfig({ server: "https://127.0.0.1:1" });
    await machines.delete(properties(kubeconfig), (line) => lines.push(line));
    expect(ec2.terminated).to.deep.equal([["i-1"]]);
    expect(ec2.templates).to.deep.equal([]);
    expect(lines[0]).to.match(
      /^the Kubernetes API at https:\/\/127\.0\.0\.1:1 does not answer \(.*ECONNREFUSED.*: ending/,
    );
  });

  it("stops waiting for Karpenter at the timeout, and changes no object while the controller runs", async () => {
    api = await ApiServer.start({ [claims]: items(claim("a", "karpenter.sh/termination")), [controller]: running });
    ec2 = await Ec2.start({ "i-1": "running" }, {});
    await machines.delete(properties(api.kubeconfig(), { timeoutSeconds: 0 }), (line) => lines.push(line));
    expect(ec2.terminated).to.deep.equal([["i-1"]]);
    expect(patches()).to.deep.equal([]);
  });

  it("is planned without a cluster: another cluster or region replaces it, a new certificate updates it", async () => {
    api = await ApiServer.start({});
    ec2 = await Ec2.start({});
    const olds = properties("old");
    expect(machines.diff(olds, olds)).to.deep.equal({ changes: false, replaces: [] });
    expect(machines.diff(olds, properties("new"))).to.deep.equal({ changes: true, replaces: [] });
    expect(machines.diff(olds, properties("old", { clusterName: "d", region: "eu-west-1" }))).to.deep.equal({
      changes: true,
      replaces: ["clusterName", "region"],
    });
    expect((await machines.create(olds, () => undefined)).id).to.equal("c.example.com");
  });
});
