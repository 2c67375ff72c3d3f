import type { InstanceProfile, InstanceProfileArgs } from "@pulumi/aws/iam/instanceProfile";
import type { OpenIdConnectProvider, OpenIdConnectProviderArgs } from "@pulumi/aws/iam/openIdConnectProvider";
import type { Role, RoleArgs } from "@pulumi/aws/iam/role";
import type { RolePolicy, RolePolicyArgs } from "@pulumi/aws/iam/rolePolicy";
import type { RolePolicyAttachment, RolePolicyAttachmentArgs } from "@pulumi/aws/iam/rolePolicyAttachment";
import { json, replace, required, type ResourceType, set, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { pairs, retag, tagMap, type Tags } from "../tags";

/** A policy may be given as an object; AWS takes text. */
export function policyText(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}

/** IAM answers with policies in URL encoding. */
function decoded(text: string | undefined): string {
  const plain = text ?? "";
  return plain.startsWith("%7B") ? decodeURIComponent(plain) : plain;
}

/** A resource given where a name is due arrives as its id, which is the name. */
const nameOf = (value: unknown): string => String(value);

const role = awsType<RoleArgs, Role>({
  inputs: {
    assumeRolePolicy: json(required(update)),
    description: update,
    forceDetachPolicies: update,
    inlinePolicies: unsupported,
    managedPolicyArns: unsupported,
    maxSessionDuration: update,
    name: replace,
    namePrefix: unsupported,
    path: replace,
    permissionsBoundary: update,
    tags: update,
  },
  naming: { property: "name", maxLength: 64 },
  defaults: { path: "/", maxSessionDuration: 3600, forceDetachPolicies: false },
  create: async (aws, inputs, created) => {
    const answer = await aws.iam.createRole({
      RoleName: inputs.name,
      AssumeRolePolicyDocument: policyText(inputs.assumeRolePolicy),
      Description: inputs.description,
      MaxSessionDuration: inputs.maxSessionDuration,
      Path: inputs.path,
      PermissionsBoundary: inputs.permissionsBoundary,
      Tags: pairs(inputs.tags),
    });
    created(sure(answer.Role?.RoleName, "a role name"));
  },
  read: async (aws, id) => {
    const one = (await found(aws.iam.getRole({ RoleName: id })))?.Role;
    if (one === undefined) return undefined;
    return {
      arn: one.Arn,
      assumeRolePolicy: decoded(one.AssumeRolePolicyDocument),
      createDate: one.CreateDate?.toISOString(),
      description: one.Description ?? "",
      maxSessionDuration: one.MaxSessionDuration ?? 3600,
      name: one.RoleName,
      path: one.Path,
      permissionsBoundary: one.PermissionsBoundary?.PermissionsBoundaryArn,
      uniqueId: one.RoleId,
      tags: tagMap(one.Tags),
    };
  },
  update: async (aws, id, inputs) => {
    await aws.iam.updateAssumeRolePolicy({ RoleName: id, PolicyDocument: policyText(inputs.assumeRolePolicy) });
    await aws.iam.updateRole({
      RoleName: id,
      Description: inputs.description ?? "",
      MaxSessionDuration: inputs.maxSessionDuration,
    });
    const { permissionsBoundary } = inputs;
    const { Role } = await aws.iam.getRole({ RoleName: id });
    if (permissionsBoundary !== undefined)
      await aws.iam.putRolePermissionsBoundary({ RoleName: id, PermissionsBoundary: permissionsBoundary });
    else if (Role?.PermissionsBoundary !== undefined)
      await ignoreGone(aws.iam.deleteRolePermissionsBoundary({ RoleName: id }));
    await retag(tagMap(Role?.Tags), inputs.tags, {
      put: (tags) => aws.iam.tagRole({ RoleName: id, Tags: pairs(tags) }),
      drop: (TagKeys) => aws.iam.untagRole({ RoleName: id, TagKeys }),
    });
  },
  remove: async (aws, id, previous) => {
    if (previous.inputs.forceDetachPolicies === true) {
      const attached = await found(aws.iam.listAttachedRolePolicies({ RoleName: id }));
      for (const each of attached?.AttachedPolicies ?? [])
        await aws.iam.detachRolePolicy({ RoleName: id, PolicyArn: each.PolicyArn });
      const inline = await found(aws.iam.listRolePolicies({ RoleName: id }));
      for (const PolicyName of inline?.PolicyNames ?? []) await aws.iam.deleteRolePolicy({ RoleName: id, PolicyName });
    }
    // As the real provider: a role is taken out of the profiles that still hold it.
    const profiles = await found(aws.iam.listInstanceProfilesForRole({ RoleName: id }));
    for (const each of profiles?.InstanceProfiles ?? []) {
      await ignoreGone(
        aws.iam.removeRoleFromInstanceProfile({ RoleName: id, InstanceProfileName: each.InstanceProfileName }),
      );
    }
    await ignoreGone(aws.iam.deleteRole({ RoleName: id }));
  },
});

function splitPolicyId(id: string): [string, string] {
  const at = id.indexOf(":");
  return [id.slice(0, at), id.slice(at + 1)];
}

const rolePolicy = awsType<RolePolicyArgs, RolePolicy>({
  inputs: { name: replace, namePrefix: unsupported, policy: json(required(update)), role: required(replace) },
  naming: { property: "name", maxLength: 128 },
  create: async (aws, inputs, created) => {
    const roleName = nameOf(inputs.role);
    await aws.iam.putRolePolicy({
      RoleName: roleName,
      PolicyName: inputs.name,
      PolicyDocument: policyText(inputs.policy),
    });
    created(`${roleName}:${inputs.name}`);
  },
  read: async (aws, id) => {
    const [RoleName, PolicyName] = splitPolicyId(id);
    const one = await found(aws.iam.getRolePolicy({ RoleName, PolicyName }));
    return one === undefined ? undefined : { name: PolicyName, policy: decoded(one.PolicyDocument), role: RoleName };
  },
  update: async (aws, id, inputs) => {
    const [RoleName, PolicyName] = splitPolicyId(id);
    await aws.iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: policyText(inputs.policy) });
  },
  remove: (aws, id) => {
    const [RoleName, PolicyName] = splitPolicyId(id);
    return ignoreGone(aws.iam.deleteRolePolicy({ RoleName, PolicyName }));
  },
});

