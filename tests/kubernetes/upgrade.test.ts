/**
 * An upgrade of one minor version: the workers follow the control plane, never the other way round. Then the control plane
 * grows, since the cluster is there.
 */
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import type { Kube } from "../../localcloud/machines/kube";
import { clusterStack } from "../support/clusterStack";
import { useLocalCloud } from "../support/localCloud";
import { controlPlanes, etcdOf } from "./controlPlanes";
import { apiOf, awaitApi, ec2, runningInstances, until } from "./harness";

const MINUTES = 60_000;
const CLUSTER = "c.example.com";

describe("an upgrade to another minor version", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  let kubeconfig: string;

  const stackOf = (kubernetesVersion: string, zones = ["us-east-1a"], strategy = "rolling"): Promise<Stack> =>
    clusterStack(cloud, {
      clusterName: CLUSTER,
      zones,
      controlPlane: { zones },
      kubernetesVersion,
      karpenter: { install: true },
      nodeGroups: { nodes: { nodePools: { nodes: { replicas: 1 } } } },
      rollingUpdate: { strategy, postDrainDelaySeconds: 0, controlPlaneIntervalSeconds: 1, validateCount: 1 },
    });

  before("bring the cluster up", async () => {
    const { outputs } = await (await stackOf("1.35.5")).up();
    kubeconfig = outputs["kubeconfig"]?.value as string;
    (await awaitApi(cloud, CLUSTER, kubeconfig)).close();
    await until("a worker", 180, async () => (await kubelets("node")).length === 1);
  });

  it("replaces the control plane and then the workers in one update, and says how it goes", async () => {
    const [worker, before] = [await userData(), await running()];
    const stack = await stackOf("1.36.1");
    const preview = await stack.preview();
    expect(preview.stdout).to.include(
      "the control-plane instance is replaced (kubernetesVersion becomes 1.36.1; new launch template version of " +
        "control-plane-us-east-1a); the Kubernetes API is unavailable until the new one has joined",
    );
    const [old = ""] = before.controlPlane;
    const said: string[] = [];
    const outage = new Outage(() => withApi((api) => api.isReady()));
    await stack.up({
      onEvent: ({ diagnosticEvent }) => {
        if (diagnosticEvent !== undefined) said.push(diagnosticEvent.message);
      },
    });
    console.log(`the API was away for ${outage.stop().toFixed(1)} s`);
    const place = `1 of 1: ${old}, control-plane-us-east-1a: `;
    for (const step of ["draining", "terminated; waiting", "waiting for the replacement to join"]) {
      expect(said.some((line) => line.startsWith(`${place}${step}`))).to.equal(true, step);
    }
    expect((await running()).controlPlane)
      .to.have.length(1)
      .and.not.include(old);
    expect(await userData()).not.to.equal(worker);
    expect(await kubelets("control-plane")).to.deep.equal(["v1.36.1"]);
    await until("a worker of the new version", 420, async () => {
      const versions = await kubelets("node");
      if (versions.join() !== "v1.36.1") throw new Error(versions.join());
      return true;
    });
  });

  it("keeps etcd's data and its machine when the control plane grows from one zone to three", async () => {
    const maps = "/api/v1/namespaces/default/configmaps";
    const written = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "written-before" },
      data: { key: "value" },
    };
    await withApi((api) => api.create(maps, written));
    const [before, worker] = [await running(), await userData()];
    await (await stackOf("1.36.1", ["us-east-1a", "us-east-1b", "us-east-1c"], "manual")).up();
    const planes = await until("three control planes", 180, () => {
      const all = controlPlanes(cloud, CLUSTER);
      return Promise.resolve(all.length === 3 && all);
    });
    for (const etcd of ["main", "events"])
      for (const id of planes) {
        expect(await etcdOf(cloud, id, etcd).members(), `${etcd} on ${id}`).to.have.length(3);
        expect(await etcdOf(cloud, id, etcd).isHealthy(), `${etcd} on ${id}`).to.equal(true);
      }
    expect((await running()).controlPlane).to.include.members(before.controlPlane);
    // It names the load balancer's address in each zone, so Karpenter replaces the workers within their budgets.
    expect(await userData()).not.to.equal(worker);
    expect((await withApi((api) => api.get(`${maps}/written-before`)))["data"]).to.deep.equal({ key: "value" });
    await (await stackOf("1.36.1", ["us-east-1a", "us-east-1b", "us-east-1c"], "manual")).destroy();
  });

  async function running(): Promise<{ readonly controlPlane: readonly string[]; readonly nodes: readonly string[] }> {
    const all = [...(await runningInstances(ec2(cloud)))];
    const ids = (isControlPlane: boolean): readonly string[] =>
      all
        .filter(([, { Tags = [] }]) => Tags.some(({ Key }) => Key === "k8s.io/role/control-plane") === isControlPlane)
        .map(([id]) => id)
        .sort();
    return { controlPlane: ids(true), nodes: ids(false) };
  }

  function kubelets(role: string): Promise<readonly string[]> {
    return withApi(async (api) => {
      const nodes = await api.list(`/api/v1/nodes?labelSelector=node-role.kubernetes.io/${role}`);
      return nodes.map(({ status }) => (status as { nodeInfo: { kubeletVersion: string } }).nodeInfo.kubeletVersion);
    });
  }

  function userData(): Promise<string> {
    return withApi(async (api) => {
      const [found] = await api.list("/apis/karpenter.k8s.aws/v1/ec2nodeclasses");
      return (found?.["spec"] as { userData: string }).userData;
    });
  }

  /** A connection of its own: the API moves to another machine meanwhile. */
  async function withApi<T>(ask: (api: Kube) => Promise<T>): Promise<T> {
    const api = apiOf(cloud, CLUSTER, kubeconfig);
    try {
      return await ask(api);
    } finally {
      api.close();
    }
  }
});

/** For how long something has not answered. */
class Outage {
  private milliseconds = 0;
  private last = Date.now();
  private readonly timer: NodeJS.Timeout;

  constructor(answers: () => Promise<boolean>) {
    this.timer = setInterval(() => {
      void answers()
        .catch(() => false)
        .then((isThere) => {
          if (!isThere) this.milliseconds += Date.now() - this.last;
          this.last = Date.now();
        });
    }, 500);
  }

  /** In seconds. */
  stop(): number {
    clearInterval(this.timer);
    return this.milliseconds / 1000;
  }
}
