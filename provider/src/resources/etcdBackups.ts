import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { S3Client } from "@aws-sdk/client-s3";
import type { DiffResult } from "@pulumi/pulumi/provider";
import { parseStoreUrl } from "../model/locations";
import { etcdBackupsToken } from "../model/tokens";
import { s3Client, settingsIn, type AwsSettings } from "./aws/awsSettings";
import { accepted, text, type Operation, type Properties } from "./operation/operation";
import type { Run } from "./operation/run";

/**
 * What etcd-manager writes to a state store: backups, and the mark that there has been a cluster. The engine knows none of
 * it. In a store that outlives the cluster, the mark keeps the next cluster of that name from starting: its etcd-manager
 * waits for the restore of a backup. kOps deletes all of it with the cluster as well.
 */
export const etcdBackups: Operation = {
  check: accepted,
  diff: (olds, news): DiffResult => ({ changes: !isDeepStrictEqual(olds, news) }),
  create: (inputs) => Promise.resolve({ id: text(inputs, "folder"), outs: inputs }),
  update: (_olds, news) => Promise.resolve({ outs: news }),
  delete: remove,
};

async function remove(properties: Properties, run: Run): Promise<void> {
  const folder = text(properties, "folder");
  const location = parseStoreUrl(folder);
  if (location === undefined) throw new Error(`bug: ${folder} is no folder of a store`);
  const client = await s3Client(text(properties, "region"), settingsIn(properties));
  try {
    await removeBelow(client, { Bucket: location.bucket, Prefix: `${location.prefix}/` }, folder, run);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Somebody deleted the bucket, and with it what was to be deleted.
    if (error.name === "NoSuchBucket") return;
    throw new Error(`deleting etcd's backups in ${folder}: ${error.message}`, { cause: error });
  } finally {
    client.destroy();
  }
}

/** Earlier versions of the objects stay in a bucket that keeps versions. */
async function removeBelow(
  client: S3Client,
  place: { readonly Bucket: string; readonly Prefix: string },
  folder: string,
  run: Run,
): Promise<void> {
  const { DeleteObjectsCommand, ListObjectsV2Command } = await import("@aws-sdk/client-s3");
  for (let deleted = 0; ;) {
    const { Contents = [] } = await client.send(new ListObjectsV2Command(place), { abortSignal: run.signal });
    if (Contents.length === 0) return;
    await run.stillWanted(`deleting etcd's backups in ${folder}`);
    const Objects = Contents.map(({ Key }) => ({ Key }));
    const { Errors = [] } = await client.send(
      new DeleteObjectsCommand({ Bucket: place.Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [failed] = Errors;
    if (failed !== undefined)
      throw new Error(`${failed.Key ?? "?"}: ${failed.Message ?? failed.Code ?? "not deleted"}`);
    deleted += Objects.length;
    run.report(`deleted ${String(deleted)} objects of etcd's backups in ${folder}`);
  }
}

export interface EtcdBackupsArgs {
  /** URL of the folder that etcd-manager writes to. */
  readonly folder: pulumi.Input<string>;
  readonly region: string;
  readonly aws: pulumi.Output<AwsSettings | undefined>;
}

export class EtcdBackups extends pulumi.CustomResource {
  constructor(name: string, args: EtcdBackupsArgs, options: pulumi.CustomResourceOptions) {
    super(etcdBackupsToken, name, { ...args }, options);
  }
}
