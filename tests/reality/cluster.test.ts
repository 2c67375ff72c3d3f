/** One cluster with nothing of ours between the component and the simulated AWS: Pulumi's own plugins, kOps, Karpenter. */
import { DescribeVpcsCommand, DescribeSecurityGroupRulesCommand, type EC2Client } from "@aws-sdk/client-ec2";
import type { Stack } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import type { Kube } from "../../localcloud/machines/kube";
import { awaitApi, conditionOf, ec2, hungryPod, runningInstances, until } from "../kubernetes/harness";
import { karpenterCharts } from "../support/charts";
import { type ClusterArguments, clusterStack, quickRoll } from "../support/clusterStack";
import { parseDryRun, unexpected } from "../support/dryRun";
import { inventory, type Inventory } from "../support/inventory";
import { KopsCommand } from "../support/kopsCommand";
import { useLocalCloud } from "../support/localCloud";
import { difference, inTurn } from "./compare";
import { bothSides, objectSteps, type Taken, taken } from "./objects";

const MINUTES = 60_000;
const CLUSTER = "c.example.com";
const pods = "/api/v1/namespaces/default/pods";

describe("a cluster under Pulumi's own plugins", function () {
  this.timeout(8 * MINUTES);
  const cloud = useLocalCloud({ machines: true, realPlugins: true, checkpoints: true });
  let empty: Inventory;
  let stack: Stack;
  let api: Kube;
  let aws: EC2Client;
  /** What each step of the kubernetes plugins' comparison did on both sides. */
  let compared: readonly Promise<readonly [theirs: Taken, ours: Taken]>[];

  function changedTo(args: ClusterArguments): Promise<Stack> {
    const karpenter = { install: true, ...karpenterCharts() };
    const common = { clusterName: CLUSTER, zones: ["us-east-1a"], karpenter, rollingUpdate: quickRoll };
    return clusterStack(cloud, { ...common, ...args });
  }

  before("look at the cloud", async () => {
    aws = ec2(cloud);
    empty = await inventory(cloud);
    // A refresh is to find the cluster as the update left it: with the node that CoreDNS's pods get from Karpenter.
    stack = await changedTo({ readiness: { validationTimeoutSeconds: 180 } });
  });

  after("close the connection", () => {
    (api as Kube | undefined)?.close();
  });

  it("is previewed without a cluster, and comes up", async () => {
    const { changeSummary, stdout } = await stack.preview(output());
    expect(changeSummary).to.have.all.keys("create");
    // A function that the built plugin lacks would leave inputs unchecked, with this warning.
    expect(stdout).not.to.include("was not looked up");
    const { outputs, summary } = await stack.up(output());
    expect(summary.resourceChanges).to.deep.equal(changeSummary);
    const kubeconfig = outputs["kubeconfig"]?.value as string;
    api = await awaitApi(cloud, CLUSTER, kubeconfig);
    const [theirs, ours] = bothSides(cloud, kubeconfig, api);
    compared = inTurn(objectSteps, (step) => Promise.all([taken(step, theirs), taken(step, ours)]));
  });

  it("has nothing to change in a second preview and in a refresh", async () => {
    const { changeSummary } = await stack.preview(output());
    expect(changeSummary).to.have.all.keys("same");
    const { summary } = await stack.refresh(output());
    expect(summary.resourceChanges).to.have.all.keys("same");
  });

  it("is kOps's own cluster but for the allowed differences", async () => {
    const outputs = await stack.outputs();
    const stores = {
      state: outputs["stateStore"]?.value as string,
      discovery: outputs["discoveryStore"]?.value as string,
    };
    expect(unexpected(parseDryRun(await new KopsCommand(cloud, CLUSTER, stores).dryRun()))).to.deep.equal([]);
  });

  it("gets a node from Karpenter for a pending pod", async () => {
    await api.create(pods, hungryPod("hungry"));
    const nodeName = await until("the pod to run", 120, async () => {
      const { spec, status } = await api.get(`${pods}/hungry`);
      if ((status as { phase: string }).phase !== "Running") throw new Error(JSON.stringify(status));
      return (spec as { nodeName: string }).nodeName;
    });
    const instance = (await runningInstances(aws)).get(nodeName);
    expect(instance?.SecurityGroups?.map(({ GroupName }) => GroupName)).to.deep.equal([`nodes.${CLUSTER}`]);
  });

  for (const [position, { title }] of objectSteps.entries()) {
    it(`has the same charts and objects from the kubernetes stand-in: ${title}`, async () => {
      const [theirs, ours] = (await compared[position]) ?? [];
      expect(difference(ours?.operations ?? [], theirs?.operations ?? [])).to.equal("");
      expect(ours?.state).to.deep.equal(theirs?.state);
      expect(ours?.found).to.deep.equal(theirs?.found);
    });
  }

  it("takes other tags, access rules and groups in place", async () => {
    stack = await changedTo({
      tags: { team: "platform" },
      api: { access: ["10.0.0.0/8"], ...reachable() },
      nodeGroups: {
        nodes: { nodeClassName: "default", nodePools: { default: {} } },
        batch: { labels: { team: "batch" } },
      },
    });
    const { summary } = await stack.up(output());
    expect(summary.resourceChanges).to.include.keys("create", "update").and.not.include.keys("replace");
    const { Vpcs = [] } = await aws.send(
      new DescribeVpcsCommand({ Filters: [{ Name: "tag:team", Values: ["platform"] }] }),
    );
    expect(Vpcs).to.have.lengthOf(1);
    const { SecurityGroupRules = [] } = await aws.send(new DescribeSecurityGroupRulesCommand({}));
    const open = SecurityGroupRules.filter((rule) => rule.FromPort === 443 && rule.CidrIpv4 === "10.0.0.0/8");
    expect(open).not.to.be.empty;
    const [pool] = (await api.list("/apis/karpenter.sh/v1/nodepools")).filter(
      ({ metadata }) => metadata.name === "batch",
    );
    await until("the new group's pool to be ready", 60, () =>
      Promise.resolve(api.get(`/apis/karpenter.sh/v1/nodepools/${pool?.metadata.name ?? "batch"}`)).then(
        (found) => conditionOf(found, "Ready")?.status === "True",
      ),
    );
    expect((await stack.preview(output())).changeSummary).to.have.all.keys("same");
  });

  it("is destroyed, and leaves nothing", async () => {
    await stack.destroy(output());
    expect(await inventory(cloud)).to.deep.equal(empty);
  });

  function reachable(): ClusterArguments {
    return { endpoint: cloud.env["LOCALCLOUD_API_ENDPOINT"] };
  }
});

function output(): { readonly onOutput?: (text: string) => void } {
  return process.env["VERBOSE"] === undefined ? {} : { onOutput: (text) => process.stdout.write(text) };
}
