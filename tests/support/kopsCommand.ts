/** Real kOps on a local cloud. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { type LocalCloud, variable } from "./localCloud";

export interface KopsStores {
  /** `s3://bucket[/prefix]` */
  readonly state: string;
  readonly discovery: string;
}

interface Keypair {
  readonly id: string;
  readonly distrustTimestamp?: string;
  readonly isPrimary?: boolean;
  readonly subject: string;
}

export class KopsError extends Error {}

export class KopsCommand {
  constructor(
    private readonly cloud: LocalCloud,
    readonly cluster: string,
    readonly stores: KopsStores,
    private readonly timeoutMilliseconds = 300_000,
  ) {}

  /** Standard output of a command on the cluster; fails with kOps's own words. */
  run(...args: readonly string[]): Promise<string> {
    const named = [...args, `--name=${this.cluster}`];
    // kOps writes the kubeconfig to its home folder unless told otherwise.
    const env = { ...this.cloud.env, KOPS_STATE_STORE: this.stores.state, HOME: this.cloud.dir };
    const child = spawn("kops", named, { env, stdio: ["ignore", "pipe", "pipe"], timeout: this.timeoutMilliseconds });
    const out: Buffer[] = [];
    const log: Buffer[] = [];
    child.stdout.on("data", (data: Buffer) => out.push(data));
    child.stderr.on("data", (data: Buffer) => log.push(data));
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        if (code === 0) resolve(Buffer.concat(out).toString());
        else
          reject(
            new KopsError(
              `kops ${named.join(" ")}: exit code ${code ?? "none"}\n${Buffer.concat([...out, ...log]).toString()}`,
            ),
          );
      });
    });
  }

  /** Makes the cluster as kOps would, with arguments of `kops create cluster`. */
  async create(args: readonly string[]): Promise<void> {
    const fixed = ["--cloud=aws", "--instance-manager=karpenter", `--channel=${this.channel()}`];
    await this.run("create", "cluster", ...fixed, `--discovery-store=${this.stores.discovery}`, ...args, "--yes");
  }

  /** What an update would do. */
  async dryRun(): Promise<string> {
    return this.run("update", "cluster");
  }

  /** The keys of a keyset, oldest first: subject, and whether it is the primary one or distrusted. */
  async keypairs(name: string): Promise<readonly string[]> {
    const list = JSON.parse(await this.run("get", "keypairs", name, "--distrusted", "--output=json")) as Keypair[];
    return [...list]
      .sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1))
      .map(({ subject, isPrimary, distrustTimestamp }) =>
        [
          subject,
          ...(isPrimary === true ? ["primary"] : []),
          ...(distrustTimestamp === undefined ? [] : ["distrusted"]),
        ].join(" "),
      );
  }

  private channel(): string {
    const file = variable(this.cloud, "KOPS_CHANNEL_FILE");
    if (!existsSync(file.replace(/^file:\/\//, ""))) throw new Error(`${file} does not exist`);
    return file;
  }
}
