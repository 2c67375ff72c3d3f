/** Identities in a local cloud. */
import * as iam from "@aws-sdk/client-iam";
import { awsSettings, type LocalCloud } from "../localCloud";
import type { Document } from "./verdict";

export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A user of IAM, known by an access key. What it may do is judged later, from what it did. */
export async function createUser(cloud: LocalCloud, UserName: string): Promise<AccessKey> {
  const client = new iam.IAMClient(awsSettings(cloud));
  await client.send(new iam.CreateUserCommand({ UserName }));
  const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
}

/** The same cloud as somebody else sees it. */
export function asUser(cloud: LocalCloud, { accessKeyId, secretAccessKey }: AccessKey): LocalCloud {
  return {
    dir: cloud.dir,
    env: { ...cloud.env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
  };
}

/** The same cloud with other keys for the state store: those that `stateStoreAccess` gets. */
export function withStoreKeys(cloud: LocalCloud, { accessKeyId, secretAccessKey }: AccessKey): LocalCloud {
  return {
    dir: cloud.dir,
    env: { ...cloud.env, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey },
  };
}

/** The inline policies of a role. */
export async function rolePolicies(cloud: LocalCloud, RoleName: string): Promise<Document[]> {
  const client = new iam.IAMClient(awsSettings(cloud));
  const { PolicyNames = [] } = await client.send(new iam.ListRolePoliciesCommand({ RoleName }));
  return Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument = "" } = await client.send(new iam.GetRolePolicyCommand({ RoleName, PolicyName }));
      return JSON.parse(decodeURIComponent(PolicyDocument)) as Document;
    }),
  );
}
