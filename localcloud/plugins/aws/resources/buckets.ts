import { randomBytes } from "node:crypto";
import type { BucketLocationConstraint } from "@aws-sdk/client-s3";
import type { Bucket, BucketArgs } from "@pulumi/aws/s3/bucket";
import type { BucketAcl, BucketAclArgs } from "@pulumi/aws/s3/bucketAcl";
import type { BucketOwnershipControls, BucketOwnershipControlsArgs } from "@pulumi/aws/s3/bucketOwnershipControls";
import type { BucketPolicy, BucketPolicyArgs } from "@pulumi/aws/s3/bucketPolicy";
import type { BucketPublicAccessBlock, BucketPublicAccessBlockArgs } from "@pulumi/aws/s3/bucketPublicAccessBlock";
import type {
  BucketServerSideEncryptionConfiguration,
  BucketServerSideEncryptionConfigurationArgs,
} from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration";
import type { BucketVersioning, BucketVersioningArgs } from "@pulumi/aws/s3/bucketVersioning";
import { json, object, type Plain, replace, required, type ResourceType, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { pairs, tagMap, type Tags } from "../tags";
import { policyText } from "./iam";

async function setTags(aws: Aws, Bucket: string, tags: Tags | undefined): Promise<void> {
  if (tags === undefined || Object.keys(tags).length === 0) await aws.s3.deleteBucketTagging({ Bucket });
  else await aws.s3.putBucketTagging({ Bucket, Tagging: { TagSet: pairs(tags) } });
}

/** Every version and delete marker, and then the bucket can go. */
async function emptyBucket(aws: Aws, Bucket: string): Promise<void> {
  for (;;) {
    const page = await aws.s3.listObjectVersions({ Bucket });
    const all = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    if (all.length === 0) return;
    const Objects = all.map(({ Key, VersionId }) => ({ Key: Key ?? "", VersionId }));
    const failed = (await aws.s3.deleteObjects({ Bucket, Delete: { Objects, Quiet: true } })).Errors?.[0];
    if (failed !== undefined) throw new Error(`s3 DeleteObjects: ${failed.Code}: ${failed.Key}: ${failed.Message}`);
  }
}

const bucket = awsType<BucketArgs, Bucket>({
  inputs: {
    bucket: replace,
    forceDestroy: update,
    objectLockEnabled: replace,
    tags: update,
    accelerationStatus: unsupported,
    acl: unsupported,
    bucketNamespace: unsupported,
    bucketPrefix: replace,
    corsRules: unsupported,
    grants: unsupported,
    lifecycleRules: unsupported,
    logging: unsupported,
    objectLockConfiguration: unsupported,
    policy: unsupported,
    region: replace,
    replicationConfiguration: unsupported,
    requestPayer: unsupported,
    serverSideEncryptionConfiguration: unsupported,
    versioning: unsupported,
    website: unsupported,
  },
  naming: { property: "bucket", maxLength: 63, lowerCase: true },
  defaults: { forceDestroy: false },
  create: async (aws, inputs, created) => {
    // The real provider completes a prefix with a time stamp and a counter; what counts is that it is new.
    const Bucket = inputs.bucket ?? `${sure(inputs.bucketPrefix, "a bucket name")}${randomBytes(8).toString("hex")}`;
    // In us-east-1 creating a bucket that one owns already succeeds, and would adopt somebody else's bucket.
    const exists = await found(aws.s3.headBucket({ Bucket }));
    if (exists !== undefined)
      throw new Error(`s3 CreateBucket: BucketAlreadyOwnedByYou: the bucket ${Bucket} exists already`);
    const elsewhere =
      aws.region === "us-east-1"
        ? {}
        : { CreateBucketConfiguration: { LocationConstraint: aws.region as BucketLocationConstraint } };
    await aws.s3.createBucket({ Bucket, ObjectLockEnabledForBucket: inputs.objectLockEnabled, ...elsewhere });
    created(Bucket);
    if (Object.keys(inputs.tags ?? {}).length > 0) await setTags(aws, Bucket, inputs.tags);
  },
  read: async (aws, id) => {
    const head = await found(aws.s3.headBucket({ Bucket: id }));
    if (head === undefined) return undefined;
    const tags = await found(aws.s3.getBucketTagging({ Bucket: id }));
    return {
      arn: `arn:${aws.partition}:s3:::${id}`,
      bucket: id,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketRegion: aws.region,
      bucketRegionalDomainName: `${id}.s3.${aws.region}.amazonaws.com`,
      hostedZoneId: "Z3AQBSTGFYJSTF",
      tags: tagMap(tags?.TagSet),
    };
  },
  update: (aws, id, inputs) => setTags(aws, id, inputs.tags),
  remove: async (aws, id, previous) => {
    if ((await found(aws.s3.headBucket({ Bucket: id }))) === undefined) return;
    if (previous.inputs.forceDestroy === true) await emptyBucket(aws, id);
    await aws.s3.deleteBucket({ Bucket: id });
  },
});

async function putVersioning(aws: Aws, inputs: Plain<BucketVersioningArgs>): Promise<void> {
  // A bucket that never had versions is left alone: "Disabled" cannot be asked of AWS.
  const { status } = inputs.versioningConfiguration;
  if (status === "Disabled") return;
  await aws.s3.putBucketVersioning({
    Bucket: inputs.bucket,
    VersioningConfiguration: { Status: status as "Enabled" | "Suspended" },
  });
}

const bucketVersioning = awsType<BucketVersioningArgs, BucketVersioning>({
  inputs: {
    bucket: required(replace),
    versioningConfiguration: required(object(update, { mfaDelete: unsupported, status: required(update) })),
    expectedBucketOwner: unsupported,
    mfa: unsupported,
    region: replace,
  },
  create: async (aws, inputs, created) => {
    await putVersioning(aws, inputs);
    created(inputs.bucket);
  },
  read: async (aws, id) => {
    const answer = await found(aws.s3.getBucketVersioning({ Bucket: id }));
    return answer === undefined
      ? undefined
      : { bucket: id, versioningConfiguration: { status: answer.Status ?? "Disabled" } };
  },
  update: (aws, _id, inputs) => putVersioning(aws, inputs),
  remove: async (aws, id, previous) => {
    if (previous.inputs.versioningConfiguration.status !== "Enabled") return;
    await ignoreGone(aws.s3.putBucketVersioning({ Bucket: id, VersioningConfiguration: { Status: "Suspended" } }));
  },
});

async function putEncryption(aws: Aws, inputs: Plain<BucketServerSideEncryptionConfigurationArgs>): Promise<void> {
  const rules = inputs.rules.map(({ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled }) => ({
    ApplyServerSideEncryptionByDefault:
      byDefault === undefined
        ? undefined
        : { SSEAlgorithm: byDefault.sseAlgorithm as "AES256", KMSMasterKeyID: byDefault.kmsMasterKeyId },
    BucketKeyEnabled: bucketKeyEnabled,
  }));
  await aws.s3.putBucketEncryption({ Bucket: inputs.bucket, ServerSideEncryptionConfiguration: { Rules: rules } });
}

const bucketEncryption = awsType<BucketServerSideEncryptionConfigurationArgs, BucketServerSideEncryptionConfiguration>({
  inputs: {
    bucket: required(replace),
    rules: required(
      object(update, {
        applyServerSideEncryptionByDefault: object(update, { kmsMasterKeyId: update, sseAlgorithm: required(update) }),
        blockedEncryptionTypes: unsupported,
        bucketKeyEnabled: update,
      }),
    ),
    expectedBucketOwner: unsupported,
    region: replace,
  },
  create: async (aws, inputs, created) => {
    await putEncryption(aws, inputs);
    created(inputs.bucket);
  },
  read: async (aws, id) => {
    const answer = await found(aws.s3.getBucketEncryption({ Bucket: id }));
    const rules = answer?.ServerSideEncryptionConfiguration?.Rules;
    if (rules === undefined) return undefined;
    return {
      bucket: id,
      rules: rules.map((rule) => ({
        applyServerSideEncryptionByDefault: {
          sseAlgorithm: rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? "",
          ...(rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID
            ? { kmsMasterKeyId: rule.ApplyServerSideEncryptionByDefault.KMSMasterKeyID }
            : {}),
        },
        bucketKeyEnabled: rule.BucketKeyEnabled ?? false,
      })),
    };
  },
  update: (aws, _id, inputs) => putEncryption(aws, inputs),
  remove: (aws, id) => ignoreGone(aws.s3.deleteBucketEncryption({ Bucket: id })),
});

async function putAccessBlock(aws: Aws, inputs: Plain<BucketPublicAccessBlockArgs>): Promise<void> {
  await aws.s3.putPublicAccessBlock({
    Bucket: inputs.bucket,
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: inputs.blockPublicAcls ?? false,
      BlockPublicPolicy: inputs.blockPublicPolicy ?? false,
      IgnorePublicAcls: inputs.ignorePublicAcls ?? false,
      RestrictPublicBuckets: inputs.restrictPublicBuckets ?? false,
    },
  });
}

