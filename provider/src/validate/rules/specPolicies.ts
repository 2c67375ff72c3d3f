/** Policies of the instances' roles, in kOps's own terms. */
import type { ResolvedCluster } from "../../model/cluster";
import { statementsProblem } from "../../model/inlinePolicy";
import { fields, type Checks } from "../kit/checks";
import { policyArn } from "../kit/formats";

/** By kOps's names for them. */
const instanceRoles = ["master", "node", "bastion"];

/** kops pkg/apis/kops/validation/validation.go:1475 */
export function checkPolicies(cluster: ResolvedCluster, checks: Checks): void {
  const { additionalPolicies, externalPolicies, iam } = cluster.clusterSpec;
  for (const [role, policy, path] of fields("clusterSpec.additionalPolicies", additionalPolicies)) {
    checkRole(path, role, policy, cluster, checks);
    const problem = typeof policy === "string" ? statementsProblem(policy) : undefined;
    if (problem !== undefined) checks.problem(path, "invalid policy", policy, problem);
  }
  for (const [role, arns, path] of fields("clusterSpec.externalPolicies", externalPolicies)) {
    checkRole(path, role, arns, cluster, checks);
    checks.matchAll(checks.items(path, arns), policyArn);
    checks.unique(checks.items(path, arns));
  }
  const boundary = iam?.["permissionsBoundary"];
  if (typeof boundary === "string") checks.matches("clusterSpec.iam.permissionsBoundary", boundary, policyArn);
}

/** kOps ignores the policies of a bastion that the cluster does not have. */
function checkRole(path: string, role: string, value: unknown, cluster: ResolvedCluster, checks: Checks): void {
  checks.oneOf(path, role, instanceRoles, "unknown role");
  const hasBastion = { holds: cluster.network.bastion !== undefined, text: "network.bastion is set" };
  if (role === "bastion") checks.onlyIf(path, value, hasBastion);
}
