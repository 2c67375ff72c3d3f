/** Roles, their policies and profiles (kops v1.36.2 pkg/model/awsmodel/iam.go:63), and those of the user. */
import type { AddonServiceAccount } from "../addons/addon";
import { addonsOf } from "../addons/catalog";
import { oidcProvider } from "../model/aws";
import { isOutput } from "../schema/input";
import type { ResolvedCluster, ResolvedServiceAccountRole, ServiceAccount } from "../model/cluster";
import { nodeRoleName, serviceAccountRef, serviceAccountRoleName } from "../model/names";
import { inlinePolicyDocument } from "../model/inlinePolicy";
import type { PolicyDocument } from "../model/policyDocument";
import * as policies from "./policies";
import type { IamRows, InlinePolicyRow, InstanceProfileRow, PolicyAttachmentRow, RoleRow } from "./rows";
import { ownedTags, serviceAccountTags } from "../model/tags";

export function iamRows(cluster: ResolvedCluster): IamRows {
  const instances = instanceKinds(cluster);
  const addonAccounts = addonServiceAccounts(cluster);
  return {
    oidcProvider: {
      key: "oidc-provider",
      clientIds: [oidcProvider.audience],
      thumbprints: oidcProvider.thumbprints,
      tags: ownedTags(cluster, cluster.name),
    },
    roles: [
      ...instances.map(({ ref }) => instanceRole(cluster, ref)),
      ...addonAccounts.map((account) => serviceAccountRole(cluster, account, false)),
      ...cluster.serviceAccountRoles.map((account) => serviceAccountRole(cluster, account, true)),
    ],
    inlinePolicies: [
      ...instances.map(({ ref, document }) => inlinePolicy(instanceRole(cluster, ref), document)),
      ...addonAccounts.map((account) =>
        inlinePolicy(serviceAccountRole(cluster, account, false), account.policy(cluster)),
      ),
      ...addonAccounts.flatMap((account) => extraPolicies(cluster, account)),
      ...cluster.serviceAccountRoles.flatMap((account) => usersPolicies(cluster, account)),
    ],
    policyAttachments: cluster.serviceAccountRoles.flatMap(attachments),
    instanceProfiles: instances.map(({ ref }) => instanceProfile(cluster, ref)),
  };
}

/** The kinds of instances that there are, and what each may do. */
function instanceKinds(
  cluster: ResolvedCluster,
): readonly { readonly ref: InstanceProfileRow["ref"]; readonly document: PolicyDocument }[] {
  const { bastion } = cluster.network;
  return [
    { ref: "controlPlane", document: policies.controlPlanePolicy(cluster) },
    { ref: "nodes", document: policies.nodePolicy(cluster) },
    ...(bastion === undefined ? [] : [{ ref: "bastion", document: policies.bastionPolicy(cluster) } as const]),
  ];
}

/** The service accounts of the cluster's addons, sorted by name: the order of the channel says nothing about roles. */
function addonServiceAccounts(cluster: ResolvedCluster): readonly AddonServiceAccount[] {
  const accounts = addonsOf(cluster).flatMap(({ serviceAccount }) => serviceAccount ?? []);
  return accounts.sort((left, right) => (serviceAccountRef(left) < serviceAccountRef(right) ? -1 : 1));
}

const instanceRoleKeys = { controlPlane: "control-plane", nodes: "nodes", bastion: "bastion" } as const;

function instanceRole(cluster: ResolvedCluster, ref: keyof typeof instanceRoleKeys): RoleRow {
  const name = nodeRoleName(cluster.name, ref);
  return {
    key: `role-${instanceRoleKeys[ref]}`,
    ref,
    name,
    serviceAccount: undefined,
    isUsers: false,
    assumeRolePolicy: policies.instanceTrust(cluster),
    tags: ownedTags(cluster, name),
  };
}

function instanceProfile(cluster: ResolvedCluster, ref: keyof typeof instanceRoleKeys): InstanceProfileRow {
  const name = nodeRoleName(cluster.name, ref);
  return { key: `instance-profile-${instanceRoleKeys[ref]}`, ref, name, tags: ownedTags(cluster, name) };
}

function serviceAccountRole(cluster: ResolvedCluster, account: ServiceAccount, isUsers: boolean): RoleRow {
  const { namespace, name } = account;
  const roleName = serviceAccountRoleName(cluster.name, account);
  return {
    key: `role-${accountKey(account)}`,
    ref: serviceAccountRef(account),
    name: roleName,
    serviceAccount: { namespace, name },
    isUsers,
    assumeRolePolicy: policies.serviceAccountTrust(cluster, account),
    tags: serviceAccountTags(cluster, roleName, account),
  };
}

/** A dot can stand in neither part's place of the other: namespaces hold none. */
function accountKey({ namespace, name }: ServiceAccount): string {
  return `${namespace.replaceAll("*", "wildcard")}.${name}`;
}

/** kOps names a role's inline policy like the role. */
function inlinePolicy(role: RoleRow, document: PolicyDocument): InlinePolicyRow {
  return { key: role.key.replace(/^role-/, "role-policy-"), role: role.ref, name: role.name, document };
}

function extraPolicies(cluster: ResolvedCluster, account: AddonServiceAccount): readonly InlinePolicyRow[] {
  const policies = account.extraPolicies?.(cluster) ?? [];
  return policies.map(({ key, name, document }) => ({
    key: `role-policy-${accountKey(account)}-${key}`,
    role: serviceAccountRef(account),
    name,
    document,
  }));
}

function usersPolicies(cluster: ResolvedCluster, account: ResolvedServiceAccountRole): readonly InlinePolicyRow[] {
  if (account.inlinePolicy === undefined) {
    return [];
  }
  const ref = serviceAccountRef(account);
  const document: PolicyDocument = {
    needs: [],
    render: (settled) => {
      const found = settled.serviceAccountRoles.find((candidate) => serviceAccountRef(candidate) === ref);
      if (found?.inlinePolicy === undefined) {
        throw new Error(`bug: the service-account role ${ref} has no inline policy`);
      }
      return inlinePolicyDocument(found.inlinePolicy);
    },
  };
  return [inlinePolicy(serviceAccountRole(cluster, account, true), document)];
}

function attachments(account: ResolvedServiceAccountRole): readonly PolicyAttachmentRow[] {
  return account.policyArns.map((policyArn, position) => ({
    // An ARN that is still an output has no name yet, so only its place can tell it from the others.
    key: `role-attachment-${accountKey(account)}-${isOutput(policyArn) ? position + 1 : arnName(policyArn)}`,
    role: serviceAccountRef(account),
    policyArn,
  }));
}

function arnName(arn: string): string {
  return arn.slice(arn.indexOf(":policy/") + ":policy/".length).replaceAll("/", ".");
}
