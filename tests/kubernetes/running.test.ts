/** A running cluster: what settings in kOps's own terms do, which of Karpenter's objects its API server accepts, and which instances a change replaces. */
import { expect } from "chai";
import type { Stack } from "@pulumi/pulumi/automation";
import type { Kube, KubeObject } from "../../localcloud/machines/kube";
import { type ClusterArguments, clusterStack } from "../support/clusterStack";
import { useLocalCloud } from "../support/localCloud";
import type { StateResource } from "../support/pulumiProject";
import { validationToken } from "../../provider/src/model/tokens";
import { controlPlanes } from "./controlPlanes";
import { apiOf, awaitApi, conditionOf, until } from "./harness";
import { testObjects } from "./objects";
import { settings, testSettings } from "./settings";

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
  const nodeGroups = { web: { nodePools: { web: pool } }, tools: { nodePools: { tools: pool } } };

  const stackOf = (args: ClusterArguments): Promise<Stack> =>
    clusterStack(cloud, {
      clusterName: CLUSTER,
      zones: ["us-east-1a"],
      karpenter: { install: true },
      nodeGroups,
      ...settings,
      ...args,
    });
  const labelled = { nodeGroups: { ...nodeGroups, tools: { ...nodeGroups.tools, labels: { team: "a" } } } };
  const renewed = {
    ...labelled,
    kubeconfig: { lifetimeHours: 24 },
    controlPlane: { instanceType: "t3.large" },
    readiness: { validationTimeoutSeconds: 120 },
    rollingUpdate: { postDrainDelaySeconds: 0, controlPlaneIntervalSeconds: 1, validateCount: 1 },
  };

  before("bring up a cluster of two groups", async () => {
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

  describe("that changes", () => {
    it("replaces only the nodes of a group whose labels change", async () => {
      await (await stackOf(labelled)).up();
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
        expect((await fresh.list(workers)).map(isReady)).to.deep.equal([true, true]);
        expect(await recordedValidation(stack)).to.deep.include({ valid: true, failures: [] });
      } finally {
        fresh.close();
      }
      expect((await stack.preview()).changeSummary).to.have.all.keys("same");
      await stack.destroy();
    });
  });

  /** Each pool's one node, once nothing is left to replace. */
  function settled(): Promise<Record<string, string>> {
    return until("one ready claim a pool", 180, async () => {
      const claims = await api.list(nodeClaims);
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
