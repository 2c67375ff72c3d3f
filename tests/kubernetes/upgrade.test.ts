/**
 * What becomes of a cluster with one control plane: it is upgraded by two minor versions while its keys are rotated, and
 * grows. One API server program stands for those of all versions; nodes have the version that nodeup installs.
 */
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import type { Kube } from "../../localcloud/machines/kube";
import { clusterStack } from "../support/clusterStack";
import { KopsCommand } from "../support/kopsCommand";
import { useLocalCloud } from "../support/localCloud";
import { controlPlanes, etcdOf, Writer } from "./controlPlanes";
import { apiOf, awaitApi, conditionOf, ec2, runningInstances, until, updated } from "./harness";
import { NewerWorkers, Outage } from "./watching";
import { fateOf, isAuthenticated, isVerifiable, webIdentityToken } from "./trust";

const MINUTES = 60_000;
const CLUSTER = "c.example.com";
const ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];
const VERSIONS = ["1.34.8", "1.35.5", "1.36.1"] as const;
const ROTATED = ["kubernetes-ca", "service-account"];
/** The keys of both keysets, step by step. */
const ROTATION = {
  before: { initial: {} },
  next: { initial: {}, "2027": {} },
  distrusted: { initial: { distrustTimestamp: "2026-11-01T12:00:00Z" }, "2027": {} },
};

interface Wanted {
  readonly version: (typeof VERSIONS)[number];
  readonly keys?: keyof typeof ROTATION;
  readonly primary?: "initial" | "2027";
  readonly zones?: readonly string[];
  readonly acknowledge?: readonly string[];
}

