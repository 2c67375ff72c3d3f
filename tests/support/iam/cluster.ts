/** What the identities of a cluster did, each judged by the policies that it has. */
import * as iam from "@aws-sdk/client-iam";
import { expect } from "chai";
import { awsSettings, type LocalCloud } from "../localCloud";
import { recordedCalls } from "./calls";
import { rolePolicies } from "./identities";
import { type Verdict, verdict } from "./verdict";

/** Of the control plane's S3 client, whose keys are those of `stateStoreAccess`. */
export const storeUser = "state-store";

/** The verdict on a role's calls. `alsoUser`: what this user of IAM did counts as done by the role. */
export async function roleVerdict(cloud: LocalCloud, role: string, alsoUser?: string): Promise<Verdict> {
  const calls = recordedCalls(cloud).filter(
    ({ principal }) =>
      principal?.includes(`:assumed-role/${role}/`) === true ||
      (alsoUser !== undefined && principal?.endsWith(`:user/${alsoUser}`) === true),
  );
  return verdict(calls, await rolePolicies(cloud, role));
}

interface Trust {
  readonly Statement: readonly {
    readonly Principal: { readonly Federated?: string };
    readonly Condition?: { readonly StringEquals?: Readonly<Record<string, string>> };
  }[];
}

/** Every token that was exchanged for a role's keys is one that the role's trust policy names. Returns the roles, sorted. */
export async function expectTrustedExchanges(cloud: LocalCloud): Promise<string[]> {
  const client = new iam.IAMClient(awsSettings(cloud));
  const exchanges = recordedCalls(cloud).filter(({ operation }) => operation === "AssumeRoleWithWebIdentity");
  const roles = new Set<string>();
  for (const { params, claims } of exchanges) {
    const RoleName = params["RoleArn"]?.split("/").at(-1) ?? "";
    const { Role } = await client.send(new iam.GetRoleCommand({ RoleName }));
    const { Statement } = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")) as Trust;
    const provider = claims?.iss.replace("https://", "") ?? "";
    const OpenIDConnectProviderArn = Statement[0]?.Principal.Federated ?? "";
    expect(OpenIDConnectProviderArn).to.match(new RegExp(`:oidc-provider/${provider}$`));
    expect(Statement[0]?.Condition?.StringEquals).to.deep.equal({ [`${provider}:sub`]: claims?.sub });
    const { ClientIDList } = await client.send(new iam.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
    expect(ClientIDList).to.include.members([claims?.aud ?? []].flat());
    roles.add(RoleName);
  }
  return [...roles].sort();
}
