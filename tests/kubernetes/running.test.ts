/** A running cluster: what settings in kOps's own terms do, which of Karpenter's objects its API server accepts, and which instances a change replaces. */
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import type { Kube, KubeObject } from "../../localcloud/machines/kube";
import { type ClusterArguments, clusterStack } from "../support/clusterStack";
import { useLocalCloud } from "../support/localCloud";
import type { StateResource } from "../support/pulumiProject";
import { validationToken } from "../../provider/src/model/tokens";
import { controlPlanes } from "./controlPlanes";
import { apiOf, awaitApi, conditionOf, deployment, machines, until } from "./harness";
import { givenTo, managed, movedGroup, testMoves } from "./moves";
import { testObjects } from "./objects";
import { settings, testSettings } from "./settings";
import { Fewest } from "./watching";

const MINUTES = 60_000;
const CLUSTER = "c.example.com";
const nodeClaims = "/apis/karpenter.sh/v1/nodeclaims";
const workers = "/api/v1/nodes?labelSelector=node-role.kubernetes.io/node";
const lived = [workers, nodeClaims, "/apis/karpenter.sh/v1/nodepools"];

describe("a running cluster", function () {
  this.timeout(15 * MINUTES);
  const cloud = useLocalCloud({ machines: true });
  let api: Kube;
  /** The name of each group's one node. */
  let first: Record<string, string>;
  const pool = { replicas: 1 };
  const fleet = { manager: "CloudGroup", minSize: 2, maxSize: 3, instanceTypes: ["t3.large"] };
  const nodeGroups = {
    web: { nodePools: { web: pool } },
    tools: { nodePools: { tools: pool } },
    fleet,
    [movedGroup]: managed.Karpenter,
  };

  const stackOf = (args: ClusterArguments): Promise<Stack> =>
    clusterStack(cloud, {
      clusterName: CLUSTER,
      zones: ["us-east-1a"],
      karpenter: { install: true },
      nodeGroups,
      rollingUpdate: { postDrainDelaySeconds: 0, nodeIntervalSeconds: 1, validateCount: 1 },
      ...settings,
      ...args,
    });
  const labels = { team: "a" };
  const labelled = {
    nodeGroups: { ...nodeGroups, tools: { ...nodeGroups.tools, labels }, fleet: { ...fleet, labels } },
  };
  const renewed = {
    ...labelled,
    kubeconfig: { lifetimeHours: 24 },
    controlPlane: { instanceType: "t3.large" },
    readiness: { validationTimeoutSeconds: 120 },
    rollingUpdate: {
      postDrainDelaySeconds: 0,
      controlPlaneIntervalSeconds: 1,
      nodeIntervalSeconds: 1,
      validateCount: 1,
    },
  };

  before("bring up a cluster of three groups of Karpenter's and one in an Auto Scaling group", async () => {
    const { outputs } = await (await stackOf({})).up();
    api = await awaitApi(cloud, CLUSTER, outputs["kubeconfig"]?.value as string);
    first = await settled();
  });

  after("close the connection", () => {
    (api as Kube | undefined)?.close();
  });

  describe("with settings in kOps's own terms", () => {
    testSettings(cloud, CLUSTER, () => api);
  });

  describe("Karpenter's objects", () => {
    testObjects(() => api);
  });

  describe("workers in an Auto Scaling group", () => {
    it("are nodes when the update is done, and run pods", async () => {
      expect(await fleetNodes()).to.have.length(2);
      const { spec, ...app } = deployment("steady") as { spec: { replicas: number; template: { spec: object } } };
      const nodeSelector = { "kops.k8s.io/instancegroup": "fleet" };
      const template = { ...spec.template, spec: { ...spec.template.spec, nodeSelector } };
      await api.create("/apis/apps/v1/namespaces/default/deployments", { ...app, spec: { ...spec, template } });
      await until("a pod on a node of the group", 60, podOnFleet);
    });
  });

  describe("a group that moves", () => {
    testMoves(
      () => api,
      async (manager) => (await stackOf(givenTo(manager, nodeGroups))).up(),
    );
  });

  describe("that changes", () => {
    it("replaces only the nodes of groups whose labels change; those of an Auto Scaling group before it is done", async () => {
      const before = await fleetNodes();
      const fewest = new Fewest(fleetMachines);
      const said: string[] = [];
      await (
        await stackOf(labelled)
      ).up({ onEvent: ({ diagnosticEvent }) => void said.push(diagnosticEvent?.message.trim() ?? "") });
      expect(await fewest.stop()).to.equal(2);
      const after = await fleetNodes();
      expect(after).to.have.length(2);
      expect(after.filter((name) => before.includes(name))).to.deep.equal([]);
      expect(await podOnFleet()).to.be.oneOf(after);
      expect(said.filter((line) => line.includes("leaves the group, which starts another"))).to.have.length(1);
      const tools = await until("a node of tools with the label", 180, async () => {
        const [node] = await api.list("/api/v1/nodes?labelSelector=karpenter.sh/nodepool%3Dtools,team%3Da");
        return node?.metadata.name;
      });
      expect(tools).not.to.equal(first["tools"]);
      // Class and pool change one after the other, so that Karpenter, if it is quick, replaces a node for each.
      const { tools: last, ...others } = await settled();
      expect(last).not.to.equal(first["tools"]);
      expect(others).to.deep.equal({ web: first["web"] });
    });

    it("leaves every worker alone when the only control plane is replaced and the administrator's certificate changes", async () => {
      const [before, planes] = [await identities(api), controlPlanes(cloud, CLUSTER)];
      const stack = await stackOf(renewed);
      const { outputs, summary } = await stack.up();
      expect(controlPlanes(cloud, CLUSTER)).to.have.length(1).and.not.include.members(planes);
      // The certificate itself is made anew: nothing else is.
      expect(summary.resourceChanges).to.have.property("replace", 1);
      expect(summary.resourceChanges).not.to.have.any.keys("create", "delete");
      const fresh = apiOf(cloud, CLUSTER, outputs["kubeconfig"]?.value as string);
      try {
        expect(await identities(fresh)).to.deep.equal(before);
        const isReady = (node: KubeObject): boolean => conditionOf(node, "Ready")?.status === "True";
        expect((await fresh.list(workers)).map(isReady)).to.deep.equal([true, true, true, true, true, true]);
        expect(await recordedValidation(stack)).to.deep.include({ valid: true, failures: [] });
      } finally {
        fresh.close();
      }
      expect((await stack.preview()).changeSummary).to.have.all.keys("same");
      await stack.destroy();
    });
  });

  function fleetMachines(): number {
    return Object.values(machines(cloud)).filter(({ group, state }) => group === "fleet" && state === "running").length;
  }

  /** Names of the ready nodes in the Auto Scaling group. */
  async function fleetNodes(): Promise<readonly string[]> {
    const nodes = await api.list("/api/v1/nodes?labelSelector=kops.k8s.io/instancegroup%3Dfleet");
    return nodes.filter((node) => conditionOf(node, "Ready")?.status === "True").map(({ metadata }) => metadata.name);
  }

  async function podOnFleet(): Promise<string | undefined> {
    const pods = await api.list("/api/v1/namespaces/default/pods?labelSelector=app%3Dsteady");
    const running = pods.find(({ status }) => (status as { phase?: string } | undefined)?.phase === "Running");
    return (running?.spec as { nodeName?: string } | undefined)?.nodeName;
  }

  /** The one node of each pool that has one, once nothing is left to replace. */
  function settled(): Promise<Record<string, string>> {
    return until("one ready claim a pool", 300, async () => {
      const claims = (await api.list(nodeClaims)).filter((claim) => poolOf(claim) !== movedGroup);
      const calm = claims.filter(
        (claim) =>
          conditionOf(claim, "Ready")?.status === "True" &&
          conditionOf(claim, "Drifted")?.status !== "True" &&
          claim.metadata.deletionTimestamp === undefined,
      );
      const state = claims.map((claim) => `${claim.metadata.name}: ${JSON.stringify(claim["status"])}`);
      if (calm.length !== 2 || claims.length !== 2) throw new Error(state.join("; "));
      return Object.fromEntries(
        calm.map((claim) => [poolOf(claim), (claim["status"] as { nodeName: string }).nodeName]),
      );
    });
  }
});

async function recordedValidation(stack: Stack): Promise<unknown> {
  const { deployment } = (await stack.exportStack()) as { deployment: { resources: StateResource[] } };
  return deployment.resources.find(({ type }) => type === validationToken)?.outputs?.["validation"];
}

function poolOf(claim: KubeObject): string {
  return claim.metadata.labels?.["karpenter.sh/nodepool"] ?? "";
}

async function identities(api: Kube): Promise<object> {
  const objects = await Promise.all(lived.map((path) => api.list(path)));
  return objects.flat().map(({ metadata }) => [metadata.name, metadata.uid, metadata.generation]);
}
