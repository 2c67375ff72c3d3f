import { paginateListAttachedRolePolicies } from "@aws-sdk/client-iam";
import {
  all,
  ofNothing,
  once,
  oncePer,
  only,
  text,
  unlessAbsent,
  type Finder,
  type Finders,
  type Place,
} from "./found";

export function iamFinders({ aws: { iam } }: Place): Finders {
  const attached = oncePer((RoleName) =>
    all(paginateListAttachedRolePolicies({ client: iam }, { RoleName }), ({ AttachedPolicies }) => AttachedPolicies),
  );
  // One answer has all of them.
  const providers = once(async () => (await iam.listOpenIDConnectProviders({})).OpenIDConnectProviderList ?? []);

  const role: Finder = async (inputs) => {
    const RoleName = text(inputs, "name") ?? "";
    const answer = await unlessAbsent(iam.getRole({ RoleName }));
    return only(answer?.Role === undefined ? [] : [answer.Role], `role ${RoleName}`, ({ Arn: arn }) => ({
      id: RoleName,
      outputs: { arn },
    }));
  };

  const rolePolicy: Finder = async (inputs) => {
    const RoleName = text(inputs, "role");
    const PolicyName = text(inputs, "name") ?? "";
    if (RoleName === undefined) return ofNothing;
    const answer = await unlessAbsent(iam.getRolePolicy({ RoleName, PolicyName }));
    const found = answer === undefined ? [] : [answer];
    return only(found, `inline policy ${PolicyName} of the role ${RoleName}`, () => ({
      id: `${RoleName}:${PolicyName}`,
    }));
  };

  const attachment: Finder = async (inputs) => {
    const role = text(inputs, "role");
    const policyArn = text(inputs, "policyArn") ?? "";
    if (role === undefined) return ofNothing;
    const found = (await attached(role)).filter(({ PolicyArn }) => PolicyArn === policyArn);
    return only(found, `attachment of ${policyArn} to the role ${role}`, () => ({ id: `${role}/${policyArn}` }));
  };

  const instanceProfile: Finder = async (inputs) => {
    const InstanceProfileName = text(inputs, "name") ?? "";
    const answer = await unlessAbsent(iam.getInstanceProfile({ InstanceProfileName }));
    const found = answer?.InstanceProfile === undefined ? [] : [answer.InstanceProfile];
    return only(found, `instance profile ${InstanceProfileName}`, ({ Arn: arn }) => ({
      id: InstanceProfileName,
      outputs: { arn },
    }));
  };

  const oidcProvider: Finder = async (inputs) => {
    const url = text(inputs, "url")?.replace(/^https:\/\//, "") ?? "";
    const found = (await providers()).filter(({ Arn = "" }) => Arn.endsWith(`:oidc-provider/${url}`));
    return only(found, `OIDC provider of ${url}`, ({ Arn: arn = "" }) => ({ id: arn, outputs: { arn } }));
  };

  return {
    "aws:iam/role:Role": role,
    "aws:iam/rolePolicy:RolePolicy": rolePolicy,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": attachment,
    "aws:iam/instanceProfile:InstanceProfile": instanceProfile,
    "aws:iam/openIdConnectProvider:OpenIdConnectProvider": oidcProvider,
  };
}
