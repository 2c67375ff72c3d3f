import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { awsSettings, type LocalCloud } from "./localCloud";

/** Buckets in a local cloud, for clusters that are given theirs. */
export async function makeBuckets(cloud: LocalCloud, names: readonly string[]): Promise<void> {
  const client = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
  for (const Bucket of names) await client.send(new CreateBucketCommand({ Bucket }));
}
