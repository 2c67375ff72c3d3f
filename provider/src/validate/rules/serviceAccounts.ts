/** IAM roles for the service accounts of the user's workloads. */
import { addonCatalog } from "../../addons/catalog";
import type { ResolvedCluster, ResolvedServiceAccountRole } from "../../model/cluster";
import { inlinePolicyProblem } from "../../model/inlinePolicy";
import { serviceAccountRef } from "../../model/names";
import { known, type Checks } from "../kit/checks";
import { dnsLabel, dnsName, policyArn } from "../kit/formats";
import { show } from "../report/display";

/** IAM's limit of the policies attached to a role, with the quota raised. */
const mostPolicies = 20;

/** The service accounts that have a role; of an addon that users also install themselves, only where the role exists. */
function ownAccounts(cluster: ResolvedCluster): readonly string[] {
  return addonCatalog.flatMap(({ serviceAccount }) =>
    serviceAccount === undefined || serviceAccount.condition?.(cluster) === false
      ? []
      : [serviceAccountRef(serviceAccount)],
  );
}

export function checkServiceAccountRoles(cluster: ResolvedCluster, checks: Checks): void {
  const { serviceAccountRoles } = cluster;
  const own = ownAccounts(cluster);
  const entries = checks.items("serviceAccountRoles", serviceAccountRoles);
  for (const [role, path] of entries) {
    checks.matches(`${path}.namespace`, role.namespace, dnsLabel("namespace"));
    checks.matches(`${path}.name`, role.name, dnsName("service account name"));
    const account = serviceAccountRef(role);
    if (own.includes(account)) {
      checks.problem(path, "service account of the cluster itself", account, "must be one of your workloads");
    }
    checkPolicies(path, role, checks);
  }
  checks.unique(
    entries.map(([role, path]) => [serviceAccountRef(role), path] as const),
    "service account",
  );
}

/** One of the two, not both (kops pkg/apis/kops/validation/validation.go:477). */
function checkPolicies(path: string, { policyArns, inlinePolicy }: ResolvedServiceAccountRole, checks: Checks): void {
  if (policyArns.length === 0 && inlinePolicy === undefined) {
    checks.report.add(path, "role without a policy, got neither policyArns nor inlinePolicy; set one of them");
  }
  if (policyArns.length > 0 && inlinePolicy !== undefined) {
    checks.report.add(path, "conflicting policies, got policyArns and inlinePolicy; set only one, as kOps requires");
  }
  const arnsPath = `${path}.policyArns`;
  const arns = checks.items(arnsPath, policyArns);
  checks.matchAll(arns, policyArn);
  checks.unique(arns);
  checks.fewerThan(arnsPath, policyArns.length, mostPolicies, "policies");
  const text = known(inlinePolicy);
  const problem = text === undefined ? undefined : inlinePolicyProblem(text);
  if (problem !== undefined) {
    checks.report.add(`${path}.inlinePolicy`, `invalid policy, got ${show(text)}; ${problem}`);
  }
}
