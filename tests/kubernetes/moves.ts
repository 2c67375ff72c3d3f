/** A group that moves from one manager to the other and back, while its nodes run a workload. */
import { expect } from "chai";
import type { Kube, KubeObject } from "../../localcloud/machines/kube";
import type { ClusterArguments } from "../support/clusterStack";
import { conditionOf, deployment, until } from "./harness";
import { Fewest } from "./watching";

export const movedGroup = "moved";
const inNamespace = "namespaces/default";
const replicas = 2;
const labels = { app: "served" };
const nodesPath = `/api/v1/nodes?labelSelector=kops.k8s.io/instancegroup%3D${movedGroup}`;
const poolLabel = "karpenter.sh/nodepool";

/** As Karpenter has it, and as an Auto Scaling group has it: a node for each replica. */
export const managed = {
  Karpenter: { nodePools: { [movedGroup]: { replicas } } },
  CloudGroup: { manager: "CloudGroup", minSize: replicas, maxSize: replicas, instanceTypes: ["t3.large"] },
} as const;

const moves = [
  ["CloudGroup", "all new nodes are ready before an old one is drained"],
  // It launches nodes for pods that have left the old ones.
  ["Karpenter", "the old nodes are drained"],
] as const;

/** The arguments that make the group the manager's. */
export function givenTo(manager: keyof typeof managed, nodeGroups: object): ClusterArguments {
  const acknowledge = [`nodeGroups.${movedGroup}.manager`];
  return { nodeGroups: { ...nodeGroups, [movedGroup]: managed[manager] }, acknowledge };
}

/** Defines the tests. `update`: with what is given in place of the cluster's own arguments. */
export function testMoves(api: () => Kube, update: (manager: keyof typeof managed) => Promise<unknown>): void {
  before("serve from the nodes of Karpenter's", async () => {
    await api().create(`/apis/policy/v1/${inNamespace}/poddisruptionbudgets`, {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: { name: "served", namespace: "default" },
      spec: { minAvailable: 1, selector: { matchLabels: labels } },
    });
    await api().create(`/api/v1/${inNamespace}/services`, {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "served", namespace: "default" },
      spec: { selector: labels, ports: [{ port: 80 }] },
    });
    await api().create(`/apis/apps/v1/${inNamespace}/deployments`, served());
    await until("an endpoint on each node", 120, async () => (await endpoints(api())) === replicas);
  });

  after("leave nothing that keeps a node from being drained", async () => {
    await api().delete(`/apis/apps/v1/${inNamespace}/deployments/served`);
    await api().delete(`/apis/policy/v1/${inNamespace}/poddisruptionbudgets/served`);
    await api().delete(`/api/v1/${inNamespace}/services/served`);
  });

  for (const [manager, said] of moves) {
    it(`to ${manager}: ${said}, and its workload is served throughout`, async () => {
      const old = (await groupNodes(api())).map(({ metadata }) => metadata.name);
      expect(old).to.have.length(replicas);
      const served = new Fewest(() => endpoints(api()));
      const beside = new Fewest(async () => readyBeside(old, await groupNodes(api())));
      try {
        await update(manager);
        // Karpenter goes on draining when the update is done.
        await until("only nodes of the new manager", 300, async () => {
          const names = (await groupNodes(api())).map(({ metadata }) => metadata.name);
          return names.length === replicas && !names.some((name) => old.includes(name));
        });
        await until("an endpoint on each node", 120, async () => (await endpoints(api())) === replicas);
      } finally {
        // With fewer, the budget would have been broken.
        expect(await served.stop()).to.be.at.least(1);
        const nodes = await beside.stop();
        if (manager === "CloudGroup") expect(nodes).to.equal(replicas);
      }
      for (const { metadata } of await groupNodes(api())) {
        expect(metadata.labels?.[poolLabel]).to.equal(manager === "Karpenter" ? movedGroup : undefined);
      }
    });
  }
}

function served(): object {
  const { spec, ...app } = deployment("served") as { spec: { template: { spec: object } } };
  const { template } = spec;
  return {
    ...app,
    spec: {
      ...spec,
      replicas,
      template: {
        ...template,
        spec: {
          ...template.spec,
          // The pods have their node's address, so that the service has endpoints.
          hostNetwork: true,
          nodeSelector: { "kops.k8s.io/instancegroup": movedGroup },
          affinity: {
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                { labelSelector: { matchLabels: labels }, topologyKey: "kubernetes.io/hostname" },
              ],
            },
          },
        },
      },
    },
  };
}

/** Where a request to the service may go. */
async function endpoints(api: Kube): Promise<number> {
  const path = `/apis/discovery.k8s.io/v1/${inNamespace}/endpointslices?labelSelector=kubernetes.io/service-name%3Dserved`;
  const slices = (await api.list(path)) as unknown as { endpoints?: { conditions: { ready?: boolean } }[] }[];
  return slices.flatMap(({ endpoints: each = [] }) => each).filter(({ conditions }) => conditions.ready === true)
    .length;
}

function groupNodes(api: Kube): Promise<readonly KubeObject[]> {
  return api.list(nodesPath);
}

/** How many nodes that are not old ones are ready; as many as there are to be, as long as no old one is drained. */
function readyBeside(old: readonly string[], nodes: readonly KubeObject[]): number {
  const isOld = ({ metadata }: KubeObject): boolean => old.includes(metadata.name);
  const isLeaving = ({ metadata, spec }: KubeObject): boolean =>
    metadata.deletionTimestamp !== undefined ||
    (spec as { unschedulable?: boolean } | undefined)?.unschedulable === true;
  const isDrained = nodes.filter(isOld).length < old.length || nodes.filter(isOld).some(isLeaving);
  const fresh = nodes.filter((node) => !isOld(node) && conditionOf(node, "Ready")?.status === "True");
  return isDrained ? fresh.length : replicas;
}
