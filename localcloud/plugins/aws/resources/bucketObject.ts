import { createHash } from "node:crypto";
import type { ObjectCannedACL, ServerSideEncryption, StorageClass } from "@aws-sdk/client-s3";
import type { BucketObjectv2, BucketObjectv2Args } from "@pulumi/aws/s3/bucketObjectv2";
import { type Plain, replace, required, type ResourceType, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { tagMap } from "../tags";

type Inputs = Plain<BucketObjectv2Args>;

function bodyOf(inputs: Partial<Inputs>): Buffer {
  return inputs.contentBase64 !== undefined
    ? Buffer.from(inputs.contentBase64, "base64")
    : Buffer.from(inputs.content ?? "");
}

/** A bucket given as a resource arrives as its id, which is the name. */
function place(inputs: Inputs): { Bucket: string; Key: string } {
  return { Bucket: inputs.bucket as string, Key: sure(inputs.key, "an object key") };
}

async function put(aws: Aws, inputs: Inputs): Promise<void> {
  const tags = new URLSearchParams(inputs.tags ?? {}).toString();
  await aws.s3.putObject({
    ...place(inputs),
    Body: bodyOf(inputs),
    ACL: inputs.acl as ObjectCannedACL | undefined,
    BucketKeyEnabled: inputs.bucketKeyEnabled,
    CacheControl: inputs.cacheControl,
    ContentDisposition: inputs.contentDisposition,
    ContentEncoding: inputs.contentEncoding,
    ContentLanguage: inputs.contentLanguage,
    ContentType: inputs.contentType ?? "application/octet-stream",
    Metadata: inputs.metadata,
    ServerSideEncryption: inputs.serverSideEncryption as ServerSideEncryption | undefined,
    SSEKMSKeyId: inputs.kmsKeyId,
    StorageClass: inputs.storageClass as StorageClass | undefined,
    ...(tags === "" ? {} : { Tagging: tags }),
  });
}

/**
 * The content that is really there, in the form in which the program gave it, so that a refresh sees somebody's edit: better
 * than the real provider, which only compares hashes that the program gave it.
 */
async function contentNow(
  aws: Aws,
  at: { Bucket: string; Key: string },
  etag: string,
  known: Partial<Inputs>,
): Promise<{ content?: string; contentBase64?: string }> {
  if (known.content === undefined && known.contentBase64 === undefined) return {};
  if (createHash("md5").update(bodyOf(known)).digest("hex") === etag) return {};
  const bytes = Buffer.from((await (await aws.s3.getObject(at)).Body?.transformToByteArray()) ?? []);
  return known.contentBase64 !== undefined
    ? { contentBase64: bytes.toString("base64") }
    : { content: bytes.toString("utf8") };
}

const bucketObject = awsType<BucketObjectv2Args, BucketObjectv2>({
  inputs: {
    bucket: required(replace),
    key: replace,
    content: update,
    contentBase64: update,
    acl: update,
    bucketKeyEnabled: update,
    cacheControl: update,
    contentDisposition: update,
    contentEncoding: update,
    contentLanguage: update,
    contentType: update,
    etag: update,
    forceDestroy: update,
    kmsKeyId: update,
    metadata: update,
    serverSideEncryption: update,
    sourceHash: update,
    storageClass: update,
    tags: update,
    checksumAlgorithm: unsupported,
    objectLockLegalHoldStatus: unsupported,
    objectLockMode: unsupported,
    objectLockRetainUntilDate: unsupported,
    overrideProvider: unsupported,
    region: replace,
    source: unsupported,
    websiteRedirect: unsupported,
  },
  naming: { property: "key", maxLength: 1024 },
  volatile: ["etag", "versionId"],
  problems: ({ content, contentBase64 }) =>
    content !== undefined && contentBase64 !== undefined
      ? [{ property: "content", reason: "conflicts with contentBase64" }]
      : [],
  create: async (aws, inputs, created) => {
    await put(aws, inputs);
    const { Bucket, Key } = place(inputs);
    created(`${Bucket}/${Key}`);
  },
  unread: ["content", "contentBase64"],
  read: async (aws, id, known) => {
    const Bucket = known.inputs.bucket === undefined ? id.slice(0, id.indexOf("/")) : (known.inputs.bucket as string);
    const Key = known.inputs.key ?? id.slice(Bucket.length + 1);
    const head = await found(aws.s3.headObject({ Bucket, Key }));
    if (head === undefined) return undefined;
    const etag = (head.ETag ?? "").replaceAll('"', "");
    const tags =
      (head.TagCount ?? 0) > 0 || known.inputs.tags !== undefined
        ? await aws.s3.getObjectTagging({ Bucket, Key })
        : undefined;
    return {
      arn: `arn:${aws.partition}:s3:::${Bucket}/${Key}`,
      bucket: Bucket,
      key: Key,
      ...(await contentNow(aws, { Bucket, Key }, etag, known.inputs)),
      cacheControl: head.CacheControl,
      contentDisposition: head.ContentDisposition,
      contentEncoding: head.ContentEncoding,
      contentLanguage: head.ContentLanguage,
      contentType: head.ContentType,
      etag,
      metadata: head.Metadata ?? {},
      ...(head.ServerSideEncryption === undefined ? {} : { serverSideEncryption: head.ServerSideEncryption }),
      storageClass: head.StorageClass ?? "STANDARD",
      versionId: head.VersionId ?? "",
      tags: tagMap(tags?.TagSet),
    };
  },
  update: (aws, _id, inputs) => put(aws, inputs),
  remove: async (aws, _id, previous) => {
    const { Bucket, Key } = place(previous.inputs);
    if (previous.inputs.forceDestroy !== true) return ignoreGone(aws.s3.deleteObject({ Bucket, Key }));
    const versions = await found(aws.s3.listObjectVersions({ Bucket, Prefix: Key }));
    const all = [...(versions?.Versions ?? []), ...(versions?.DeleteMarkers ?? [])].filter((each) => each.Key === Key);
    for (const { VersionId } of all) await ignoreGone(aws.s3.deleteObject({ Bucket, Key, VersionId }));
  },
});

export const bucketObjectTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject,
  // The older name of the same thing has the same inputs.
  "aws:s3/bucketObject:BucketObject": bucketObject,
};
