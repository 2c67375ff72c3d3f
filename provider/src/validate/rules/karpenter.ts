/** The Karpenter controller, but for its version. */
import type { ClusterInputs, Karpenter } from "../../schema/types.gen";
import { show } from "../report/display";
import { fields } from "./entries";
import { isLabelKey, isQuantity, labelKeyRule, quantityRule } from "./formats";
import type { Problems } from "../report/problem";

export function checkKarpenter(inputs: Partial<ClusterInputs>, problems: Problems): void {
  const karpenter = inputs.karpenter;
  if (karpenter === undefined) {
    return;
  }
  checkChart(karpenter.chart, "karpenter.chart", problems);
  checkChart(karpenter.crdChart, "karpenter.crdChart", problems);
  if (karpenter.replicas !== undefined && karpenter.replicas < 1) {
    problems.add("karpenter.replicas", `out of range, got ${karpenter.replicas}; must be 1 or more`);
  }
  checkResources(karpenter, problems);
  checkFeatureGates(karpenter, inputs.nodeGroups, problems);
}

function checkChart(chart: string | undefined, path: string, problems: Problems): void {
  if (chart === undefined) {
    return;
  }
  const isOci = /^oci:\/\/[A-Za-z0-9.-]+(:[0-9]{1,5})?(\/[a-z0-9._-]+)+$/.test(chart);
  const isPath = chart.trim() !== "" && !chart.includes("://");
  if (!isOci && !isPath) {
    problems.add(
      path,
      `not a chart, got ${show(chart)}; must be an OCI reference without a tag, as in oci://host/path, or a local path`,
    );
  }
}

function checkResources(karpenter: Karpenter, problems: Problems): void {
  for (const kind of ["requests", "limits"] as const) {
    for (const [resource, amount, path] of fields(karpenter.resources?.[kind], `karpenter.resources.${kind}`)) {
      if (!isLabelKey(resource)) {
        problems.add(path, `not a resource, got ${show(resource)}; ${labelKeyRule}`);
      }
      if (!isQuantity(amount)) {
        problems.add(path, `not a quantity, got ${show(amount)}; ${quantityRule}`);
      }
    }
  }
}

function checkFeatureGates(karpenter: Karpenter, groups: ClusterInputs["nodeGroups"], problems: Problems): void {
  for (const [gate, , path] of fields(karpenter.featureGates, "karpenter.featureGates")) {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(gate)) {
      problems.add(path, `not a feature gate, got ${show(gate)}; must be a name such as SpotToSpotConsolidation`);
    }
  }
  if (karpenter.featureGates?.["StaticCapacity"] === false && Object.values(groups ?? {}).some(hasStaticPool)) {
    const rule = "must be true or left out while a group has minSize or a pool has replicas";
    problems.add("karpenter.featureGates.StaticCapacity", `needed by a static pool, got false; ${rule}`);
  }
}

function hasStaticPool(group: NonNullable<ClusterInputs["nodeGroups"]>[string]): boolean {
  const pools = Object.values(group.nodePools ?? {});
  return (group.minSize ?? 0) > 0 || pools.some((pool) => pool.replicas !== undefined);
}