const publicAccessBlock = awsType<BucketPublicAccessBlockArgs, BucketPublicAccessBlock>({
  inputs: {
    bucket: required(replace),
    blockPublicAcls: update,
    blockPublicPolicy: update,
    ignorePublicAcls: update,
    restrictPublicBuckets: update,
    region: replace,
    skipDestroy: update,
  },
  create: async (aws, inputs, created) => {
    await putAccessBlock(aws, inputs);
    created(inputs.bucket);
  },
  read: async (aws, id) => {
    const one = (await found(aws.s3.getPublicAccessBlock({ Bucket: id })))?.PublicAccessBlockConfiguration;
    if (one === undefined) return undefined;
    return {
      bucket: id,
      blockPublicAcls: one.BlockPublicAcls ?? false,
      blockPublicPolicy: one.BlockPublicPolicy ?? false,
      ignorePublicAcls: one.IgnorePublicAcls ?? false,
      restrictPublicBuckets: one.RestrictPublicBuckets ?? false,
    };
  },
  update: (aws, _id, inputs) => putAccessBlock(aws, inputs),
  remove: async (aws, id, previous) => {
    if (previous.inputs.skipDestroy !== true) await ignoreGone(aws.s3.deletePublicAccessBlock({ Bucket: id }));
  },
});

