import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { requestHandler } from "./cloud";
import type { Surroundings } from "./machine";

/** Reads a cluster's folder of a state store: `s3://bucket/prefix`. */
export class StateStore {
  private readonly client: S3Client;

  constructor(around: Surroundings) {
    this.client = new S3Client({
      endpoint: around.awsUrl,
      region: around.region,
      forcePathStyle: true,
      requestHandler,
      credentials: { accessKeyId: around.accessKeyId, secretAccessKey: around.secretAccessKey },
    });
  }

  async read(base: string, name: string): Promise<string> {
    const url = new URL(base);
    const key = `${url.pathname.slice(1)}/${name}`;
    const found = await this.client.send(new GetObjectCommand({ Bucket: url.host, Key: key }));
    return (await found.Body?.transformToString()) ?? "";
  }
}
