/** What destroy does with ten machines that the engine does not know: without Karpenter, and without an API. */
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { Kube } from "../../localcloud/machines/kube";
import { clusterStack } from "../support/clusterStack";
import { inventory, type Inventory } from "../support/inventory";
import { type LocalCloud, startLocalCloud } from "../support/localCloud";
import { awaitApi, ec2, machines, runningInstances, terminate, until } from "./harness";

const MINUTES = 60_000;
const controller = "/apis/apps/v1/namespaces/kube-system/deployments/karpenter";

interface Brought {
  readonly name: string;
  readonly stack: Stack;
  readonly api: Kube;
}

describe("destroy with ten machines of Karpenter's", function () {
  this.timeout(15 * MINUTES);
  let cloud: LocalCloud;
  let aws: EC2Client;
  let empty: Inventory;
  const apis: Kube[] = [];

  before("start the cloud", async () => {
    cloud = startLocalCloud({ machines: true });
    aws = ec2(cloud);
    empty = await inventory(cloud);
  });

  after("end the cloud", () => {
    for (const api of apis) api.close();
    (cloud as LocalCloud | undefined)?.end();
  });

  it("ends them itself when the controller is stopped", async () => {
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
    expect(said).to.match(/ending 1\d instances that Karpenter left: i-/);
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  it("ends them itself when the API server is gone", async () => {
    const three = await bringUp("three.example.com");
    for (const [id, { role }] of Object.entries(machines(cloud))) {
      if (role === "ControlPlane") await terminate(aws, id);
    }
    await until("the API to go", 60, async () => !(await three.api.isReady()));
    const said = await destroy(three);
    expect(said).to.match(/the Kubernetes API at \S+ does not answer \(.+\): ending the machines without Karpenter/);
    expect(said).to.match(/ending 1\d instances that Karpenter left: i-/);
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  /** A cluster whose one pool is static, until its ten nodes are there. */
  async function bringUp(name: string): Promise<Brought> {
    const nodeGroups = { nodes: { nodePools: { nodes: { replicas: 10 } } } };
    const args = { clusterName: name, zones: ["us-east-1a"], nodeGroups, karpenter: { install: true } };
    const stack = await clusterStack(cloud, args, name.replaceAll(".", "-"));
    const { outputs } = await stack.up(listener(() => undefined));
    const api = await awaitApi(cloud, name, outputs["kubeconfig"]?.value as string);
    apis.push(api);
    await until("ten nodes", 180, async () => {
      const nodes = await api.list("/api/v1/nodes?labelSelector=karpenter.sh/registered%3Dtrue");
      // Karpenter may make one too many at first, and take it away again.
      const claims = await api.list("/apis/karpenter.sh/v1/nodeclaims");
      if (nodes.length !== 10 || claims.length !== 10) {
        throw new Error(`${String(nodes.length)} nodes, ${String(claims.length)} claims`);
      }
      return true;
    });
    return { name, stack, api };
  }

  /** What the engine said meanwhile. */
  async function destroy({ stack, name }: Brought): Promise<string> {
    const said: string[] = [];
    await stack.destroy(listener((text) => said.push(text)));
    const left = [...(await runningInstances(aws)).values()].filter(({ Tags = [] }) =>
      Tags.some(({ Key, Value }) => Key === "KubernetesCluster" && Value === name),
    );
    expect(left.map(({ InstanceId }) => InstanceId)).to.deep.equal([]);
    return said.join("\n");
  }
});

/** Progress is shown in place and stays in no log: it comes as diagnostic events. */
function listener(hear: (text: string) => void) {
  return {
    onEvent: (event: { readonly diagnosticEvent?: { readonly message: string } }) => {
      if (event.diagnosticEvent !== undefined) hear(event.diagnosticEvent.message);
    },
    ...(process.env["VERBOSE"] === undefined ? {} : { onOutput: (text: string) => process.stdout.write(text) }),
  };
}
