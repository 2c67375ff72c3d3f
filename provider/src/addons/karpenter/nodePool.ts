import { nodeLabels } from "../../model/kopsKeys";
import type { UnwrappedKarpenterGroup } from "../../model/cluster";
import type { Budget, Requirement, Taint } from "../../schema/types.gen";
import type { Unwrapped } from "../../schema/input";
import { present, unlessEmpty, type Manifest, type ManifestFields } from "./customObjects";

export type UnwrappedNodePool = UnwrappedKarpenterGroup["nodePools"][number];

/** A NodePool over its group's EC2NodeClass. */
export function nodePoolManifest(group: UnwrappedKarpenterGroup, pool: UnwrappedNodePool): Manifest {
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: pool.name },
    spec: present({
      disruption: disruption(pool),
      limits: unlessEmpty(pool.limits),
      replicas: pool.replicas,
      template: present({ metadata: templateMetadata(group, pool), spec: templateSpec(group, pool) }),
      weight: pool.weight,
    }),
  };
}

function templateMetadata(group: UnwrappedKarpenterGroup, pool: UnwrappedNodePool): ManifestFields | undefined {
  // kops pkg/nodelabels/builder.go: what every node of the group carries, whether its NodePool says so or not.
  const ofKops = Object.fromEntries(nodeLabels.node.map((label) => [label, ""]));
  const own = group.isDocumented ? {} : { ...ofKops, [nodeLabels.instanceGroup]: group.name };
  const labels = { ...own, ...pool.labels };
  return unlessEmpty(present({ annotations: unlessEmpty(pool.annotations), labels: unlessEmpty(labels) }));
}

function templateSpec(group: UnwrappedKarpenterGroup, pool: UnwrappedNodePool): ManifestFields {
  return present({
    expireAfter: pool.expireAfter,
    nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: group.nodeClassName },
    requirements: [
      { key: "kubernetes.io/arch", operator: "In", values: pool.architectures },
      { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
      { key: "karpenter.sh/capacity-type", operator: "In", values: pool.capacityTypes },
      ...pool.requirements.map(requirement),
    ],
    startupTaints: unlessEmpty(pool.startupTaints.map(taint)),
    taints: unlessEmpty(pool.taints.map(taint)),
    terminationGracePeriod: pool.terminationGracePeriod,
  });
}

function requirement({ key, operator, values, minValues }: Requirement): ManifestFields {
  return present({ key, operator, values, minValues });
}

function taint({ key, value, effect }: Taint): ManifestFields {
  return present({ key, value, effect });
}

function disruption({ disruption: declared }: UnwrappedNodePool): ManifestFields | undefined {
  if (declared === undefined) {
    return undefined;
  }
  return unlessEmpty(
    present({
      budgets: declared.budgets?.map(budget),
      // Karpenter's CRD requires consolidateAfter as soon as anything is said of disruption.
      consolidateAfter: declared.consolidateAfter ?? "0s",
      consolidationPolicy: declared.consolidationPolicy,
    }),
  );
}

function budget({ nodes, schedule, duration, reasons }: Unwrapped<Budget>): ManifestFields {
  return present({ nodes: nodes ?? "10%", schedule, duration, reasons });
}
