import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { requestHandler } from "./cloud";
import type { Surroundings } from "./machine";

/** A cluster's folder of a state store: `base` is `s3://bucket/prefix`, names are those of objects below it. */
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
    return (await this.readBytes(base, name)).toString();
  }

  async readBytes(base: string, name: string): Promise<Buffer> {
    const found = await this.client.send(new GetObjectCommand(place(base, name)));
    return Buffer.from((await found.Body?.transformToByteArray()) ?? []);
  }

  async write(base: string, name: string, content: string | Buffer): Promise<void> {
    await this.client.send(new PutObjectCommand({ ...place(base, name), Body: content }));
  }

  async remove(base: string, name: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(place(base, name)));
  }

  /** The first thousand: an etcd cluster has few. */
  async list(base: string, folder: string): Promise<string[]> {
    const { Bucket, Key } = place(base, folder);
    const { Contents = [] } = await this.client.send(new ListObjectsV2Command({ Bucket, Prefix: `${Key}/` }));
    const skipped = Key.length - folder.length;
    return Contents.map((object) => (object.Key ?? "").slice(skipped)).sort();
  }
}

function place(base: string, name: string): { readonly Bucket: string; readonly Key: string } {
  const url = new URL(base);
  return { Bucket: url.host, Key: `${url.pathname.slice(1)}/${name}` };
}
