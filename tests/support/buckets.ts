import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { type LocalCloud, variable } from "./localCloud";

/** Buckets in a local cloud, for clusters that are given theirs. */
export async function makeBuckets(cloud: LocalCloud, names: readonly string[]): Promise<void> {
  const client = new S3Client({
    endpoint: variable(cloud, "S3_ENDPOINT"),
    region: variable(cloud, "S3_REGION"),
    forcePathStyle: true,
    credentials: {
      accessKeyId: variable(cloud, "S3_ACCESS_KEY_ID"),
      secretAccessKey: variable(cloud, "S3_SECRET_ACCESS_KEY"),
    },
  });
  for (const Bucket of names) await client.send(new CreateBucketCommand({ Bucket }));
}
