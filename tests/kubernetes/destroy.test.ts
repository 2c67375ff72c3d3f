/** What destroy does with ten instances that are in no Pulumi state: with Karpenter, without it, and without an API. */
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import { AutoScalingClient, UpdateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeTagsCommand, type EC2Client, type Instance } from "@aws-sdk/client-ec2";
import type { Kube } from "../../localcloud/machines/kube";
import { clusterStack } from "../support/clusterStack";
import { inventory, type Inventory } from "../support/inventory";
import { awsSettings, useLocalCloud, variable } from "../support/localCloud";
import { expectPluginsToEnd, processes } from "../support/processes";
import { TcpRelay } from "../support/tcpRelay";
import { awaitApi, conditionOf, ec2, machines, runningInstances, terminate, until } from "./harness";

const MINUTES = 60_000;
const claimsPath = "/apis/karpenter.sh/v1/nodeclaims";
const controller = "/apis/apps/v1/namespaces/kube-system/deployments/karpenter";

interface Brought {
  readonly name: string;
  readonly stack: Stack;
  readonly api: Kube;
}

describe("destroy of a cluster with ten Karpenter instances", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true, checkpoints: true });
  let aws: EC2Client;
  let empty: Inventory;
  let other: Brought;
  const apis: Kube[] = [];
  let relay: TcpRelay;

  before("start the cloud", async () => {
    aws = ec2(cloud);
    empty = await inventory(cloud);
    const door = new URL(variable(cloud, "LOCALCLOUD_API_ENDPOINT"));
    relay = await TcpRelay.to(door.hostname, Number(door.port));
  });

  after("close the connections", () => {
    relay.end();
    for (const api of apis) api.close();
  });

  it("terminates them itself when the controller is stopped, and leaves another cluster untouched", async () => {
    other = await bringUp("two.example.com", { api: { endpoint: `https://127.0.0.1:${String(relay.port)}` } });
    const before = await traces(other);
    const one = await bringUp("one.example.com");
    await one.api.patch(controller, "merge", { spec: { replicas: 0 } });
    await until("the controller to stop", 60, async () => {
      const pods = await one.api.list(
        "/api/v1/namespaces/kube-system/pods?labelSelector=app.kubernetes.io/name=karpenter",
      );
      return pods.length === 0;
    });
    const said = await destroy(one);
    expect(said).to.include("the Karpenter controller is stopped or gone: ending the machines without Karpenter");
    expect(said).to.match(/ending 10 instances that Karpenter left: i-/);
    const after = await traces(other);
    expect(before.filter((line) => !after.includes(line))).to.deep.equal([]);
    expect(after.filter((line) => !before.includes(line))).to.deep.equal([]);
  });

  it("terminates nothing of a cluster that was brought back after its destroy was killed", async () => {
    const { stack, api, name } = other;
    const release = await holdOne(api);
    const waiting = deferred();
    const destroyed = stack.destroy(listener(hears(waiting, /1 NodeClaims left/))).catch((error: unknown) => error);
    await waiting.promise;
    const engine = processes().find(({ parent, command }) => parent === process.pid && command.includes(" destroy "));
    const children = processes().filter(({ parent }) => parent === engine?.pid);
    process.kill(engine?.pid ?? 0, "SIGKILL");
    await expectPluginsToEnd(children);
    expect(await destroyed).to.be.instanceOf(Error);
    await release();
    await stack.cancel();
    await stack.up(listener(() => undefined));
    await tenNodes(other);
    const before = (await instancesOf(name)).map(({ InstanceId }) => InstanceId);
    await sleep(10_000);
    expect((await instancesOf(name)).map(({ InstanceId }) => InstanceId)).to.have.members(before);
  });

  it("waits for a running controller to terminate them, through outages of the API", async () => {
    const release = await holdOne(other.api);
    const [failing, waiting, failingAgain] = [deferred(), deferred(), deferred()];
    relay.close();
    let outages = 1;
    const destroyed = destroy(other, (text) => {
      hears(outages === 1 ? failing : failingAgain, /nodeclaims: .*; .*deployments\/karpenter: .*; \/readyz: /)(text);
      hears(waiting, /: 1 NodeClaims left/)(text);
    });
    await failing.promise;
    relay.reopen();
    await waiting.promise;
    outages = 2;
    relay.close();
    await failingAgain.promise;
    await sleep(10_000);
    relay.reopen();
    await release();
    const said = await destroyed;
    expect(said).to.include("deleted the NodePool nodes");
    expect(said).not.to.include("without Karpenter");
    expect(said).not.to.include("that Karpenter left");
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  it("terminates them itself when the API server does not answer", async () => {
    const three = await bringUp("three.example.com");
    // Or the group would bring the control plane back within the minute.
    await new AutoScalingClient(awsSettings(cloud)).send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: "control-plane-us-east-1a.masters.three.example.com",
        MinSize: 0,
        DesiredCapacity: 0,
      }),
    );
    for (const [id, { role }] of Object.entries(machines(cloud))) {
      if (role === "ControlPlane") await terminate(aws, id);
    }
    await until("the API to go", 60, async () => !(await three.api.isReady()));
    const said = await destroy(three);
    expect(said).to.match(
      /the Kubernetes API at \S+ has not answered for 60 s \(.+\): ending the machines without Karpenter/,
    );
    expect(said).to.match(/ending 10 instances that Karpenter left: i-/);
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  /** A line for all that AWS has, for the tags of this cluster's things, and for what its API knows of its machines. */
  async function traces({ name, api }: Brought): Promise<readonly string[]> {
    const kinds = ["/api/v1/nodes", claimsPath, "/apis/karpenter.sh/v1/nodepools"];
    const paths = [...kinds, "/apis/karpenter.k8s.aws/v1/ec2nodeclasses"];
    const objects = (await Promise.all(paths.map((path) => api.list(path)))).flat();
    const things = Object.entries(await inventory(cloud))
      .flatMap(([kind, ids]) => ids.map((id) => `${kind} ${id}`))
      // Karpenter itself deletes a launch template that it has not used for a minute.
      .filter((thing) => !thing.startsWith("launch templates karpenter.k8s.aws/"));
    const found = objects.map(({ metadata: { name, uid, generation } }) => `${name} ${uid ?? ""} ${generation ?? ""}`);
    return [...things, ...(await tagsOf(aws, name)), ...found];
  }

  /** A cluster whose one pool is static, until its ten nodes are there. */
  async function bringUp(name: string, changes: object = {}): Promise<Brought> {
    const nodeGroups = { nodes: { nodePools: { nodes: { replicas: 10 } } } };
    const args = { clusterName: name, zones: ["us-east-1a"], nodeGroups, karpenter: { install: true }, ...changes };
    const stack = await clusterStack(cloud, args, name.replaceAll(".", "-"));
    const { outputs } = await stack.up(listener(() => undefined));
    const api = await awaitApi(cloud, name, outputs["kubeconfig"]?.value as string);
    apis.push(api);
    const brought = { name, stack, api };
    await tenNodes(brought);
    return brought;
  }

  function tenNodes({ name, api }: Brought): Promise<true> {
    return until("ten nodes", 180, async () => {
      const claims = await api.list(claimsPath);
      const ready = claims.filter((claim) => conditionOf(claim, "Ready")?.status === "True");
      if (ready.length !== 10) throw new Error(`${String(ready.length)} of ${String(claims.length)} claims are ready`);
      expect(claims).to.have.lengthOf(10);
      // Karpenter tags each instance once more when its node is there.
      const tagged = (await instancesOf(name)).filter(({ Tags = [] }) =>
        Tags.some(({ Key }) => Key === "karpenter.sh/nodeclaim"),
      );
      if (tagged.length !== 10) throw new Error(`${String(tagged.length)} instances are tagged`);
      return true;
    });
  }

  /** Keeps the end of one machine open until what it returns is called. */
  async function holdOne(api: Kube): Promise<() => Promise<void>> {
    const [claim] = await api.list(claimsPath);
    const path = `${claimsPath}/${claim?.metadata.name ?? ""}`;
    const finalizers = claim?.metadata.finalizers ?? [];
    const hold = "tests.example.com/hold";
    await api.patch(path, "merge", { metadata: { finalizers: [...finalizers, hold] } });
    return async () => {
      const left = (await api.get(path)).metadata.finalizers ?? [];
      await api.patch(path, "merge", { metadata: { finalizers: left.filter((each) => each !== hold) } });
    };
  }

  async function instancesOf(name: string): Promise<readonly Instance[]> {
    return [...(await runningInstances(aws)).values()].filter(({ Tags = [] }) =>
      Tags.some(({ Key, Value }) => Key === "KubernetesCluster" && Value === name),
    );
  }

  /** What the engine said meanwhile. */
  async function destroy({ stack, name }: Brought, hear?: (text: string) => void): Promise<string> {
    const said: string[] = [];
    await stack.destroy(
      listener((text) => {
        said.push(text);
        hear?.(text);
      }),
    );
    const left = await instancesOf(name);
    expect(left.map(({ InstanceId }) => InstanceId)).to.deep.equal([]);
    return said.join("\n");
  }
});

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
}

