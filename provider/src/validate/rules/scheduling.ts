/** Labels and taints of nodes. */
import type { Taint } from "../../schema/types.gen";
import { show } from "../report/display";
import { eachDuplicate, fields, items } from "./entries";
import { inDomain, isLabelKey, isLabelValue, labelKeyRule, labelValueRule } from "./formats";
import type { Problems } from "../report/problem";

/** kops v1.36.2 pkg/nodelabels/builder.go:28, :107 */
const ownLabels = [
  "node-role.kubernetes.io/node",
  "node-role.kubernetes.io/control-plane",
  "node-role.kubernetes.io/api-server",
];
const ownLabelDomain = "kops.k8s.io";
const controlPlaneTaint = "node-role.kubernetes.io/control-plane";

export function checkLabels(
  labels: Readonly<Record<string, string>> | undefined,
  path: string,
  problems: Problems,
): void {
  for (const [key, value, labelPath] of fields(labels, path)) {
    if (!isLabelKey(key)) {
      problems.add(labelPath, `not a label key, got ${show(key)}; ${labelKeyRule}`);
    } else if (ownLabels.includes(key) || inDomain(key, ownLabelDomain)) {
      problems.add(labelPath, `reserved label, got ${show(key)}; kOps sets the labels of that kind itself`);
    } else if (isKarpenterKey(key) || key === "kubernetes.io/hostname") {
      problems.add(labelPath, `reserved label, got ${show(key)}; Karpenter sets the labels of that kind itself`);
    }
    if (!isLabelValue(value)) {
      problems.add(labelPath, `not a label value, got ${show(value)}; ${labelValueRule}`);
    }
  }
}

/** kops v1.36.2 upup/pkg/fi/cloudup/template_functions_karpenter.go:595 */
export function isKarpenterKey(key: string): boolean {
  return inDomain(key, "karpenter.sh") || inDomain(key, "karpenter.k8s.aws");
}

export function checkTaints(taints: readonly Taint[] | undefined, path: string, problems: Problems): void {
  const entries = items(taints, path);
  for (const [taint, taintPath] of entries) {
    if (!isLabelKey(taint.key)) {
      problems.add(`${taintPath}.key`, `not a taint key, got ${show(taint.key)}; ${labelKeyRule}`);
    } else if (isKarpenterKey(taint.key)) {
      problems.add(
        `${taintPath}.key`,
        `reserved taint, got ${show(taint.key)}; Karpenter sets the taints of that kind itself`,
      );
    } else if (taint.key === controlPlaneTaint) {
      problems.add(
        `${taintPath}.key`,
        `reserved taint, got ${show(taint.key)}; kOps sets it on the control plane itself`,
      );
    }
    if (taint.value !== undefined && !isLabelValue(taint.value)) {
      problems.add(`${taintPath}.value`, `not a taint value, got ${show(taint.value)}; ${labelValueRule}`);
    }
  }
  const identities = entries.map(([taint, taintPath]) => [`${taint.key}:${taint.effect}`, taintPath] as const);
  eachDuplicate(identities, (identity, taintPath, first) => {
    problems.add(taintPath, `key and effect given twice, got ${show(identity)}; ${first} has them`);
  });
}
