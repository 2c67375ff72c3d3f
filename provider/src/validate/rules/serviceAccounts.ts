/** IAM roles for the service accounts of the user's workloads. */
import { addonCatalog } from "../../addons/catalog";
import { inlinePolicyProblem } from "../../model/inlinePolicy";
import { serviceAccountRef } from "../../model/names";
import type { ServiceAccountRole } from "../../schema/types.gen";
import { show } from "../report/display";
import { eachDuplicate, items, plain, plainItems } from "./entries";
import { dnsNameRule, isDnsLabel, isDnsName } from "./formats";
import type { Problems } from "../report/problem";

/** The service accounts that have a role in some cluster. */
const ownAccounts = addonCatalog.flatMap(({ serviceAccount }) =>
  serviceAccount === undefined ? [] : [serviceAccountRef(serviceAccount)],
);

export function checkServiceAccountRoles(roles: readonly ServiceAccountRole[] | undefined, problems: Problems): void {
  const entries = items(roles, "serviceAccountRoles");
  for (const [role, path] of entries) {
    checkAccount(role, path, problems);
    checkPolicies(role, path, problems);
  }
  const accounts = entries.map(([role, path]) => [serviceAccountRef(role), path] as const);
  eachDuplicate(accounts, (account, path, first) => {
    problems.add(path, `service account given twice, got ${show(account)}; ${first} has a role for it`);
  });
}

function checkAccount(role: ServiceAccountRole, path: string, problems: Problems): void {
  if (!isDnsLabel(role.namespace)) {
    const rule = "must be at most 63 lower-case letters, digits and -, starting and ending with a letter or digit";
    problems.add(`${path}.namespace`, `not a namespace, got ${show(role.namespace)}; ${rule}`);
  }
  if (!isDnsName(role.name)) {
    problems.add(`${path}.name`, `not a service account's name, got ${show(role.name)}; ${dnsNameRule}`);
  }
  const account = serviceAccountRef(role);
  if (ownAccounts.includes(account)) {
    problems.add(path, `service account of the cluster's own, got ${show(account)}; must be one of your workloads`);
  }
}

/** One of the two, not both (kops v1.36.2 pkg/apis/kops/validation/validation.go:477). */
function checkPolicies(role: ServiceAccountRole, path: string, problems: Problems): void {
  const arns = role.policyArns ?? [];
  if (arns.length === 0 && role.inlinePolicy === undefined) {
    problems.add(path, "role without a policy, got neither policyArns nor inlinePolicy; must have one of them");
  }
  if (arns.length > 0 && role.inlinePolicy !== undefined) {
    problems.add(
      path,
      "role with both kinds of policy, got policyArns and inlinePolicy; must have one of them, as kOps wants it",
    );
  }
  const known = plainItems(arns, `${path}.policyArns`);
  for (const [arn, arnPath] of known) {
    if (!/^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy\/[\w+=,.@/-]+$/.test(arn)) {
      const rule = "must be the ARN of a policy such as arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess";
      problems.add(arnPath, `not a policy, got ${show(arn)}; ${rule}`);
    }
  }
  eachDuplicate(known, (arn, arnPath, first) => {
    problems.add(arnPath, `given twice, got ${show(arn)}; it is already in ${first}`);
  });
  checkInlinePolicy(plain(role.inlinePolicy), `${path}.inlinePolicy`, problems);
}

function checkInlinePolicy(text: string | undefined, path: string, problems: Problems): void {
  if (text === undefined) {
    return;
  }
  const problem = inlinePolicyProblem(text);
  if (problem !== undefined) {
    problems.add(path, `not a usable policy, got ${show(text)}; ${problem}`);
  }
}
