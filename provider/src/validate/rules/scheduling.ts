/** Labels and taints of nodes. */
import type { Taint } from "../../schema/types.gen";
import { fields, type Checks } from "../kit/checks";
import { inDomain, labelKey, labelValue } from "../kit/formats";

/** kops pkg/nodelabels/builder.go:28, :107 */
const ownLabels = [
  "node-role.kubernetes.io/node",
  "node-role.kubernetes.io/control-plane",
  "node-role.kubernetes.io/api-server",
];
const ownLabelDomain = "kops.k8s.io";
const controlPlaneTaint = "node-role.kubernetes.io/control-plane";

export function checkLabels(path: string, labels: Readonly<Record<string, string>> | undefined, checks: Checks): void {
  for (const [key, value, labelPath] of fields(path, labels)) {
    if (ownLabels.includes(key) || inDomain(key, ownLabelDomain)) {
      checks.problem(labelPath, "reserved label", key, "kOps sets it");
    } else if (isKarpenterKey(key) || key === "kubernetes.io/hostname") {
      checks.problem(labelPath, "reserved label", key, "Karpenter sets it");
    } else {
      checks.matches(labelPath, key, labelKey());
    }
    checks.matches(labelPath, value, labelValue());
  }
}

/** Karpenter v1.14.1 pkg/apis/v1/labels.go and karpenter-provider-aws pkg/apis/v1/labels.go: what it keeps on its nodes. */
const ownAnnotations = [
  ...["nodepool-hash", "nodepool-hash-version", "nodeclaim-termination-timestamp"].map(
    (name) => `karpenter.sh/${name}`,
  ),
  ...["ec2nodeclass-hash", "ec2nodeclass-hash-version", "instance-profile-name"].map(
    (name) => `karpenter.k8s.aws/${name}`,
  ),
];

/** Values are free; keys of Karpenter's domain are too, as karpenter.sh/do-not-disrupt is set by users. */
export function checkAnnotations(
  path: string,
  annotations: Readonly<Record<string, string>> | undefined,
  checks: Checks,
): void {
  for (const [key, , annotationPath] of fields(path, annotations)) {
    if (ownAnnotations.includes(key)) {
      checks.problem(annotationPath, "reserved annotation", key, "Karpenter sets it");
    } else {
      checks.matches(annotationPath, key, labelKey("annotation key"));
    }
  }
}

/** kops upup/pkg/fi/cloudup/template_functions_karpenter.go:595 */
export function isKarpenterKey(key: string): boolean {
  return inDomain(key, "karpenter.sh") || inDomain(key, "karpenter.k8s.aws");
}

export function checkTaints(path: string, taints: readonly Taint[] | undefined, checks: Checks): void {
  const entries = checks.items(path, taints);
  for (const [{ key, value }, taintPath] of entries) {
    if (isKarpenterKey(key)) {
      checks.problem(`${taintPath}.key`, "reserved taint", key, "Karpenter sets it");
    } else if (key === controlPlaneTaint) {
      checks.problem(`${taintPath}.key`, "reserved taint", key, "kOps sets it on the control plane");
    } else {
      checks.matches(`${taintPath}.key`, key, labelKey("taint key"));
    }
    checks.matches(`${taintPath}.value`, value, labelValue("taint value"));
  }
  checks.unique(
    entries.map(([taint, taintPath]) => [taintIdentity(taint), taintPath] as const),
    "taint",
  );
}

/** A node has at most one taint of a key and effect. */
export function taintIdentity({ key, effect }: Taint): string {
  return `${key}:${effect}`;
}
