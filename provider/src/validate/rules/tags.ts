/** AWS tags. */
import { show } from "../report/display";
import { fields } from "./entries";
import type { Problems } from "../report/problem";

/** AWS allows 50 on a resource; kOps, Karpenter and the component need ten. */
export const mostTags = 40;

/** kops v1.36.2 pkg/apis/kops/validation/cluster.go:122 */
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

export function checkTags(tags: Readonly<Record<string, string>> | undefined, path: string, problems: Problems): void {
  const entries = fields(tags, path);
  for (const [key, value, tagPath] of entries) {
    const wrong = reservedBy(key) ?? malformed(key, value);
    if (wrong !== undefined) {
      problems.add(tagPath, wrong);
    }
  }
  if (entries.length > mostTags) {
    problems.add(
      path,
      `too many tags, got ${entries.length}; must be at most ${mostTags}, since AWS takes 50 with kOps's own`,
    );
  }
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
    return `not a tag key, got ${show(key)}; must be 1 to 128 letters, digits, spaces and _ . : / = + - @`;
  }
  if (value.length > 256 || !tagCharacters.test(value)) {
    return `not a tag value, got ${show(value)}; must be at most 256 letters, digits, spaces and _ . : / = + - @`;
  }
  return undefined;
}