describe("a cluster with one control plane", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  /** As the last update left them. */
  let outputs: { readonly kubeconfig: string; readonly authority: string };
  let kops: KopsCommand;
  /** Of a client that does not follow the rotation, from before it. */
  let old: { readonly kubeconfig: string; readonly token: string };

  const stackOf = ({ version, keys = "before", primary = "initial", zones = ZONES.slice(0, 1), ...more }: Wanted) =>
    clusterStack(cloud, {
      ...{ clusterName: CLUSTER, zones, controlPlane: { zones }, kubernetesVersion: version },
      karpenter: { install: true },
      nodeGroups: { nodes: { nodePools: { nodes: { replicas: 1 } } } },
      pki: { keysets: Object.fromEntries(ROTATED.map((name) => [name, { primary, keys: ROTATION[keys] }])) },
      rollingUpdate: {
        ...{ postDrainDelaySeconds: 0, controlPlaneIntervalSeconds: 1, validateCount: 1 },
        // What does not come about in this time never does, and the update says what it was waiting for.
        ...{ drainTimeoutSeconds: 240, validationTimeoutSeconds: 360 },
      },
      ...more,
    });

  before("bring the cluster up", async () => {
    await update(await stackOf({ version: VERSIONS[0] }));
    (await awaitApi(cloud, CLUSTER, outputs.kubeconfig)).close();
    await until("a worker", 180, async () => (await kubelets("node")).length === 1);
    old = { kubeconfig: outputs.kubeconfig, token: await withApi(webIdentityToken) };
  });

  it("replaces the control plane and then the workers in one update, and says how it goes", async () => {
    const before = await running();
    const stack = await stackOf({ version: VERSIONS[1], keys: "next" });
    const preview = await stack.preview();
    expect(preview.stdout).to.include(
      `the control-plane instance is replaced (kubernetesVersion becomes ${VERSIONS[1]}; new launch template version of ` +
        "control-plane-us-east-1a); the Kubernetes API is unavailable until the new one has joined",
    );
    const [replaced = ""] = before.controlPlane;
    const said: string[] = [];
    const outage = new Outage(() => withApi((api) => api.isReady()));
    await upgraded(VERSIONS[1], () => update(stack, said));
    console.log(`the API was away for ${outage.stop().toFixed(1)} s`);
    const place = `1 of 1: ${replaced}, control-plane-us-east-1a: `;
    for (const step of ["draining", "terminated; waiting", "waiting for the replacement to join"]) {
      expect(said.some((line) => line.startsWith(`${place}${step}`))).to.equal(true, step);
    }
    expect((await running()).controlPlane)
      .to.have.length(1)
      .and.not.include(replaced);
  });

  it("trusts clients and tokens from before a key was added, and those that know the new key", async () => {
    expect(await fateOf(apiOf(cloud, CLUSTER, old.kubeconfig))).to.equal("served");
    expect(await fateOf(apiOf(cloud, CLUSTER, outputs.kubeconfig))).to.equal("served");
    expect(await trusted(old.token)).to.deep.equal({ api: true, aws: true });
  });

  it("goes on to the next version while the new keys become primary; what the old ones signed stays valid", async () => {
    const between = { kubeconfig: outputs.kubeconfig, token: await withApi(webIdentityToken) };
    const acknowledge = ROTATED.map((name) => `pki.keysets.${name}.primary`);
    const stack = await stackOf({ version: VERSIONS[2], keys: "next", primary: "2027", acknowledge });
    await upgraded(VERSIONS[2], () => update(stack));
    for (const name of ROTATED) {
      expect(await kops.keypairs(name)).to.deep.equal([`CN=${name}`, `SERIALNUMBER=2027,CN=${name} primary`]);
    }
    // The API's certificate is the new authority's; a client of before needs its certificate, and nothing else.
    expect(await fateOf(apiOf(cloud, CLUSTER, old.kubeconfig))).to.equal("does not trust the server");
    expect(await fateOf(apiOf(cloud, CLUSTER, old.kubeconfig, outputs.authority))).to.equal("served");
    expect(await fateOf(apiOf(cloud, CLUSTER, between.kubeconfig))).to.equal("served");
    const token = await withApi(webIdentityToken);
    for (const each of [old.token, between.token, token]) {
      expect(await trusted(each)).to.deep.equal({ api: true, aws: true });
    }
  });

  it("refuses what the old keys signed once they are distrusted; its workers and their tokens go on", async () => {
    const promoted = { kubeconfig: outputs.kubeconfig, token: await withApi(webIdentityToken) };
    const acknowledge = ROTATED.map((name) => `pki.keysets.${name}.keys.initial.distrustTimestamp`);
    const stack = await stackOf({ version: VERSIONS[2], keys: "distrusted", primary: "2027", acknowledge });
    // Karpenter's controller gets its keys from AWS by a token of the new key now.
    await followed(VERSIONS[2], () => update(stack));
    expect(await fateOf(apiOf(cloud, CLUSTER, old.kubeconfig, outputs.authority))).to.equal("refused");
    expect(await fateOf(apiOf(cloud, CLUSTER, promoted.kubeconfig))).to.equal("served");
    expect(await trusted(old.token)).to.deep.equal({ api: false, aws: false });
    expect(await trusted(promoted.token)).to.deep.equal({ api: true, aws: true });
    for (const name of ROTATED) {
      expect(await kops.keypairs(name)).to.deep.equal([
        `CN=${name} distrusted`,
        `SERIALNUMBER=2027,CN=${name} primary`,
      ]);
    }
  });

  it("grows from one zone to three within an update, without a loss: the first instance is replaced as well", async () => {
    const [before, worker] = [await running(), await userData()];
    const writer = new Writer(apiOf(cloud, CLUSTER, outputs.kubeconfig));
    const stack = await stackOf({ version: VERSIONS[2], keys: "distrusted", primary: "2027", zones: ZONES });
    await update(stack);
    const planes = controlPlanes(cloud, CLUSTER);
    expect(planes).to.have.length(3).and.not.include.members(before.controlPlane);
    for (const etcd of ["main", "events"])
      for (const id of planes) {
        expect(await etcdOf(cloud, id, etcd).members(), `${etcd} on ${id}`).to.have.length(3);
        expect(await etcdOf(cloud, id, etcd).isHealthy(), `${etcd} on ${id}`).to.equal(true);
      }
    await writer.end();
    console.log(`the longest wait for a write: ${(writer.longest / 1000).toFixed(1)} s (${writer.reason})`);
    const stored = await withApi((api) => api.list(Writer.path));
    expect(stored.map(({ metadata }) => metadata.name)).to.include.members(writer.acknowledged);
    // It names the load balancer's address in each zone, so Karpenter replaces the workers within their budgets.
    expect(await userData()).not.to.equal(worker);
    await stack.destroy();
  });

  async function update(stack: Stack, said: string[] = []): Promise<void> {
    const { outputs: found } = await updated(stack, said);
    const of = (name: string): string => String(found[name]?.value);
    outputs = { kubeconfig: of("kubeconfig"), authority: of("certificateAuthority") };
    kops = new KopsCommand(cloud, CLUSTER, { state: of("stateStore"), discovery: of("discoveryStore") });
  }

  /** The update ends with the control plane at the version; the workers follow, and are never newer. */
  async function upgraded(version: string, up: () => Promise<void>): Promise<void> {
    const newer = new NewerWorkers(() => withApi((api) => api.list("/api/v1/nodes")));
    try {
      await followed(version, up);
    } finally {
      newer.stop();
    }
    expect([...newer.found]).to.deep.equal([]);
    expect(newer.looks).to.be.greaterThan(10);
  }

  /** The update changes what workers are started with, and Karpenter replaces the one that there is. */
  async function followed(version: string, up: () => Promise<void>): Promise<void> {
    const [before, data] = [await workers(), await userData()];
    await up();
    expect(await userData()).not.to.equal(data);
    expect(await kubelets("control-plane")).to.deep.equal([`v${version}`]);
    await until(`another worker of ${version}`, 420, async () => {
      const [now, versions] = [await workers(), await kubelets("node")];
      const said = `${now.join()} of ${versions.join()} after ${before.join()}`;
      if (now.length !== 1 || before.includes(now[0] ?? "") || versions.join() !== `v${version}`) throw new Error(said);
      return true;
    });
  }

  async function trusted(token: string): Promise<{ readonly api: boolean; readonly aws: boolean }> {
    return {
      api: await withApi((api) => isAuthenticated(api, token)),
      aws: await isVerifiable(cloud, token),
    };
  }

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

  /** The names of the workers that are ready, and of those that are on their way out. */
  function workers(): Promise<readonly string[]> {
    return withApi(async (api) => {
      const nodes = await api.list("/api/v1/nodes?labelSelector=node-role.kubernetes.io/node");
      const counted = nodes.filter(
        (node) => conditionOf(node, "Ready")?.status === "True" || node.metadata.deletionTimestamp !== undefined,
      );
      return counted.map(({ metadata }) => metadata.name);
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
    const api = apiOf(cloud, CLUSTER, outputs.kubeconfig);
    try {
      return await ask(api);
    } finally {
      api.close();
    }
  }
});
