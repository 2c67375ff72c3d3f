import { CreateBucketCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { inventory } from "./inventory";
import { awsSettings, type LocalCloud } from "./localCloud";

/** Buckets in a local cloud, for clusters that are given theirs. */
export async function makeBuckets(cloud: LocalCloud, names: readonly string[]): Promise<void> {
  const client = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
  for (const Bucket of names) await client.send(new CreateBucketCommand({ Bucket }));
}

/** The state store that the component created. */
export async function stateBucket(cloud: LocalCloud): Promise<string> {
  const { buckets = [] } = await inventory(cloud);
  return buckets.find((name) => name.includes("-state-"))!;
}

/** All objects in the stores, each with its hash. */
export async function objects(cloud: LocalCloud): Promise<readonly string[]> {
  const client = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  const listed = await Promise.all(
    Buckets.map(async ({ Name }) => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: Name }));
      return Contents.map(({ Key, ETag }) => `${String(Name)}/${String(Key)} ${String(ETag)}`);
    }),
  );
  return listed.flat().sort();
}
