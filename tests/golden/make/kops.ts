/** Runs kOps in the world of the goldens, and reads what it made. */
import { subnetArguments } from "../../support/subnetArguments";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { parseAllDocuments, stringify } from "yaml";
import type { Case } from "./cases";
import { KOPS_MIRROR, OBJECT_STORE, type World } from "./world";

export const CLUSTER = "c.example.com";
export const STATE_BUCKET = "kops-state";
export const DISCOVERY_BUCKET = "kops-discovery";
const STORE_KEYS = { accessKeyId: "golden", secretAccessKey: "golden-secret" };
export const STORE_ACCESS = { endpoint: OBJECT_STORE, region: "us-east-1", ...STORE_KEYS };
const REGION = "us-east-1";

export function hasSimulatedStores(each: Case): boolean {
  return each.simulatedStores !== false;
}

export function stateStore(each: Case): string {
  return `s3://${[STATE_BUCKET, each.statePrefix].filter((part) => part !== undefined).join("/")}`;
}

/** The arguments of `kops create cluster`. The type of the control plane is given: moto's price list confuses the default choice. */
export function createArguments(each: Case): string[] {
  return [
    "--cloud=aws",
    ...(each.args.some((arg) => arg.startsWith("--instance-manager")) ? [] : ["--instance-manager=karpenter"]),
    "--channel=stable",
    `--discovery-store=s3://${DISCOVERY_BUCKET}`,
    ...(each.args.some((arg) => arg.startsWith("--control-plane-size")) ? [] : ["--control-plane-size=t3.medium"]),
    ...subnetArguments(each.inputs),
    ...each.args,
  ];
}

export class Kops {
  constructor(
    private readonly program: string,
    private readonly world: World,
    private readonly each: Case,
    private readonly scratch: string,
    /** Ids of what kOps is to find in AWS, by what the case calls them. */
    private readonly ids: ReadonlyMap<string, string>,
  ) {}

  /** Not by `create` without --yes: its dry run asks for warm pools of groups that are not there, which moto cannot answer. */
  async create(): Promise<void> {
    const args = ["create", "cluster", ...createArguments(this.each), ...this.sshPublicKey()];
    if (this.each.edit === undefined) {
      await this.run([...args, "--yes"]);
      return;
    }
    const documents = parseAllDocuments(await this.run([...args, "--dry-run", "--output=yaml"])).map(
      (document) => document.toJS() as Parameters<NonNullable<Case["edit"]>>[0][number],
    );
    this.each.edit(documents);
    const manifest = path.join(this.scratch, "manifest.yaml");
    // Sorted, so that no text block comes last: kOps cuts the line end where a document ends.
    let text = documents.map((document) => stringify(document, { sortMapEntries: true })).join("---\n");
    for (const [alias, id] of this.ids) text = text.replaceAll(alias, id);
    fs.writeFileSync(manifest, text);
    await this.run(["create", "-f", manifest]);
    if (this.each.sshPublicKey !== undefined) await this.run(["create", "sshpublickey", ...this.sshPublicKey()]);
    if (this.each.encryptionConfig !== undefined) await this.createEncryption(this.each.encryptionConfig);
  }

  private async createEncryption(text: string): Promise<void> {
    const file = path.join(this.scratch, "encryption.yaml");
    fs.writeFileSync(file, text);
    await this.run(["create", "secret", "encryptionconfig", `--filename=${file}`]);
  }

  private sshPublicKey(): string[] {
    if (this.each.sshPublicKey === undefined) return [];
    const file = path.join(this.scratch, "id.pub");
    fs.writeFileSync(file, this.each.sshPublicKey);
    return ["--ssh-public-key", file];
  }

  /** Changes what there is to change; the second time it also knows the load balancer's addresses. */
  async update(): Promise<void> {
    await this.run(["update", "cluster", "--yes"]);
    await this.run(["update", "cluster", "--yes"]);
  }

  /** And tells the nodes of it. */
  async changeKeys(): Promise<void> {
    for (const command of this.each.keypairs ?? []) await this.run(command);
    await this.run(["update", "cluster", "--yes"]);
  }

  dryRun(): Promise<string> {
    return this.run(["update", "cluster"]);
  }

  private run(args: readonly string[]): Promise<string> {
    const child = spawn(this.program, [...args, `--name=${CLUSTER}`, `--state=${stateStore(this.each)}`], {
      env: this.environment(),
      stdio: ["ignore", "pipe", "pipe"],
      // kOps retries for ever where nobody answers as it expects.
      timeout: 60_000,
    });
    const out: Buffer[] = [];
    const log: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => out.push(data));
    child.stderr.on("data", (data: Buffer) => log.push(data));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        if (code === 0) resolve(Buffer.concat(out).toString());
        else reject(new Error(`kops ${args.join(" ")}: exit code ${code ?? "?"}\n${Buffer.concat(log).toString()}`));
      });
    });
  }

  private environment(): NodeJS.ProcessEnv {
    const { intercept } = this.world;
    const stores = {
      S3_ENDPOINT: OBJECT_STORE,
      S3_REGION: REGION,
      S3_ACCESS_KEY_ID: STORE_KEYS.accessKeyId,
      S3_SECRET_ACCESS_KEY: STORE_KEYS.secretAccessKey,
      KOPS_BASE_URL: KOPS_MIRROR,
    };
    return {
      PATH: process.env["PATH"],
      HOME: this.scratch,
      HTTPS_PROXY: intercept.proxyUrl,
      HTTP_PROXY: intercept.proxyUrl,
      SSL_CERT_FILE: intercept.authorityFile,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: "golden",
      AWS_SECRET_ACCESS_KEY: "golden-secret",
      AWS_EC2_METADATA_DISABLED: "true",
      // Without KOPS_BASE_URL kOps asks the registries for each image's digest (kops v1.36.2 pkg/assets/builder.go:280),
      // and goes on without it where they do not answer, as here: only much later.
      ...(hasSimulatedStores(this.each) ? stores : { KOPS_FEATURE_FLAGS: "-ImageDigest" }),
    };
  }
}

/** Settings of our own AWS clients. A copy of the keys: the SDK writes into what it is given. */
export function clientSettings(world: World) {
  return { endpoint: world.awsUrl, region: REGION, credentials: { ...STORE_KEYS } };
}

export function storeClient(world: World): S3Client {
  return new S3Client({ ...clientSettings(world), forcePathStyle: true });
}

/** Every object below a prefix, by the rest of its key, sorted. */
export async function download(client: S3Client, bucket: string, prefix: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const listing = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1000 }));
  for (const { Key } of listing.Contents ?? []) {
    if (Key === undefined) continue;
    const object = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    files.set(Key.slice(prefix.length), Buffer.from((await object.Body?.transformToByteArray()) ?? []));
  }
  return files;
}
