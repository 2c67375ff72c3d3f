/**
 * The how-to "Safe change", "Keep the state store": a cluster is destroyed, created again on the stores that stayed, and gets
 * its etcd back from a backup there. etcd-manager itself is a stand-in, which orders and restores as etcd-manager does.
 */
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import type { Kube } from "../../localcloud/machines/kube";
import { type ClusterArguments, clusterStack } from "../support/clusterStack";
import { objects } from "../support/buckets";
import { awsSettings, useLocalCloud } from "../support/localCloud";
import { awaitApi, conditionOf, deployment, machines, serviceAccountToken, until, updated } from "./harness";

const MINUTES = 60_000;
const name = "kept.example.com";
const nodesPath = "/api/v1/nodes";
const claimsPath = "/apis/karpenter.sh/v1/nodeclaims";
const karpenterPath = "/apis/apps/v1/namespaces/kube-system/deployments/karpenter";
const secretsPath = "/api/v1/namespaces/kube-system/secrets";
const keptPath = "/api/v1/namespaces/default/configmaps";

describe("a cluster whose etcd is restored from a backup in its kept state store", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  const args: ClusterArguments = {
    clusterName: name,
    zones: ["us-east-1a"],
    retain: ["stateStore"],
    clusterSpec: {
      etcdClusters: ["main", "events"].map((each) => ({ name: each, manager: { backupInterval: "20s" } })),
    },
    karpenter: { install: true },
  };
  let stack: Stack;
  let stores: { stateStore: string; discoveryStore: string };
  let api: Kube;
  let earlierNodes: readonly string[];
  let earlierToken: string;
  let chosen: { readonly main: string; readonly events: string };
  const apis: Kube[] = [];

  after("close the connections", () => {
    for (const each of apis) each.close();
  });

  it("is backed up with what its users wrote", async () => {
    stack = await clusterStack(cloud, args);
    const { outputs } = await updated(stack);
    stores = {
      stateStore: outputs["stateStore"]?.value as string,
      discoveryStore: outputs["discoveryStore"]?.value as string,
    };
    api = await opened(outputs["kubeconfig"]?.value as string);
    await api.create(keptPath, { metadata: { name: "kept" }, data: { text: "as it was" } });
    await api.create("/apis/apps/v1/namespaces/default/deployments", deployment("app"));
    await until("the pod to run", 180, async () => (await runningPods()).length === 1);
    earlierToken = await serviceAccountToken(api);
    earlierNodes = (await api.list(nodesPath)).map(({ metadata }) => metadata.name);
    expect(earlierNodes).to.have.length(2);
    const before = await backups("main");
    chosen = await until("backups after that", 60, async () => {
      const [main, events] = await Promise.all([backups("main"), backups("events")]);
      // One that is taken during the destroy lacks what is gone by then.
      return main.length > before.length && { main: main.at(-1) ?? "", events: events.at(-1) ?? "" };
    });
  });

  it("leaves the backups when it is destroyed, and waits for one when it is created again", async () => {
    await stack.destroy();
    expect(await backups("main")).to.include(chosen.main);
    expect(await backups("events")).to.include(chosen.events);
    const empty = { readiness: { skip: true }, karpenter: { install: false } };
    stack = await clusterStack(cloud, { ...args, ...stores, ...empty, acknowledge: ["stateStore.keys"] });
    const { outputs } = await updated(stack);
    const waiting = "waiting for etcd";
    await until("etcd to be waited for", 120, () =>
      Promise.resolve(Object.values(machines(cloud)).some(({ detail }) => detail === waiting)),
    );
    await order("main", chosen.main);
    await order("events", chosen.events);
    api = await opened(outputs["kubeconfig"]?.value as string);
  });

  it("has its objects again, with new keys", async () => {
    expect((await api.get(`${keptPath}/kept`))["data"]).to.deep.equal({ text: "as it was" });
    expect(
      (await api.list("/apis/apps/v1/namespaces/default/deployments")).map((each) => each.metadata.name),
    ).to.include("app");
    const refused = await api
      .withToken(earlierToken)
      .get("/api/v1/namespaces/default")
      .then(
        () => "accepted",
        (error: unknown) => String(error),
      );
    expect(refused).to.include("Unauthorized");
    expect(await serviceAccountToken(api)).to.be.a("string");
  });

  it("is rid of the workers that it remembers, and of Karpenter as it was", async () => {
    await api.delete(karpenterPath);
    for (const path of [claimsPath, "/apis/karpenter.sh/v1/nodepools", "/apis/karpenter.k8s.aws/v1/ec2nodeclasses"]) {
      const all = await api.list(path);
      expect(all, path).to.have.length(1);
      for (const { metadata } of all) {
        await api.patch(`${path}/${metadata.name}`, "merge", { metadata: { finalizers: null } });
        await api.delete(`${path}/${metadata.name}`);
      }
    }
    for (const each of earlierNodes) await forget(each);
    const releases = await api.list(
      `${secretsPath}?labelSelector=${encodeURIComponent("owner=helm,name in (karpenter,karpenter-crd)")}`,
    );
    expect(releases).to.have.length(2);
    for (const { metadata } of releases) await api.delete(`${secretsPath}/${metadata.name}`);
  });

  it("gets workers again by the update without the extra lines", async () => {
    stack = await clusterStack(cloud, { ...args, ...stores });
    await updated(stack);
    await until("the workload on a new node", 300, async () => {
      const nodes = (await api.list(nodesPath)).filter((node) => conditionOf(node, "Ready")?.status === "True");
      const names = nodes.map(({ metadata }) => metadata.name);
      const pods = await runningPods();
      if (names.some((each) => earlierNodes.includes(each))) throw new Error(`there are nodes ${names.join(", ")}`);
      return pods.length === 1 && names.includes(pods[0] ?? "");
    });
    await until("the one claim to be ready", 120, async () => {
      const claims = await api.list(claimsPath);
      return claims.length === 1 && conditionOf(claims[0], "Ready")?.status === "True";
    });
    const { changeSummary } = await stack.preview();
    expect(Object.keys(changeSummary)).to.deep.equal(["same"]);
  });

  /** A node whose instance is gone, unless the cloud controller was quicker, and the pods that the API takes for running there. */
  async function forget(node: string): Promise<void> {
    const path = `${nodesPath}/${node}`;
    if ((await api.find(path)) !== undefined) await api.patch(path, "merge", { metadata: { finalizers: null } });
    await api.delete(path);
    for (const { metadata } of await api.list(`/api/v1/pods?fieldSelector=spec.nodeName%3D${node}`)) {
      const pod = `/api/v1/namespaces/${metadata.namespace ?? ""}/pods/${metadata.name}`;
      await api.delete(pod, { gracePeriodSeconds: 0 });
    }
  }

  async function opened(kubeconfig: string): Promise<Kube> {
    const found = await awaitApi(cloud, name, kubeconfig);
    apis.push(found);
    return found;
  }

  /** The nodes that pods of the deployment run on. */
  async function runningPods(): Promise<readonly string[]> {
    const pods = await api.list("/api/v1/namespaces/default/pods?labelSelector=app=app");
    return pods
      .filter((pod) => (pod["status"] as { phase?: string }).phase === "Running")
      .map((pod) => (pod["spec"] as { nodeName: string }).nodeName);
  }

  /** The complete backups of an etcd cluster in the state store, by name. */
  async function backups(etcd: string): Promise<readonly string[]> {
    const pattern = new RegExp(`${name}/backups/etcd/${etcd}/([^/]+)/_etcd_backup\\.meta`);
    return (await objects(cloud)).flatMap((each) => pattern.exec(each)?.[1] ?? []).sort();
  }

  /** What `etcd-manager-ctl restore-backup` writes. */
  async function order(etcd: string, backup: string): Promise<void> {
    const at = new Date();
    const clusterSpec = { memberCount: 1, etcdVersion: "3.6.4" };
    const s3 = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
    await s3.send(
      new PutObjectCommand({
        Bucket: new URL(stores.stateStore).host,
        Key: `${name}/backups/etcd/${etcd}/control/${at.toISOString().slice(0, 19)}Z-000000/_command.json`,
        Body: JSON.stringify({ timestamp: `${String(at.getTime())}000000`, restoreBackup: { clusterSpec, backup } }),
      }),
    );
  }
});
