/**
 * What IAM checks when a call is made: usually the action of the call's name, sometimes another or several more. From
 * AWS's service authorization reference, for the calls that are made here.
 */
import type { RecordedCall, Tags } from "./calls";
import { launchAuthorizations } from "./launches";

export interface Authorization {
  readonly action: string;
  /** Any that the action can be about, if omitted. */
  readonly resource?: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export const account = "123456789012";

export function authorizations(call: RecordedCall): Authorization[] {
  const context = { "aws:RequestedRegion": call.region };
  switch (call.service) {
    case "ec2":
      return ec2(call);
    case "s3":
      // The evaluator does not know yet that a bucket has these, too.
      return call.params["resourceArn"] === undefined ? [s3(call)] : alone(call);
    case "iam":
      return [...alone(call, iamResource(call)), ...tagging(call, iamTagActions[call.operation]), ...passing(call)];
    case "ssm":
      return alone(call, parameter(call));
    case "sqs":
      return [
        ...alone(call, queue(call)),
        ...tagging(call, call.operation === "CreateQueue" ? "sqs:TagQueue" : undefined),
      ];
    case "events":
      return [...alone(call), ...tagging(call, call.operation === "PutRule" ? "events:TagResource" : undefined)];
    case "elasticloadbalancing":
      return [
        ...alone(call),
        ...tagging(call, call.operation.startsWith("Create") ? "elasticloadbalancing:AddTags" : undefined),
      ];
    case "autoscaling":
      return [...alone(call), ...scaling(call, context)];
    default:
      return alone(call);
  }
}

/** Services that sign by another name than that of their actions. */
const prefixes: Readonly<Record<string, string>> = { tagging: "tag" };

function alone(call: RecordedCall, resource?: string): Authorization[] {
  const context = { "aws:RequestedRegion": call.region };
  return [
    {
      action: `${prefixes[call.service] ?? call.service}:${call.operation}`,
      context,
      ...(resource === undefined ? {} : { resource }),
    },
  ];
}

/** A call that makes something with tags needs the right to tag as well. */
function tagging(call: RecordedCall, action: string | undefined): Authorization[] {
  const isTagged = Object.keys(call.params).some((name) => /^(Tags|tags)\./.test(name));
  return action === undefined || !isTagged ? [] : [{ action, context: { "aws:RequestedRegion": call.region } }];
}

const iamTagActions: Readonly<Record<string, string>> = {
  CreateRole: "iam:TagRole",
  CreateInstanceProfile: "iam:TagInstanceProfile",
  CreateOpenIDConnectProvider: "iam:TagOpenIDConnectProvider",
};

function iamResource({ operation, params }: RecordedCall): string | undefined {
  const name = params["InstanceProfileName"];
  return operation === "GetInstanceProfile" && name !== undefined
    ? `arn:aws:iam::${account}:instance-profile/${name}`
    : undefined;
}

function passing({ operation, params, region }: RecordedCall): Authorization[] {
  if (operation !== "AddRoleToInstanceProfile") return [];
  const resource = `arn:aws:iam::${account}:role/${params["RoleName"] ?? ""}`;
  return [{ action: "iam:PassRole", resource, context: { "aws:RequestedRegion": region } }];
}

/** A group starts instances with the rights of who gave it its launch template. */
function scaling({ operation, params }: RecordedCall, context: Authorization["context"]): Authorization[] {
  if (operation !== "CreateAutoScalingGroup" && operation !== "UpdateAutoScalingGroup") return [];
  const names = Object.keys(params);
  const starts = names.some((name) => name.startsWith("LaunchTemplate."));
  const tags = names.some((name) => name.startsWith("Tags."));
  return [
    ...(starts ? ["ec2:RunInstances", "ec2:CreateTags", "iam:PassRole"] : []),
    ...(tags ? ["autoscaling:CreateOrUpdateTags"] : []),
  ].map((action) => ({ action, context }));
}

/** A public parameter is nobody's. */
function parameter({ params, region }: RecordedCall): string | undefined {
  const name = params["Name"]?.replace(/^\//, "");
  if (name === undefined) return undefined;
  return `arn:aws:ssm:${region}:${name.startsWith("aws/service/") ? "" : account}:parameter/${name}`;
}

function queue({ params, region }: RecordedCall): string | undefined {
  const name = params["QueueName"] ?? params["QueueUrl"]?.split("/").at(-1);
  return name === undefined ? undefined : `arn:aws:sqs:${region}:${account}:${name}`;
}

/** Operations of S3 whose action has another name. */
const s3Actions: Readonly<Record<string, string>> = {
  HeadBucket: "ListBucket",
  ListObjects: "ListBucket",
  ListObjectsV2: "ListBucket",
  ListObjectVersions: "ListBucketVersions",
  HeadObject: "GetObject",
  DeleteObjects: "DeleteObject",
  GetBucketEncryption: "GetEncryptionConfiguration",
  PutBucketEncryption: "PutEncryptionConfiguration",
  DeleteBucketEncryption: "PutEncryptionConfiguration",
  GetPublicAccessBlock: "GetBucketPublicAccessBlock",
  PutPublicAccessBlock: "PutBucketPublicAccessBlock",
  DeletePublicAccessBlock: "PutBucketPublicAccessBlock",
  DeleteBucketTagging: "PutBucketTagging",
  GetBucketAccelerateConfiguration: "GetAccelerateConfiguration",
  GetBucketLifecycle: "GetLifecycleConfiguration",
  GetBucketLifecycleConfiguration: "GetLifecycleConfiguration",
  GetBucketReplication: "GetReplicationConfiguration",
  GetObjectLockConfiguration: "GetBucketObjectLockConfiguration",
};

function s3({ operation, params, region }: RecordedCall): Authorization {
  const { Bucket = "", Key, versionId } = params;
  const name = s3Actions[operation] ?? operation;
  const action = versionId !== undefined && /^(Get|Delete)Object$/.test(name) ? `${name}Version` : name;
  const isOfObject = Key !== undefined || operation === "DeleteObjects";
  const resource = `arn:aws:s3:::${Bucket}${isOfObject ? `/${Key ?? "*"}` : ""}`;
  return { action: `s3:${action}`, resource, context: { "aws:RequestedRegion": region } };
}

function ec2(call: RecordedCall): Authorization[] {
  switch (call.operation) {
    case "CreateFleet":
    case "RunInstances":
      return launchAuthorizations(call);
    case "CreateTags":
    case "DeleteTags":
    case "TerminateInstances":
    case "DeleteLaunchTemplate":
      return Object.entries(call.resources).map(([id, { tags }]) => ({
        action: `ec2:${call.operation}`,
        resource: ec2Arn(call.region, id),
        context: contextOf(call, { requested: listedTags(call.params, "Tag."), existing: tags }),
      }));
    default:
      return creation(call);
  }
}

function creation(call: RecordedCall): Authorization[] {
  const action = `ec2:${call.operation}`;
  const specified = specifiedTags(call.params);
  const [[kind, requested] = []] = Object.entries(specified);
  if (kind === undefined || requested === undefined) return [{ action, context: contextOf(call, {}) }];
  const resource = newArn(call.region, kind);
  const context = contextOf(call, { requested });
  const isAboutIt = ["CreateLaunchTemplate", "CreateVolume"].includes(call.operation);
  return [
    { action, context, ...(isAboutIt ? { resource } : {}) },
    { action: "ec2:CreateTags", resource, context: { ...context, "ec2:CreateAction": call.operation } },
  ];
}

const kinds: Readonly<Record<string, string>> = {
  i: "instance",
  lt: "launch-template",
  vol: "volume",
  sg: "security-group",
  subnet: "subnet",
  eni: "network-interface",
  vpc: "vpc",
  igw: "internet-gateway",
  rtb: "route-table",
  nat: "natgateway",
  eipalloc: "elastic-ip",
  dopt: "dhcp-options",
  sgr: "security-group-rule",
  key: "key-pair",
};

export function ec2Arn(region: string, id: string): string {
  const prefix = id.split("-")[0] ?? "";
  if (prefix === "ami") return `arn:aws:ec2:${region}::image/${id}`;
  const kind = kinds[prefix];
  if (kind === undefined) throw new Error(`${id}: not known what that is`);
  return `arn:aws:ec2:${region}:${account}:${kind}/${id}`;
}

/** What a call is about to make. */
export function newArn(region: string, kind: string): string {
  return `arn:aws:ec2:${region}:${account}:${kind}/new-0123456789abcdef0`;
}

export function contextOf(
  { region }: Pick<RecordedCall, "region">,
  { requested = {}, existing = {} }: { readonly requested?: Tags; readonly existing?: Tags },
): Record<string, string | readonly string[]> {
  const keys = Object.keys(requested);
  const under = (name: string, tags: Tags) =>
    Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:${name}/${key}`, value]));
  return {
    "aws:RequestedRegion": region,
    ...under("RequestTag", requested),
    ...under("ResourceTag", existing),
    ...(keys.length === 0 ? {} : { "aws:TagKeys": keys }),
  };
}

/** `Tag.1.Key` and `Tag.1.Value` below a prefix. */
export function listedTags(params: RecordedCall["params"], prefix: string): Tags {
  const keys = Object.entries(params).filter(([name]) => name.startsWith(prefix) && name.endsWith(".Key"));
  return Object.fromEntries(keys.map(([name, key]) => [key, params[name.replace(/\.Key$/, ".Value")] ?? ""]));
}

/** The tags that a call asks for, by the kind of what it makes. */
export function specifiedTags(params: RecordedCall["params"]): Readonly<Record<string, Tags>> {
  const specifications = Object.entries(params).filter(([name]) => /^TagSpecification\.\d+\.ResourceType$/.test(name));
  return Object.fromEntries(
    specifications.map(([name, kind]) => [kind, listedTags(params, name.replace(/ResourceType$/, "Tag."))]),
  );
}
