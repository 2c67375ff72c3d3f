/** How the plugin's own calls reach AWS: as the calls of the stack's AWS provider do. */
import type { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { S3Client } from "@aws-sdk/client-s3";
import type { AssumeRoleCommandInput, Credentials, STSClient } from "@aws-sdk/client-sts";
import { revealed, type Properties } from "../operation/operation";

/** Under the names of the provider's own settings; where there is none, the environment decides. */
export interface AwsSettings {
  readonly profile?: string;
  readonly accessKey?: string;
  readonly secretKey?: string;
  readonly token?: string;
  readonly assumeRoles?: readonly AssumedRole[];
  readonly assumeRoleWithWebIdentity?: WebIdentityRole;
  /** The provider merges the elements of the list; services are in lower case. */
  readonly endpoints?: readonly Readonly<Record<string, string>>[];
  readonly stsRegion?: string;
  readonly useDualstackEndpoint?: boolean;
  readonly useFipsEndpoint?: boolean;
}

interface AssumedRole {
  readonly roleArn?: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  readonly policy?: string;
  readonly policyArns?: readonly string[];
  readonly sourceIdentity?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
}

interface WebIdentityRole {
  readonly roleArn?: string;
  readonly sessionName?: string;
  readonly policy?: string;
  readonly policyArns?: readonly string[];
  readonly webIdentityToken?: string;
  readonly webIdentityTokenFile?: string;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** Of a resource's properties; none in the state of a cluster that the environment's settings manage. */
export function settingsIn(properties: Properties): AwsSettings {
  return revealed(properties["aws"]) ?? {};
}

const defaultSessionName = "pulumi-kops-karpenter";
/** Throttling and failures of the service pass; the end of a cluster is worth waiting for them. */
const maxAttempts = 10;
/** A connection that died without a word is given up and made again: the SDK would wait for ever. */
const requestHandler = { connectionTimeout: 10_000, requestTimeout: 60_000, throwOnRequestTimeout: true };

export async function ec2Client(region: string, settings: AwsSettings): Promise<EC2Client> {
  // Loaded when a cluster goes, not when the plugin starts.
  const { EC2Client } = await import("@aws-sdk/client-ec2");
  return new EC2Client({ ...common(settings, "ec2"), ...access(settings, region), region });
}

export async function autoScalingClient(region: string, settings: AwsSettings): Promise<AutoScalingClient> {
  const { AutoScalingClient } = await import("@aws-sdk/client-auto-scaling");
  return new AutoScalingClient({ ...common(settings, "autoscaling"), ...access(settings, region), region });
}

export async function s3Client(region: string, settings: AwsSettings): Promise<S3Client> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const place = { region, followRegionRedirects: true, forcePathStyle: true };
  return new S3Client({ ...common(settings, "s3"), ...access(settings, region), ...place });
}

/** Id of the account that calls are made in. */
export async function callerAccount(
  region: string,
  settings: AwsSettings,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const { GetCallerIdentityCommand, STSClient } = await import("@aws-sdk/client-sts");
  const place = { region: settings.stsRegion ?? region };
  const client = new STSClient({ ...common(settings, "sts"), ...access(settings, region), ...place });
  return (await client.send(new GetCallerIdentityCommand({}), { abortSignal })).Account;
}

function common(settings: AwsSettings, service: string) {
  const endpoint = (settings.endpoints ?? []).flatMap((endpoints) => endpoints[service] ?? []).at(-1);
  const { useDualstackEndpoint, useFipsEndpoint } = settings;
  return {
    maxAttempts,
    requestHandler,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(useDualstackEndpoint === undefined ? {} : { useDualstackEndpoint }),
    ...(useFipsEndpoint === undefined ? {} : { useFipsEndpoint }),
  };
}

/** The SDK asks again when what it got has expired. */
function access(settings: AwsSettings, region: string) {
  const { assumeRoles = [], assumeRoleWithWebIdentity } = settings;
  return assumeRoles.length === 0 && assumeRoleWithWebIdentity === undefined
    ? caller(settings)
    : { credentials: () => assumed(settings, settings.stsRegion ?? region) };
}

/** Who calls before any role is assumed. */
function caller({ profile, accessKey, secretKey, token }: AwsSettings) {
  if (accessKey !== undefined && secretKey !== undefined) {
    const keys: Keys = { accessKeyId: accessKey, secretAccessKey: secretKey };
    return { credentials: token === undefined ? keys : { ...keys, sessionToken: token } };
  }
  return profile === undefined ? {} : { profile };
}

/** Each role is assumed with what the one before it gave. */
async function assumed(settings: AwsSettings, region: string): Promise<Keys> {
  const { AssumeRoleCommand, STSClient } = await import("@aws-sdk/client-sts");
  const { assumeRoles = [], assumeRoleWithWebIdentity: webIdentity } = settings;
  const client = (credentials: { readonly credentials?: Keys; readonly profile?: string }): STSClient =>
    new STSClient({ ...common(settings, "sts"), ...credentials, region });
  let keys = webIdentity === undefined ? undefined : await assumedWithToken(client({}), webIdentity);
  for (const role of assumeRoles) {
    const by = keys === undefined ? caller(settings) : { credentials: keys };
    const { Credentials } = await client(by).send(new AssumeRoleCommand(request(role)));
    keys = found(Credentials, role.roleArn);
  }
  return keys ?? found(undefined, undefined);
}

function request(role: AssumedRole): AssumeRoleCommandInput {
  const { externalId, policy, policyArns, sourceIdentity, tags, transitiveTagKeys } = role;
  return {
    RoleArn: role.roleArn ?? "",
    RoleSessionName: role.sessionName ?? defaultSessionName,
    ExternalId: externalId,
    Policy: policy,
    PolicyArns: policyArns?.map((arn) => ({ arn })),
    SourceIdentity: sourceIdentity,
    Tags: tags === undefined ? undefined : Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    TransitiveTagKeys: transitiveTagKeys === undefined ? undefined : [...transitiveTagKeys],
  };
}

async function assumedWithToken(client: STSClient, role: WebIdentityRole): Promise<Keys> {
  const { AssumeRoleWithWebIdentityCommand } = await import("@aws-sdk/client-sts");
  const { readFile } = await import("node:fs/promises");
  const file = role.webIdentityTokenFile;
  const command = new AssumeRoleWithWebIdentityCommand({
    RoleArn: role.roleArn ?? "",
    RoleSessionName: role.sessionName ?? defaultSessionName,
    Policy: role.policy,
    PolicyArns: role.policyArns?.map((arn) => ({ arn })),
    WebIdentityToken: file === undefined ? (role.webIdentityToken ?? "") : (await readFile(file, "utf8")).trim(),
  });
  return found((await client.send(command)).Credentials, role.roleArn);
}

function found(credentials: Credentials | undefined, roleArn: string | undefined): Keys {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw new Error(`STS gave no credentials for the role ${roleArn ?? "without an ARN"}`);
  }
  const keys: Keys = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return Expiration === undefined ? keys : { ...keys, expiration: Expiration };
}
