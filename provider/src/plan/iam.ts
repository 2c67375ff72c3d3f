/** Roles, their policies and profiles (kops pkg/model/awsmodel/iam.go:63), and those of the user. */
import type { InstanceProfileArgs } from "@pulumi/aws/iam/instanceProfile";
import type { OpenIdConnectProviderArgs } from "@pulumi/aws/iam/openIdConnectProvider";
import type { RoleArgs } from "@pulumi/aws/iam/role";
import type { RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy";
import type { RolePolicyAttachmentArgs } from "@pulumi/aws/iam/rolePolicyAttachment";
import type { AddonServiceAccount } from "../addons/addon";
import { addonsOf } from "../addons/catalog";
import { oidcAudience } from "../model/aws";
import { isOutput, type Input } from "../schema/input";
import type { ResolvedCluster, ResolvedServiceAccountRole, ServiceAccount } from "../model/cluster";
import { nodeRoleName, serviceAccountRef, serviceAccountRoleName } from "../model/names";
import { additionalPolicyDocument, inlinePolicyDocument } from "../model/inlinePolicy";
import type { PolicyDocument } from "../model/policyDocument";
import * as policies from "./policies";
import type { InstanceProfileRef } from "./rows";
import { ownedTags, serviceAccountTags, type Tags } from "../model/tags";

export type IamRows = ReturnType<typeof iamRows>;
export type RoleRow = ReturnType<typeof roleRow>;
type InlinePolicyRow = ReturnType<typeof inlinePolicyRow>;

/** `ref` of a role: an instance profile's, or `<namespace>/<name>` of a service account. */
export function iamRows(cluster: ResolvedCluster) {
  const instances = instanceKinds(cluster);
  const addonAccounts = addonServiceAccounts(cluster);
  return {
    oidcProvider: {
      key: "oidc-provider",
      /** Its URL is the issuer. */
      args: {
        clientIdLists: [oidcAudience],
        thumbprintLists: [...cluster.release.iam.oidcThumbprints],
        tags: ownedTags(cluster, cluster.name),
      } satisfies Omit<OpenIdConnectProviderArgs, "url">,
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
      ...instances.flatMap(({ ref }) => additionalPolicy(cluster, ref)),
      ...cluster.serviceAccountRoles.flatMap((account) => usersPolicies(cluster, account)),
    ],
    policyAttachments: [
      ...cluster.serviceAccountRoles.flatMap(attachments),
      ...instances.flatMap(({ ref }) => externalPolicies(cluster, ref)),
    ],
    instanceProfiles: instances.map(({ ref }) => instanceProfile(cluster, ref)),
  };
}

/** The kinds of instances that there are, and what each may do. */
function instanceKinds(
  cluster: ResolvedCluster,
): readonly { readonly ref: InstanceProfileRef; readonly document: PolicyDocument }[] {
  const { bastion } = cluster.network;
  return [
    { ref: "controlPlane", document: policies.controlPlanePolicy(cluster) },
    { ref: "nodes", document: policies.nodePolicy(cluster) },
    ...(bastion === undefined ? [] : [{ ref: "bastion", document: policies.bastionPolicy(cluster) } as const]),
  ];
}

/** The service accounts of the cluster's addons, sorted by name: the order of the channel says nothing about roles. */
function addonServiceAccounts(cluster: ResolvedCluster): readonly AddonServiceAccount[] {
  const accounts = addonsOf(cluster).flatMap(({ serviceAccount }) =>
    serviceAccount === undefined || serviceAccount.condition?.(cluster) === false ? [] : [serviceAccount],
  );
  return accounts.sort((left, right) => (serviceAccountRef(left) < serviceAccountRef(right) ? -1 : 1));
}

const instanceRoleKeys = { controlPlane: "control-plane", nodes: "nodes", bastion: "bastion" } as const;

function instanceRole(cluster: ResolvedCluster, ref: InstanceProfileRef): RoleRow {
  const name = nodeRoleName(cluster.name, ref);
  return roleRow(instanceRoleKeys[ref], ref, policies.instanceTrust(cluster), {
    name,
    tags: ownedTags(cluster, name),
    ...permissionsBoundary(cluster),
  });
}

/** Of every role (kops pkg/model/awsmodel/iam.go:221). */
function permissionsBoundary({ clusterSpec }: ResolvedCluster): Pick<RoleArgs, "permissionsBoundary"> {
  const boundary = clusterSpec.iam?.["permissionsBoundary"] as Input<string> | undefined;
  return boundary === undefined ? {} : { permissionsBoundary: boundary };
}

function instanceProfile(cluster: ResolvedCluster, ref: InstanceProfileRef) {
  const name = nodeRoleName(cluster.name, ref);
  const args = { name, tags: ownedTags(cluster, name) } satisfies InstanceProfileArgs;
  return { key: `instance-profile-${instanceRoleKeys[ref]}`, ref, args };
}

function serviceAccountRole(cluster: ResolvedCluster, account: ServiceAccount, isUsers: boolean): RoleRow {
  const name = serviceAccountRoleName(cluster.name, account);
  const trust = policies.serviceAccountTrust(cluster, account);
  const args = { name, tags: serviceAccountTags(cluster, name, account), ...permissionsBoundary(cluster) };
  return roleRow(accountKey(account), serviceAccountRef(account), trust, args, isUsers);
}

/** `isUsers`: whether it is one of `serviceAccountRoles`. */
function roleRow(
  key: string,
  ref: string,
  assumeRolePolicy: PolicyDocument,
  args: { readonly name: string; readonly tags: Tags } & Partial<RoleArgs>,
  isUsers = false,
) {
  return { key: `role-${key}`, ref, isUsers, assumeRolePolicy, args };
}

/** A dot can stand in neither part's place of the other: namespaces hold none. */
function accountKey({ namespace, name }: ServiceAccount): string {
  return `${namespace.replaceAll("*", "wildcard")}.${name}`;
}

/** kOps names a role's inline policy like the role. */
function inlinePolicy({ key, ref, args }: RoleRow, document: PolicyDocument): InlinePolicyRow {
  return inlinePolicyRow(key.replace(/^role-/, "role-policy-"), ref, document, args.name);
}

function inlinePolicyRow(key: string, role: string, document: PolicyDocument, name: string) {
  return { key, role, document, args: { name } satisfies Partial<RolePolicyArgs> };
}

function extraPolicies(cluster: ResolvedCluster, account: AddonServiceAccount): readonly InlinePolicyRow[] {
  const extra = account.extraPolicies?.(cluster) ?? [];
  return extra.map(({ key, name, document }) =>
    inlinePolicyRow(`role-policy-${accountKey(account)}-${key}`, serviceAccountRef(account), document, name),
  );
}

function usersPolicies(cluster: ResolvedCluster, account: ResolvedServiceAccountRole): readonly InlinePolicyRow[] {
  if (account.inlinePolicy === undefined) {
    return [];
  }
  const ref = serviceAccountRef(account);
  const document: PolicyDocument = {
    needs: [],
    render: (known) => {
      const found = known.serviceAccountRoles.find((candidate) => serviceAccountRef(candidate) === ref);
      if (found?.inlinePolicy === undefined) {
        throw new Error(`bug: the service-account role ${ref} has no inline policy`);
      }
      return inlinePolicyDocument(found.inlinePolicy);
    },
  };
  return [inlinePolicy(serviceAccountRole(cluster, account, true), document)];
}

/** What kOps calls the roles of instances in its spec. */
export const kopsRoles = { controlPlane: "master", nodes: "node", bastion: "bastion" } as const;

/** kops pkg/model/awsmodel/iam.go:357 */
function additionalPolicy(cluster: ResolvedCluster, ref: InstanceProfileRef): readonly InlinePolicyRow[] {
  const role = kopsRoles[ref];
  if (cluster.clusterSpec.additionalPolicies?.[role] === undefined) return [];
  const document: PolicyDocument = {
    needs: [],
    render: (known) => additionalPolicyDocument(known.clusterSpec.additionalPolicies?.[role] ?? ""),
  };
  const name = `additional.${nodeRoleName(cluster.name, ref)}`;
  return [inlinePolicyRow(`role-policy-${instanceRoleKeys[ref]}-additional`, ref, document, name)];
}

function externalPolicies(cluster: ResolvedCluster, ref: InstanceProfileRef) {
  return attachedPolicies(instanceRoleKeys[ref], ref, cluster.clusterSpec.externalPolicies?.[kopsRoles[ref]] ?? []);
}

function attachments(account: ResolvedServiceAccountRole) {
  return attachedPolicies(accountKey(account), serviceAccountRef(account), account.policyArns);
}

function attachedPolicies(key: string, role: string, policyArns: readonly Input<string>[]) {
  return policyArns.map((policyArn, position) => ({
    // An ARN that is still an output has no name yet, so only its place can tell it from the others.
    key: `role-attachment-${key}-${isOutput(policyArn) ? position + 1 : arnName(policyArn)}`,
    role,
    args: { policyArn } satisfies Omit<RolePolicyAttachmentArgs, "role">,
  }));
}

function arnName(arn: string): string {
  return arn.slice(arn.indexOf(":policy/") + ":policy/".length).replaceAll("/", ".");
}
