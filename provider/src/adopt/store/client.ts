/** The state store's S3, as kOps reaches it: by its own variables where they are set, else as every program on AWS. */
import { GetObjectCommand, ListObjectsV2Command, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads alone. */
export interface StoreClient {
  /** Keys below a prefix. */
  list(bucket: string, prefix: string): Promise<readonly string[]>;
  /** The next parts of keys below a prefix, up to a slash. */
  folders(bucket: string, prefix: string): Promise<readonly string[]>;
  read(bucket: string, key: string): Promise<string>;
}

/** kops util/pkg/vfs/s3context.go:95 */
export function storeClient(environment: Environment): StoreClient {
  return new S3Store(
    new S3Client(storeSettings(environment, environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"])),
  );
}

/** Of a client for the stores, `region` being where the caller is. */
export function storeSettings(environment: Environment, region: string | undefined): S3ClientConfig {
  // A bucket may be in any region; where it is, S3 says.
  const common = { region: region ?? "us-east-1", followRegionRedirects: true };
  const endpoint = environment["S3_ENDPOINT"];
  if (endpoint === undefined || endpoint === "") {
    return environment["AWS_ENDPOINT_URL"] === undefined ? common : { ...common, forcePathStyle: true };
  }
  const [accessKeyId, secretAccessKey] = [environment["S3_ACCESS_KEY_ID"], environment["S3_SECRET_ACCESS_KEY"]];
  return {
    ...common,
    endpoint,
    forcePathStyle: true,
    region: environment["S3_REGION"] ?? common.region,
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
  };
}

class S3Store implements StoreClient {
  constructor(private readonly client: S3Client) {}

  async list(bucket: string, prefix: string): Promise<readonly string[]> {
    return (await this.pages(bucket, prefix)).flatMap(({ keys }) => keys);
  }

  async folders(bucket: string, prefix: string): Promise<readonly string[]> {
    return (await this.pages(bucket, prefix, "/")).flatMap(({ folders }) => folders);
  }

  async read(bucket: string, key: string): Promise<string> {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? "";
  }

  private async pages(bucket: string, prefix: string, delimiter?: string) {
    const pages: { readonly keys: readonly string[]; readonly folders: readonly string[] }[] = [];
    for (let token: string | undefined, last = false; !last;) {
      const page = await this.client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          ...(delimiter === undefined ? {} : { Delimiter: delimiter }),
          ...(token === undefined ? {} : { ContinuationToken: token }),
        }),
      );
      pages.push({
        keys: (page.Contents ?? []).flatMap(({ Key }) => Key ?? []),
        folders: (page.CommonPrefixes ?? []).flatMap(({ Prefix }) => Prefix ?? []),
      });
      token = page.NextContinuationToken;
      last = token === undefined;
    }
    return pages;
  }
}
