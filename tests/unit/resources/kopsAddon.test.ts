import { expect } from "chai";
import { controlPlaneRoll } from "../../../provider/src/resources/rolls/controlPlaneRoll";
import { ApiServer, items, type Answers } from "./apiServer";
import { TestRun } from "./testRun";

const readiness = controlPlaneRoll();
const selector = "?labelSelector=k8s-addon%3Dkarpenter.sh%2Capp.kubernetes.io%2Fmanaged-by%3Dkops";
const deployments = "/apis/apps/v1/namespaces/kube-system/deployments";
const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
const named = (name: string) => items({ metadata: { name } });

describe("kOps's addon of Karpenter", () => {
  let server: ApiServer;

  async function installed(answers: Answers, olds?: { readonly awaitApi: boolean }) {
    const run = new TestRun();
    server = await ApiServer.start({ "/readyz": { status: 200 }, ...answers });
    const inputs = {
      ...{ clusterName: "c.example.com", region: "us-east-1", kubernetesVersion: "1.36.1" },
      ...{ kubeconfig: server.kubeconfig(), timeoutSeconds: 30 },
      ...{ awaitApi: true, groups: {}, rollingUpdate: { strategy: "manual" }, keptPools: ["nodes"] },
    };
    await (olds === undefined ? readiness.create(inputs, run) : readiness.update({ ...inputs, ...olds }, inputs, run));
    return server.asked.filter(({ method }) => method !== "GET");
  }

  afterEach(() => server.stop());

  const addon = (): Answers => {
    let looks = 0;
    const deployment = () => ({ status: (looks += 1) > 1 ? 404 : 200 });
    return {
      [deployments + selector]: named("karpenter"),
      [`${deployments}/karpenter`]: deployment,
      [`${deployments}/karpenter?propagationPolicy=Orphan`]: { status: 200 },
      [definitions + selector]: named("nodepools.karpenter.sh"),
      [`${definitions}/nodepools.karpenter.sh`]: { status: 200 },
      [roles + selector]: named("karpenter-core"),
      [`${roles}/karpenter-core`]: { status: 200 },
      "/api/v1/namespaces/kube-system": { status: 200 },
    };
  };
  const marks = (release: string) => ({
    metadata: {
      labels: { "app.kubernetes.io/managed-by": "Helm", "k8s-addon": null, "addon.kops.k8s.io/name": null },
      annotations: { "meta.helm.sh/release-name": release, "meta.helm.sh/release-namespace": "kube-system" },
    },
  });

  it("goes to the Helm releases when Karpenter is installed; its deployment goes last, and its pods stay", async () => {
    expect(await installed(addon(), { awaitApi: false })).to.deep.equal([
      { method: "PATCH", path: `${definitions}/nodepools.karpenter.sh`, body: marks("karpenter-crd") },
      { method: "PATCH", path: `${roles}/karpenter-core`, body: marks("karpenter") },
      {
        method: "PATCH",
        path: "/api/v1/namespaces/kube-system",
        body: { metadata: { annotations: { "addons.k8s.io/karpenter.sh": null } } },
      },
      { method: "DELETE", path: `${deployments}/karpenter?propagationPolicy=Orphan`, body: undefined },
    ]);
  });

  it("goes there also where the first update installs Karpenter", async () => {
    expect(await installed(addon())).to.have.length(4);
  });

  it("touches no node of a pool that is to be kept: not even between the change of its class and its own", async () => {
    const pools = "/apis/karpenter.sh/v1/nodepools";
    const found = items({ metadata: { name: "nodes" } }, { metadata: { name: "others" } });
    const [first, ...rest] = await installed({
      ...addon(),
      [pools + selector]: found,
      [`${pools}/nodes`]: { status: 200 },
    });
    const body = { spec: { disruption: { budgets: [{ nodes: "0%" }] } } };
    expect(first).to.deep.equal({ method: "PATCH", path: `${pools}/nodes`, body });
    expect(rest).to.have.length(4);
  });

  it("is not touched by later updates, or where something else manages Karpenter", async () => {
    expect(await installed(addon(), { awaitApi: true })).to.deep.equal([]);
    await server.stop();
    expect(await installed({ ...addon(), [deployments + selector]: items() })).to.deep.equal([]);
  });
});
