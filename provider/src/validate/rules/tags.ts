/** AWS tags. */
import { show } from "../report/display";
import { fields, type Checks } from "../kit/checks";

/** AWS allows 50 on a resource; kOps, Karpenter and the component need ten. */
export const mostTags = 40;
export const tagReason = "because AWS allows 50 and kOps sets its own";

/** kops pkg/apis/kops/validation/cluster.go:122 */
const kopsKeys = ["Name", "KubernetesCluster"];
const kopsPrefixes = ["kubernetes.io/cluster/", "k8s.io/role/", "kops.k8s.io/"];
/** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: rules of spec.tags */
const karpenterKeys = [
  "eks:eks-cluster-name",
  "karpenter.sh/nodepool",
  "karpenter.sh/nodeclaim",
  "karpenter.k8s.aws/ec2nodeclass",
];
const karpenterPrefix = "kubernetes.io/cluster";

const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const characterRule = "letters, digits, spaces and _ . : / = + - @";

export function checkTags(path: string, tags: Readonly<Record<string, string>>, checks: Checks): void {
  const entries = fields(path, tags);
  for (const [key, value, tagPath] of entries) {
    const wrong = reservedBy(key) ?? malformed(key, value);
    if (wrong !== undefined) {
      checks.report.add(tagPath, wrong);
    }
  }
  checks.fewerThan(path, entries.length, mostTags, "tags", tagReason);
}

function reservedBy(key: string): string | undefined {
  if (/^aws:/i.test(key)) {
    return `reserved tag key, got ${show(key)}; must not start with aws:`;
  }
  if (kopsKeys.includes(key) || kopsPrefixes.some((prefix) => key.startsWith(prefix))) {
    return `reserved tag key, got ${show(key)}; the component sets it to tie resources to the cluster`;
  }
  if (karpenterKeys.includes(key) || key.startsWith(karpenterPrefix)) {
    return `reserved tag key, got ${show(key)}; Karpenter sets it`;
  }
  return undefined;
}

function malformed(key: string, value: string): string | undefined {
  if (key === "" || key.length > 128 || !tagCharacters.test(key)) {
    return `invalid tag key, got ${show(key)}; must be 1 to 128 ${characterRule}`;
  }
  if (value.length > 256 || !tagCharacters.test(value)) {
    return `invalid tag value, got ${show(value)}; must be at most 256 ${characterRule}`;
  }
  return undefined;
}
