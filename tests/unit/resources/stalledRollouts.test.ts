import { expect } from "chai";
import { KubernetesApi, type KubernetesPod } from "../../../provider/src/resources/kubernetes/kubernetesApi";
import { makeRoom } from "../../../provider/src/resources/kubernetes/stalledRollouts";
import { ApiServer, items } from "./apiServer";
import { TestRun } from "./testRun";

const replicaSets = "/apis/apps/v1/namespaces/kube-system/replicasets";

describe("a changed deployment whose next pod has no room on the only control-plane node", () => {
  let server: ApiServer;
  let run: TestRun;

  beforeEach(async () => {
    run = new TestRun();
    server = await ApiServer.start({
      [replicaSets]: items(
        replicaSet("operator-1", "operator", { revision: 1, replicas: 0 }),
        replicaSet("operator-2", "operator", { revision: 2, replicas: 1 }),
        replicaSet("operator-10", "operator", { revision: 10, replicas: 1 }),
        replicaSet("other-1", "other", { revision: 1, replicas: 1 }),
      ),
      [`${replicaSets}/operator-2`]: { status: 200 },
    });
  });

  afterEach(() => server.stop());

  async function changes(...pods: readonly KubernetesPod[]): Promise<readonly unknown[]> {
    await makeRoom(new KubernetesApi(server.kubeconfig(), run.signal), pods, run);
    return server.asked.filter(({ method }) => method !== "GET");
  }

  it("gets that room: the earlier pods end, and nothing else", async () => {
    expect(await changes(pod())).to.deep.equal([
      { method: "PATCH", path: `${replicaSets}/operator-2`, body: { spec: { replicas: 0 } } },
    ]);
    expect(run.asked).to.deep.equal(["ending the pods of operator-2"]);
    expect(run.lines).to.deep.equal(["the pods of operator-2 end, since operator-10-x has no room beside them"]);
  });

  it("keeps its earlier pods where something else keeps the next one from starting", async () => {
    const scheduled = { status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "True" }] } };
    const ofUsers = { metadata: { ...pod().metadata, namespace: "default" } };
    expect(await changes(pod(scheduled), pod(ofUsers), pod({ spec: {} }))).to.deep.equal([]);
    expect(server.asked).to.deep.equal([]);
  });
});

function replicaSet(name: string, deployment: string, { revision, replicas }: { revision: number; replicas: number }) {
  return {
    metadata: {
      ...{ name, uid: `uid-${name}`, annotations: { "deployment.kubernetes.io/revision": String(revision) } },
      ownerReferences: [{ kind: "Deployment", uid: `uid-${deployment}`, controller: true }],
    },
    spec: { replicas },
  };
}

function pod(changes: Partial<KubernetesPod> = {}): KubernetesPod {
  return {
    metadata: {
      ...{ name: "operator-10-x", namespace: "kube-system", uid: "uid-pod" },
      ownerReferences: [{ kind: "ReplicaSet", uid: "uid-operator-10", controller: true }],
    },
    spec: { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] } } },
    status: { phase: "Pending", conditions: [{ type: "PodScheduled", status: "False", reason: "Unschedulable" }] },
    ...changes,
  };
}
