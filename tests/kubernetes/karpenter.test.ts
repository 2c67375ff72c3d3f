/** The component's own cluster: Karpenter from its charts, the real controller, and nodes that come and go. */
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import type { EC2Client } from "@aws-sdk/client-ec2";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { Kube } from "../../localcloud/machines/kube";
import { clusterStack } from "../support/clusterStack";
import { expectTrustedExchanges, roleVerdict, storeUser } from "../support/iam/cluster";
import { createUser, withStoreKeys } from "../support/iam/identities";
import { awsSettings, type LocalCloud, useLocalCloud, variable } from "../support/localCloud";
import {
  awaitApi,
  conditionOf,
  deployment,
  ec2,
  hungryPod,
  machines,
  runningInstances,
  terminate,
  until,
} from "./harness";

const MINUTES = 60_000;
const CLUSTER = "c.example.com";
const pods = "/api/v1/namespaces/default/pods";

describe("Karpenter on the component's cluster", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  let stack: Stack;
  let api: Kube;
  let aws: EC2Client;

  before("bring the cluster up", async () => {
    aws = ec2(cloud);
    stack = await clusterStack(withStoreKeys(cloud, await createUser(cloud, storeUser)), {
      clusterName: CLUSTER,
      zones: ["us-east-1a"],
      api: { endpoint: variable(cloud, "LOCALCLOUD_API_ENDPOINT") },
      karpenter: { install: true },
    });
    const { outputs } = await stack.up(output());
    api = await awaitApi(cloud, CLUSTER, outputs["kubeconfig"]?.value as string);
  });

  after("close the connection", () => {
    (api as Kube | undefined)?.close();
  });

  it("has a ready node class", async () => {
    await until("a ready node class", 120, async () => {
      const [found] = await api.list("/apis/karpenter.k8s.aws/v1/ec2nodeclasses");
      const ready = conditionOf(found, "Ready");
      if (ready?.status !== "True") throw new Error(JSON.stringify(found?.["status"]));
      return true;
    });
  });

  let nodeName: string;

  it("provisions a node for a pending pod", async () => {
    await api.create(pods, hungryPod("hungry"));
    const pod = await until("the pod to run", 120, async () => {
      const found = await api.get(`${pods}/hungry`);
      if ((found["status"] as { phase: string }).phase !== "Running") throw new Error(JSON.stringify(found["status"]));
      return found;
    });
    nodeName = (pod["spec"] as { nodeName: string }).nodeName;
    const node = await api.get(`/api/v1/nodes/${nodeName}`);
    expect(node.metadata.labels).to.include({ "karpenter.sh/nodepool": "default", "karpenter.sh/registered": "true" });
    const { taints = [] } = node["spec"] as { taints?: { key: string }[] };
    expect(taints.map(({ key }) => key)).not.to.include("karpenter.sh/unregistered");
    const instance = (await runningInstances(aws)).get(nodeName);
    expect(instance?.SecurityGroups?.map(({ GroupName }) => GroupName)).to.deep.equal([`nodes.${CLUSTER}`]);
    expect(instance?.IamInstanceProfile?.Arn).to.match(/\/nodes\.c\.example\.com$/);
    const tags = Object.fromEntries((instance?.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
    expect(tags).to.include({
      KubernetesCluster: CLUSTER,
      "kops.k8s.io/instancegroup": "nodes",
      "k8s.io/role/node": "1",
      [`kubernetes.io/cluster/${CLUSTER}`]: "owned",
    });
    expect(machines(cloud)[nodeName]).to.deep.equal({
      cluster: CLUSTER,
      group: "nodes",
      role: "Node",
      state: "running",
    });
    const claims = await api.list("/apis/karpenter.sh/v1/nodeclaims");
    expect(claims.map((claim) => (claim["status"] as { nodeName?: string }).nodeName)).to.deep.equal([nodeName]);
    expect(conditionOf(claims[0], "Drifted")?.status).not.to.equal("True");
    const counted = [claims[0], node].map((each) => (each?.["status"] as { capacity: { pods: string } }).capacity.pods);
    expect(counted, "pods, by Karpenter and by the kubelet").to.deep.equal(["110", "110"]);
  });

  it("leaves nothing to change in a second preview", async () => {
    const { changeSummary } = await stack.preview();
    expect(changeSummary).to.have.all.keys("same");
  });

  it("removes the node and its claim when the instance is terminated", async () => {
    await terminate(aws, nodeName);
    await until("the node to go", 120, async () => (await api.find(`/api/v1/nodes/${nodeName}`)) === undefined);
    await until("the claim to go", 120, async () => {
      const claims = await api.list("/apis/karpenter.sh/v1/nodeclaims");
      return claims.every((claim) => (claim["status"] as { nodeName?: string }).nodeName !== nodeName);
    });
  });

  it("replaces a spot instance that AWS is about to interrupt", async () => {
    await api.create("/apis/apps/v1/namespaces/default/deployments", deployment("steady"));
    const first = await nodeOf("steady");
    await warnOfInterruption(cloud, first);
    await until("the warned node to go", 180, async () => (await api.find(`/api/v1/nodes/${first}`)) === undefined);
    const second = await nodeOf("steady");
    expect(second).not.to.equal(first);
    const instances = await runningInstances(aws);
    expect(instances.has(second)).to.equal(true);
    await until("the warned instance to go", 60, async () => !(await runningInstances(aws)).has(first));
  });

  /** Where the first pod of a deployment runs. */
  function nodeOf(name: string): Promise<string> {
    return until(`a pod of ${name} to run`, 120, async () => {
      const found = await api.list(`${pods}?labelSelector=app%3D${name}`);
      const running = found.find(
        (pod) =>
          pod.metadata.deletionTimestamp === undefined && (pod["status"] as { phase: string }).phase === "Running",
      );
      return (running?.["spec"] as { nodeName?: string } | undefined)?.nodeName;
    });
  }

  it("does nothing that the role of its controller does not allow, and needs nearly all of it", async () => {
    const { denied, unused } = await roleVerdict(cloud, `karpenter.kube-system.sa.${CLUSTER}`);
    expect(denied).to.deep.equal([]);
    expect(unused).to.deep.equal([
      // It comes with the class, later than this test waits.
      "ec2:DeleteLaunchTemplate",
      // Classes of the user's own may select reservations and placement groups.
      "ec2:DescribeCapacityReservations",
      "ec2:DescribePlacementGroups",
      // Only for a class with a role instead of a profile.
      "iam:GetInstanceProfile",
    ]);
  });

  it("has instances and controllers that stay within their roles", async () => {
    const used = async (role: string, user?: string): Promise<readonly string[]> => {
      const judged = await roleVerdict(cloud, role, user);
      expect(judged.denied, role).to.deep.equal([]);
      return judged.used;
    };
    // nodeup and channels; etcd-manager and the registry's credential provider do not run here.
    expect(await used(`masters.${CLUSTER}`, storeUser)).to.deep.equal(["s3:GetObject"]);
    // Workers get all from kops-controller.
    expect(await used(`nodes.${CLUSTER}`)).to.deep.equal([]);
    const controller = `aws-cloud-controller-manager.kube-system.sa.${CLUSTER}`;
    expect(await used(controller)).to.deep.equal(["ec2:DescribeInstances"]);
    expect(await expectTrustedExchanges(cloud)).to.deep.equal([controller, `karpenter.kube-system.sa.${CLUSTER}`]);
  });

  it("is destroyed together with its instances", async () => {
    await stack.destroy(output());
    expect([...(await runningInstances(aws)).keys()]).to.deep.equal([]);
  });
});

/** Says on the event bus what EC2 says two minutes before it takes a spot instance. */
async function warnOfInterruption(cloud: LocalCloud, instanceId: string): Promise<void> {
  const events = new EventBridgeClient(awsSettings(cloud));
  const warning = {
    Source: "aws.ec2",
    DetailType: "EC2 Spot Instance Interruption Warning",
    Detail: JSON.stringify({ "instance-id": instanceId, "instance-action": "terminate" }),
    Resources: [`arn:aws:ec2:us-east-1a:instance/${instanceId}`],
  };
  const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries: [warning] }));
  expect(FailedEntryCount).to.equal(0);
}

function output(): { readonly onOutput?: (text: string) => void } {
  return process.env["VERBOSE"] === undefined ? {} : { onOutput: (text) => process.stdout.write(text) };
}
