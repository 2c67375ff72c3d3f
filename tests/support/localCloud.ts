/** A simulated AWS of a test's own, started and ended by the command that users have. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const repository = resolve(__dirname, "../..");
const command = join(repository, "localcloud", "localcloud");

export interface LocalCloud {
  readonly dir: string;
  /** The variables of DIR/env over those of this process. */
  readonly env: Readonly<Record<string, string>>;
  end(): void;
}

/** `machines`: instances boot, so that clusters get API servers and nodes. */
export function startLocalCloud(options: { readonly machines?: boolean } = {}): LocalCloud {
  const dir = mkdtempSync(join(tmpdir(), "kops-tier-"));
  const machines = options.machines === true ? "--machines" : "--no-machines";
  execFileSync(command, ["up", "--dir", dir, machines], { stdio: ["ignore", "ignore", "inherit"] });
  return {
    dir,
    env: readEnvironment(join(dir, "env")),
    end: () => {
      execFileSync(command, ["down", "--dir", dir], { stdio: "ignore" });
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function readEnvironment(file: string): Record<string, string> {
  const printed = execFileSync("sh", ["-c", '. "$1" && env -0', "sh", file], { encoding: "utf8" });
  const pairs = printed.split("\0").filter((pair) => pair.includes("="));
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]));
}

/** A variable that the local cloud must have set. */
export function variable(cloud: LocalCloud, name: string): string {
  const value = cloud.env[name];
  if (value === undefined) throw new Error(`${cloud.dir}/env does not set ${name}`);
  return value;
}

export interface AwsSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** How a client of AWS's SDK gets to the simulated AWS; one of S3 needs `forcePathStyle` beside it. */
export function awsSettings(cloud: LocalCloud): AwsSettings {
  return {
    endpoint: variable(cloud, "AWS_ENDPOINT_URL"),
    region: variable(cloud, "AWS_REGION"),
    credentials: {
      accessKeyId: variable(cloud, "AWS_ACCESS_KEY_ID"),
      secretAccessKey: variable(cloud, "AWS_SECRET_ACCESS_KEY"),
    },
  };
}

/** The input stateStoreAccess, for the local cloud's buckets. */
export function storeAccess(cloud: LocalCloud) {
  return {
    endpoint: variable(cloud, "S3_ENDPOINT"),
    region: variable(cloud, "S3_REGION"),
    accessKeyId: variable(cloud, "S3_ACCESS_KEY_ID"),
    secretAccessKey: variable(cloud, "S3_SECRET_ACCESS_KEY"),
  };
}