const rolePolicyAttachment = awsType<RolePolicyAttachmentArgs, RolePolicyAttachment>({
  inputs: { policyArn: required(replace), role: required(replace) },
  // Created first, the same attachment would go with the old one.
  deleteBeforeReplace: true,
  create: async (aws, inputs, created) => {
    const roleName = nameOf(inputs.role);
    await aws.iam.attachRolePolicy({ RoleName: roleName, PolicyArn: inputs.policyArn });
    created(`${roleName}/${inputs.policyArn}`);
  },
  read: async (aws, id) => {
    const RoleName = id.slice(0, id.indexOf("/"));
    const policyArn = id.slice(RoleName.length + 1);
    const attached = await found(aws.iam.listAttachedRolePolicies({ RoleName }));
    const has = attached?.AttachedPolicies?.some((each) => each.PolicyArn === policyArn) === true;
    return has ? { policyArn, role: RoleName } : undefined;
  },
  remove: (aws, _id, { inputs }) =>
    ignoreGone(aws.iam.detachRolePolicy({ RoleName: nameOf(inputs.role), PolicyArn: inputs.policyArn })),
});

async function setProfileRole(aws: Aws, InstanceProfileName: string, wanted: string | undefined): Promise<void> {
  const profile = (await aws.iam.getInstanceProfile({ InstanceProfileName })).InstanceProfile;
  const have = profile?.Roles?.[0]?.RoleName;
  if (have === wanted) return;
  if (have !== undefined) await aws.iam.removeRoleFromInstanceProfile({ InstanceProfileName, RoleName: have });
  if (wanted !== undefined) await aws.iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: wanted });
}

