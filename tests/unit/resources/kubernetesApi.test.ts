import { expect } from "chai";
import { KubernetesApi } from "../../../provider/src/resources/kubernetes/kubernetesApi";
import { ApiServer, cut, items, type Answer } from "./apiServer";
import { failureOf } from "./testRun";

const path = "/api/v1/nodes/i-1";
const eviction = "/api/v1/namespaces/default/pods/web/eviction";

describe("requests to a Kubernetes API", () => {
  let server: ApiServer | undefined;

  /** An API that gives these answers one after another; the last one stays. */
  async function answering(...answers: readonly Answer[]): Promise<KubernetesApi> {
    const left = [...answers];
    const next = (): Answer => (left.length > 1 ? left.shift() : left[0]) ?? { status: 404 };
    server = await ApiServer.start({
      [path]: next,
      [`${path}?propagationPolicy=Background`]: next,
      [eviction]: next,
      "/readyz": next,
    });
    return new KubernetesApi(server.kubeconfig(), new AbortController().signal);
  }

  const methods = () => server?.asked.map(({ method }) => method);

  afterEach(() => server?.stop());

  for (const [what, answer] of Object.entries({
    "HTTP 429": { status: 429, body: { message: "too many requests" } },
    "HTTP 500": { status: 500 },
    "HTTP 503": { status: 503 },
    "a cut connection": cut,
  })) {
    it(`are made again after ${what}`, async () => {
      const api = await answering(answer, answer, items());
      expect(await api.get(path)).to.deep.equal({ items: [] });
      expect(methods()).to.deep.equal(["GET", "GET", "GET"]);
    });
  }

  it("are made again whatever they change", async () => {
    const api = await answering(
      { status: 503 },
      { status: 200 },
      cut,
      { status: 200 },
      { status: 500 },
      { status: 201 },
    );
    await api.patch(path, { spec: { unschedulable: true } });
    await api.delete(path);
    await api.post(eviction, {});
    expect(methods()).to.deep.equal(["PATCH", "PATCH", "DELETE", "DELETE", "POST", "POST"]);
  });

  it("fail with the third answer, and at once with one that would be the same again", async () => {
    const api = await answering({ status: 500, body: { message: "etcd is away" } });
    expect(await failureOf(api.get(path))).to.equal(`${path}: HTTP 500: etcd is away`);
    expect(methods()).to.have.length(3);
    expect(await failureOf(api.ready())).to.equal("/readyz: HTTP 500: etcd is away");
    expect(methods()).to.have.length(4);
  });

  it("fail at once with a budget that allows no eviction", async () => {
    const body = { message: "Cannot evict pod", details: { causes: [{ reason: "DisruptionBudget" }] } };
    const api = await answering({ status: 429, body });
    expect(await failureOf(api.post(eviction, {}))).to.equal(`POST ${eviction}: HTTP 429: Cannot evict pod`);
    expect(methods()).to.deep.equal(["POST"]);
  });

  it("are not made again once the run is cancelled", async () => {
    const cancel = new AbortController();
    await answering(cut);
    const api = new KubernetesApi(server?.kubeconfig() ?? "", cancel.signal);
    const failed = failureOf(api.get(path));
    setTimeout(() => {
      cancel.abort();
    }, 100);
    await failed;
    expect(methods()).to.deep.equal(["GET"]);
  });
});
