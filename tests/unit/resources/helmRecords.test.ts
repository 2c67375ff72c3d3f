import { expect } from "chai";
import { forgetReleases } from "../../../provider/src/resources/karpenter/helmRecords";
import { KubernetesApi } from "../../../provider/src/resources/kubernetes/kubernetesApi";
import { ApiServer, cut, items, type Answers } from "./apiServer";
import { TestRun } from "./testRun";

const secrets = "/api/v1/namespaces/kube-system/secrets";
const records = `${secrets}?labelSelector=owner%3Dhelm%2Cname%20in%20(karpenter%2Ckarpenter-crd)`;
const first = "sh.helm.release.v1.karpenter.v1";
const deletion = (name: string) => `${secrets}/${name}?propagationPolicy=Background`;

describe("Helm's records of Karpenter, in a destroy", () => {
  let api: ApiServer;
  let run: TestRun;

  async function forget(answers: Answers): Promise<readonly string[]> {
    run = new TestRun();
    api = await ApiServer.start(answers);
    try {
      await forgetReleases(new KubernetesApi(api.kubeconfig(), run.signal), run);
      return api.asked.filter(({ method }) => method === "DELETE").map(({ path }) => path);
    } finally {
      await api.stop();
    }
  }

  it("are deleted, so that an update after a destroy that was broken off can install the charts again", async () => {
    const found = [first, "sh.helm.release.v1.karpenter-crd.v1"];
    const answers = {
      [records]: items(...found.map((name) => ({ metadata: { name } }))),
      ...Object.fromEntries(found.map((name) => [deletion(name), { status: 200 }])),
    };
    expect(await forget(answers)).to.deep.equal(found.map(deletion));
    expect(run.asked).to.deep.equal(found.map((name) => `deleting the secret ${name}`));
  });

  it("go with an API that does not answer", async () => {
    expect(await forget({ [records]: cut })).to.deep.equal([]);
    const asked = await forget({ [records]: items({ metadata: { name: first } }), [deletion(first)]: cut });
    expect([...new Set(asked)]).to.deep.equal([deletion(first)]);
    expect(run.lines.at(-1)).to.match(/^Helm's records of Karpenter go with the API: /);
  });
});
