import { expect } from "chai";
import { readiness } from "../../../provider/src/operations/readiness";
import { ApiServer, type Answers } from "./apiServer";

const ready = { status: 200 };
const kinds = (...names: readonly string[]) => ({ status: 200, body: { resources: names.map((kind) => ({ kind })) } });

describe("readiness of the API", () => {
  let server: ApiServer | undefined;
  let lines: string[];

  async function create(answers: Answers, timeoutSeconds = 30): Promise<{ readonly id: string }> {
    server = await ApiServer.start(answers);
    return readiness.create(inputs(server.kubeconfig(), timeoutSeconds), (line) => lines.push(line));
  }

  function inputs(kubeconfig: unknown, timeoutSeconds: number) {
    return { clusterName: "c.example.com", kubeconfig, timeoutSeconds };
  }

  async function failure(promise: Promise<unknown>): Promise<string> {
    return promise.then(
      () => "nothing failed",
      (error: unknown) => (error as Error).message,
    );
  }

  beforeEach(() => {
    lines = [];
    server = undefined;
  });
  afterEach(async () => {
    await server?.stop();
  });

  it("comes at once where the API is ready, and asks for the kinds of legacy Karpenter", async () => {
    expect((await create({ "/readyz": ready })).id).to.equal("c.example.com");
    expect(lines).to.deep.equal([]);
    expect(server?.asked.map(({ path }) => path)).to.deep.equal([
      "/readyz",
      "/apis/karpenter.sh/v1alpha5",
      "/apis/karpenter.k8s.aws/v1alpha1",
    ]);
  });

  it("takes a kubeconfig that the engine marked as secret", async () => {
    server = await ApiServer.start({ "/readyz": ready });
    const marked = {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: server.kubeconfig(),
    };
    const result = await readiness.create(inputs(marked, 30), () => undefined);
    expect(result.outs).to.deep.include({ kubeconfig: marked });
  });

  it("comes late where the API does, and says meanwhile what it waits for", async () => {
    let times = 0;
    const answer = () => {
      times += 1;
      return { status: times < 2 ? 500 : 200 };
    };
    await create({ "/readyz": answer });
    expect(lines).to.deep.equal([
      `waiting for the Kubernetes API at ${server?.url ?? ""}: HTTP 500 from /readyz (0 s of at most 30 s)`,
    ]);
  });

  it("fails when the time is up, with what was seen last and what to do", async () => {
    expect(await failure(create({ "/readyz": { status: 503 } }, 0))).to.equal(
      `the Kubernetes API at ${server?.url ?? ""} was not ready after 0 s; last seen: HTTP 503 from /readyz. ` +
        "Look at the control-plane instance's console output and, on it, at journalctl -u kops-configuration and " +
        "/var/log/kube-apiserver.log; then run the update again, or set readiness.timeoutSeconds higher",
    );
  });

  it("says why there is no answer", async () => {
    server = await ApiServer.start({});
    const closed = server.kubeconfig({ server: "https://127.0.0.1:1" });
    expect(await failure(readiness.create(inputs(closed, 0), () => undefined))).to.include(
      "last seen: connect ECONNREFUSED",
    );
    const misnamed = server.kubeconfig({ "tls-server-name": "other.example.com" });
    expect(await failure(readiness.create(inputs(misnamed, 0), () => undefined))).to.include("other.example.com");
  });

  it("never comes in a cluster that serves kinds of legacy Karpenter: all are named", async () => {
    const answers = {
      "/readyz": ready,
      "/apis/karpenter.sh/v1alpha5": kinds("Provisioner", "Machine", "Other"),
      "/apis/karpenter.k8s.aws/v1alpha1": kinds("AWSNodeTemplate"),
    };
    expect(await failure(create(answers))).to.equal(
      "the cluster serves kinds of legacy Karpenter (0.x), from which there is no upgrade in place: " +
        "Provisioner (karpenter.sh/v1alpha5), Machine (karpenter.sh/v1alpha5), AWSNodeTemplate (karpenter.k8s.aws/v1alpha1). " +
        "Uninstall legacy Karpenter, delete these custom resource definitions, and run the update again",
    );
  });

  it("is replaced for another cluster, and for nothing else", () => {
    const olds = inputs("old", 900);
    expect(readiness.diff(olds, inputs("new", 60))).to.deep.equal({ changes: false, replaces: [] });
    expect(readiness.diff(olds, { ...olds, clusterName: "d.example.com" })).to.deep.equal({
      changes: true,
      replaces: ["clusterName"],
    });
  });
});
