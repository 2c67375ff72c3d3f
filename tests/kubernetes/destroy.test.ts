/** What destroy does with ten instances that are in no Pulumi state: with Karpenter, without it, and without an API. */
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import { DescribeTagsCommand, type EC2Client, type Instance } from "@aws-sdk/client-ec2";
import type { Kube } from "../../localcloud/machines/kube";
import { clusterStack } from "../support/clusterStack";
import { inventory, type Inventory } from "../support/inventory";
import { useLocalCloud } from "../support/localCloud";
import { awaitApi, conditionOf, ec2, machines, runningInstances, terminate, until } from "./harness";

const MINUTES = 60_000;
const controller = "/apis/apps/v1/namespaces/kube-system/deployments/karpenter";

interface Brought {
  readonly name: string;
  readonly stack: Stack;
  readonly api: Kube;
}

describe("destroy of a cluster with ten Karpenter instances", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  let aws: EC2Client;
  let empty: Inventory;
  let other: Brought;
  const apis: Kube[] = [];

  before("start the cloud", async () => {
    aws = ec2(cloud);
    empty = await inventory(cloud);
  });

  after("close the connection", () => {
    for (const api of apis) api.close();
  });

  it("terminates them itself when the controller is stopped, and leaves another cluster untouched", async () => {
    other = await bringUp("two.example.com");
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

  it("waits for a running controller to terminate them", async () => {
    const said = await destroy(other);
    expect(said).not.to.include("without Karpenter");
    expect(said).not.to.include("that Karpenter left");
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  it("terminates them itself when the API server does not answer", async () => {
    const three = await bringUp("three.example.com");
    for (const [id, { role }] of Object.entries(machines(cloud))) {
      if (role === "ControlPlane") await terminate(aws, id);
    }
    await until("the API to go", 60, async () => !(await three.api.isReady()));
    const said = await destroy(three);
    expect(said).to.match(/the Kubernetes API at \S+ does not answer \(.+\): ending the machines without Karpenter/);
    expect(said).to.match(/ending 10 instances that Karpenter left: i-/);
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  /** A line for all that AWS has, for the tags of this cluster's things, and for what its API knows of its machines. */
  async function traces({ name, api }: Brought): Promise<readonly string[]> {
    const kinds = ["/api/v1/nodes", "/apis/karpenter.sh/v1/nodeclaims", "/apis/karpenter.sh/v1/nodepools"];
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
  async function bringUp(name: string): Promise<Brought> {
    const nodeGroups = { nodes: { nodePools: { nodes: { replicas: 10 } } } };
    const args = { clusterName: name, zones: ["us-east-1a"], nodeGroups, karpenter: { install: true } };
    const stack = await clusterStack(cloud, args, name.replaceAll(".", "-"));
    const { outputs } = await stack.up(listener(() => undefined));
    const api = await awaitApi(cloud, name, outputs["kubeconfig"]?.value as string);
    apis.push(api);
    await until("ten nodes", 180, async () => {
      const claims = await api.list("/apis/karpenter.sh/v1/nodeclaims");
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
    return { name, stack, api };
  }

  async function instancesOf(name: string): Promise<readonly Instance[]> {
    return [...(await runningInstances(aws)).values()].filter(({ Tags = [] }) =>
      Tags.some(({ Key, Value }) => Key === "KubernetesCluster" && Value === name),
    );
  }

  /** What the engine said meanwhile. */
  async function destroy({ stack, name }: Brought): Promise<string> {
    const said: string[] = [];
    await stack.destroy(listener((text) => said.push(text)));
    const left = await instancesOf(name);
    expect(left.map(({ InstanceId }) => InstanceId)).to.deep.equal([]);
    return said.join("\n");
  }
});

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