async function putOwnership(aws: Aws, inputs: Plain<BucketOwnershipControlsArgs>): Promise<void> {
  const ObjectOwnership = inputs.rule.objectOwnership as "BucketOwnerPreferred";
  await aws.s3.putBucketOwnershipControls({
    Bucket: inputs.bucket,
    OwnershipControls: { Rules: [{ ObjectOwnership }] },
  });
}

const ownershipControls = awsType<BucketOwnershipControlsArgs, BucketOwnershipControls>({
  inputs: {
    bucket: required(replace),
    region: replace,
    rule: required(object(update, { objectOwnership: required(update) })),
  },
  create: async (aws, inputs, created) => {
    await putOwnership(aws, inputs);
    created(inputs.bucket);
  },
  read: async (aws, id) => {
    const answer = await found(aws.s3.getBucketOwnershipControls({ Bucket: id }));
    const objectOwnership = answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    return objectOwnership === undefined ? undefined : { bucket: id, rule: { objectOwnership } };
  },
  update: (aws, _id, inputs) => putOwnership(aws, inputs),
  remove: (aws, id) => ignoreGone(aws.s3.deleteBucketOwnershipControls({ Bucket: id })),
});

const bucketPolicy = awsType<BucketPolicyArgs, BucketPolicy>({
  inputs: { bucket: required(replace), policy: json(required(update)), region: replace },
  create: async (aws, inputs, created) => {
    await aws.s3.putBucketPolicy({ Bucket: inputs.bucket, Policy: policyText(inputs.policy) });
    created(inputs.bucket);
  },
  read: async (aws, id) => {
    const answer = await found(aws.s3.getBucketPolicy({ Bucket: id }));
    return answer?.Policy === undefined ? undefined : { bucket: id, policy: answer.Policy };
  },
  update: async (aws, id, inputs) => {
    await aws.s3.putBucketPolicy({ Bucket: id, Policy: policyText(inputs.policy) });
  },
  remove: (aws, id) => ignoreGone(aws.s3.deleteBucketPolicy({ Bucket: id })),
});

const bucketAcl = awsType<BucketAclArgs, BucketAcl>({
  inputs: {
    bucket: required(replace),
    acl: required(update),
    accessControlPolicy: unsupported,
    expectedBucketOwner: unsupported,
    region: replace,
  },
  create: async (aws, inputs, created) => {
    await aws.s3.putBucketAcl({ Bucket: inputs.bucket, ACL: inputs.acl as "private" });
    created(`${inputs.bucket},${inputs.acl}`);
  },
  // AWS answers with grants, not with the canned name they came from.
  read: async (aws, id) => {
    const [Bucket = "", acl] = id.split(",");
    return (await found(aws.s3.getBucketAcl({ Bucket }))) === undefined ? undefined : { bucket: Bucket, acl };
  },
  update: async (aws, _id, inputs) => {
    await aws.s3.putBucketAcl({ Bucket: inputs.bucket, ACL: inputs.acl as "private" });
  },
  // An access list goes with its bucket.
  remove: () => Promise.resolve(),
});

export const bucketTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketVersioning:BucketVersioning": bucketVersioning,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bucketEncryption,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": publicAccessBlock,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ownershipControls,
  "aws:s3/bucketPolicy:BucketPolicy": bucketPolicy,
  "aws:s3/bucketAcl:BucketAcl": bucketAcl,
};
