import { expect } from "chai";
import { controlPlaneRoll } from "../../../provider/src/resources/rolls/controlPlaneRoll";
import { ApiServer, type Answers } from "./apiServer";
import { failureOf, TestRun } from "./testRun";

const readiness = controlPlaneRoll();
const ready = { status: 200 };
const kinds = (...names: readonly string[]) => ({ status: 200, body: { resources: names.map((kind) => ({ kind })) } });

describe("readiness of the API", () => {
  let server: ApiServer | undefined;
  let run: TestRun;

  async function create(answers: Answers, timeoutSeconds = 30): Promise<{ readonly id: string }> {
    server = await ApiServer.start(answers);
    return readiness.create(inputs(server.kubeconfig(), timeoutSeconds), run);
  }

  function inputs(kubeconfig: unknown, timeoutSeconds: number) {
    return {
      ...{ clusterName: "c.example.com", region: "us-east-1", kubernetesVersion: "1.36.1", kubeconfig, timeoutSeconds },
      ...{ awaitApi: true, groups: {}, rollingUpdate: { strategy: "manual" } },
    };
  }

  beforeEach(() => {
    run = new TestRun();
    server = undefined;
  });
  afterEach(async () => {
    await server?.stop();
  });

  it("is immediate where the API is ready and serves no kind of legacy Karpenter", async () => {
    expect((await create({ "/readyz": ready })).id).to.equal("c.example.com");
    expect(run.lines).to.deep.equal([]);
    expect(server?.asked.map(({ path }) => path)).to.deep.equal([
      "/readyz",
      "/apis/karpenter.sh/v1alpha5",
      "/apis/karpenter.k8s.aws/v1alpha1",
      // Whether kOps has installed Karpenter.
      "/apis/apps/v1/namespaces/kube-system/deployments?labelSelector=k8s-addon%3Dkarpenter.sh%2Capp.kubernetes.io%2Fmanaged-by%3Dkops",
    ]);
  });

  it("accepts a kubeconfig that the engine marked as secret", async () => {
    server = await ApiServer.start({ "/readyz": ready });
    const marked = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: server.kubeconfig(),
    };
    const result = await readiness.create(inputs(marked, 30), run);
    expect(result.outs).to.deep.include({ kubeconfig: marked });
  });

  it("waits for a late API, and reports what it waits for", async () => {
    let times = 0;
    const answer = () => {
      times += 1;
      return { status: times < 2 ? 500 : 200 };
    };
    await create({ "/readyz": answer });
    expect(run.lines).to.deep.equal([
      `waiting for the Kubernetes API at ${server?.url ?? ""}: /readyz: HTTP 500 (0 s of at most 30 s)`,
    ]);
  });

  it("fails at the timeout, with the last reason and what to do", async () => {
    expect(await failureOf(create({ "/readyz": { status: 503 } }, 0))).to.equal(
      `the Kubernetes API at ${server?.url ?? ""} was not ready after 0 s; last seen: /readyz: HTTP 503. ` +
        "Look at the control-plane instance's console output and, on it, at journalctl -u kops-configuration and " +
        "/var/log/kube-apiserver.log; then run the update again, or set readiness.timeoutSeconds higher",
    );
  });

  it("reports why the API does not answer", async () => {
    server = await ApiServer.start({});
    const closed = server.kubeconfig({ server: "https://127.0.0.1:1" });
    expect(await failureOf(readiness.create(inputs(closed, 0), run))).to.include(
      "last seen: /readyz: connect ECONNREFUSED",
    );
    const misnamed = server.kubeconfig({ "tls-server-name": "other.example.com" });
    expect(await failureOf(readiness.create(inputs(misnamed, 0), run))).to.include("other.example.com");
  });

  it("fails in a cluster that serves kinds of legacy Karpenter, and names all of them", async () => {
    const answers = {
      "/readyz": ready,
      "/apis/karpenter.sh/v1alpha5": kinds("Provisioner", "Machine", "Other"),
      "/apis/karpenter.k8s.aws/v1alpha1": kinds("AWSNodeTemplate"),
    };
    expect(await failureOf(create(answers))).to.equal(
      "the cluster serves kinds of legacy Karpenter (0.x), from which there is no upgrade in place: " +
        "Provisioner (karpenter.sh/v1alpha5), Machine (karpenter.sh/v1alpha5), AWSNodeTemplate (karpenter.k8s.aws/v1alpha1). " +
        "Uninstall legacy Karpenter, delete these custom resource definitions, and run the update again",
    );
  });

  it("waits while an API server that has just started does not say which kinds it serves", async () => {
    let times = 0;
    const legacy = () => {
      times += 1;
      return times < 2 ? { status: 403, body: { message: "not yet" } } : kinds("Provisioner");
    };
    const failed = await failureOf(create({ "/readyz": ready, "/apis/karpenter.sh/v1alpha5": legacy }));
    expect(failed).to.include("Provisioner (karpenter.sh/v1alpha5)");
    expect(run.lines[0]).to.include("/apis/karpenter.sh/v1alpha5: HTTP 403: not yet");
  });

  it("ends as soon as it is cancelled", async () => {
    const waiting = failureOf(create({ "/readyz": { status: 503 } }));
    setTimeout(() => {
      run.cancel();
    }, 200);
    const started = Date.now();
    expect(await waiting).to.equal(`cancelled while waiting for the Kubernetes API at ${server?.url ?? ""}`);
    expect(Date.now() - started).to.be.lessThan(1000);
  });

  describe("of an upgraded control plane whose instances the user replaces", () => {
    const nodesPath = "/api/v1/nodes?labelSelector=node-role.kubernetes.io/control-plane";
    const nodes = (...versions: readonly string[]) => {
      const items = versions.map((version, index) => ({
        metadata: { name: `i-${String(index)}` },
        status: { nodeInfo: { kubeletVersion: version } },
      }));
      return { status: 200, body: { items } };
    };

    async function update(answers: Answers, timeoutSeconds: number): Promise<void> {
      server = await ApiServer.start(answers);
      const news = inputs(server.kubeconfig(), timeoutSeconds);
      await readiness.update({ ...news, kubernetesVersion: "1.35.5" }, news, run);
    }

    it("is reached when no node runs an older minor version", async () => {
      await update({ [nodesPath]: nodes("v1.36.1", "v1.36.0") }, 30);
      expect(run.lines).to.deep.equal([]);
      expect(server?.asked.map(({ path }) => path)).to.deep.equal([nodesPath]);
    });

    it("fails at the timeout, naming the older nodes and how to replace them", async () => {
      expect(await failureOf(update({ [nodesPath]: nodes("v1.36.1", "v1.35.5") }, 0))).to.equal(
        "the control plane of c.example.com did not run Kubernetes 1.36.1 after 0 s: i-1 runs 1.35.5; replace it with " +
          "'kops rolling-update cluster c.example.com --instance-group-roles control-plane --yes'. " +
          "Workers stay as they are until it does; then run the update again",
      );
    });
  });
});