function deferred(): Deferred {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

function hears({ resolve }: Deferred, words: RegExp): (text: string) => void {
  return (text) => {
    if (words.test(text)) resolve();
  };
}

/** The tags of all that carries the cluster's name. */
async function tagsOf(client: EC2Client, clusterName: string): Promise<readonly string[]> {
  const all = async (filters: { Name: string; Values: string[] }[]) =>
    (await client.send(new DescribeTagsCommand({ Filters: filters }))).Tags ?? [];
  const named = await all([
    { Name: "key", Values: ["KubernetesCluster"] },
    { Name: "value", Values: [clusterName] },
  ]);
  const ids = new Set(named.map(({ ResourceId }) => ResourceId));
  const tags = (await all([])).filter(({ ResourceId }) => ids.has(ResourceId));
  return tags.map(({ ResourceId, Key, Value }) => `${ResourceId ?? ""} ${Key ?? ""}=${Value ?? ""}`).sort();
}

/** Progress is shown in place and stays in no log: it comes as diagnostic events. */
function listener(hear: (text: string) => void) {
  return {
    onEvent: (event: { readonly diagnosticEvent?: { readonly message: string } }) => {
      if (event.diagnosticEvent !== undefined) hear(event.diagnosticEvent.message);
    },
    ...(process.env["VERBOSE"] === undefined ? {} : { onOutput: (text: string) => process.stdout.write(text) }),
  };
}