const instanceProfile = awsType<InstanceProfileArgs, InstanceProfile>({
  inputs: { name: replace, namePrefix: unsupported, path: replace, role: update, tags: update },
  naming: { property: "name", maxLength: 128 },
  defaults: { path: "/" },
  create: async (aws, inputs, created) => {
    const InstanceProfileName = sure(inputs.name, "a profile name");
    await aws.iam.createInstanceProfile({ InstanceProfileName, Path: inputs.path, Tags: pairs(inputs.tags) });
    created(InstanceProfileName);
    if (inputs.role !== undefined)
      await aws.iam.addRoleToInstanceProfile({ InstanceProfileName, RoleName: nameOf(inputs.role) });
  },
  read: async (aws, id) => {
    const one = (await found(aws.iam.getInstanceProfile({ InstanceProfileName: id })))?.InstanceProfile;
    if (one === undefined) return undefined;
    return {
      arn: one.Arn,
      createDate: one.CreateDate?.toISOString(),
      name: one.InstanceProfileName,
      path: one.Path,
      role: one.Roles?.[0]?.RoleName,
      uniqueId: one.InstanceProfileId,
      tags: tagMap(one.Tags),
    };
  },
  update: async (aws, id, inputs) => {
    await setProfileRole(aws, id, inputs.role === undefined ? undefined : nameOf(inputs.role));
    const profile = (await aws.iam.getInstanceProfile({ InstanceProfileName: id })).InstanceProfile;
    await retag(tagMap(profile?.Tags), inputs.tags, {
      put: (tags) => aws.iam.tagInstanceProfile({ InstanceProfileName: id, Tags: pairs(tags) }),
      drop: (TagKeys) => aws.iam.untagInstanceProfile({ InstanceProfileName: id, TagKeys }),
    });
  },
  remove: async (aws, id) => {
    const one = (await found(aws.iam.getInstanceProfile({ InstanceProfileName: id })))?.InstanceProfile;
    if (one === undefined) return;
    await setProfileRole(aws, id, undefined);
    await aws.iam.deleteInstanceProfile({ InstanceProfileName: id });
  },
});

const oidcProvider = awsType<OpenIdConnectProviderArgs, OpenIdConnectProvider>({
  inputs: { clientIdLists: set(required(update)), thumbprintLists: update, url: required(replace), tags: update },
  create: async (aws, inputs, created) => {
    const answer = await aws.iam.createOpenIDConnectProvider({
      Url: inputs.url,
      ClientIDList: inputs.clientIdLists,
      ThumbprintList: inputs.thumbprintLists,
      Tags: pairs(inputs.tags),
    });
    created(sure(answer.OpenIDConnectProviderArn, "a provider ARN"));
  },
  read: async (aws, id, known) => {
    const one = await found(aws.iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: id }));
    if (one === undefined) return undefined;
    const { url } = known.inputs;
    // AWS keeps the URL without its scheme; the real provider does not take the difference for a change.
    const same = url !== undefined && url.replace(/^https:\/\//, "") === one.Url?.replace(/^https:\/\//, "");
    return {
      arn: id,
      url: same ? url : url === undefined ? `https://${one.Url}` : one.Url,
      clientIdLists: one.ClientIDList ?? [],
      thumbprintLists: one.ThumbprintList,
      tags: tagMap(one.Tags),
    };
  },
  update: async (aws, id, inputs) => {
    const OpenIDConnectProviderArn = id;
    const one = await aws.iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn });
    if (inputs.thumbprintLists !== undefined) {
      await aws.iam.updateOpenIDConnectProviderThumbprint({
        OpenIDConnectProviderArn,
        ThumbprintList: inputs.thumbprintLists,
      });
    }
    const have = one.ClientIDList ?? [];
    for (const ClientID of have.filter((each) => !inputs.clientIdLists.includes(each))) {
      await aws.iam.removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID });
    }
    for (const ClientID of inputs.clientIdLists.filter((each) => !have.includes(each))) {
      await aws.iam.addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn, ClientID });
    }
    await retag(tagMap(one.Tags), inputs.tags, {
      put: (tags: Tags) => aws.iam.tagOpenIDConnectProvider({ OpenIDConnectProviderArn, Tags: pairs(tags) }),
      drop: (TagKeys) => aws.iam.untagOpenIDConnectProvider({ OpenIDConnectProviderArn, TagKeys }),
    });
  },
  remove: (aws, id) => ignoreGone(aws.iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: id })),
});

export const iamTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:iam/role:Role": role,
  "aws:iam/rolePolicy:RolePolicy": rolePolicy,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": rolePolicyAttachment,
  "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": oidcProvider,
};
