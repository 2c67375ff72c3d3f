/** A simulated AWS for tests, started and ended by the command that users have. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lastWords } from "./machineLogs";

export const repository = resolve(__dirname, "../..");
const command = join(repository, "localcloud", "localcloud");

export interface LocalCloud {
  readonly dir: string;
  /** The variables of DIR/env over those of this process. */
  readonly env: Readonly<Record<string, string>>;
}

export interface CloudOptions {
  /** Whether instances boot, so that clusters get API servers and nodes. */
  readonly machines?: boolean;
  /** Pulumi's own plugins for aws and kubernetes in place of the stand-ins. */
  readonly realPlugins?: boolean;
  /**
   * The engine writes the state after each step, as it does for users: for suites that end one in the middle. Otherwise it
   * does so once at the end, which leaves out most of its processor time.
   */
  readonly checkpoints?: boolean;
}

export function startLocalCloud(options: CloudOptions = {}): LocalCloud & { end(): void } {
  const dir = mkdtempSync(join(tmpdir(), "kops-tier-"));
  const end = (): void => {
    execFileSync(command, ["down", "--dir", dir], { stdio: "ignore" });
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const machines = options.machines === true ? "--machines" : "--no-machines";
    const plugins = options.realPlugins === true ? ["--real-plugins"] : [];
    execFileSync(command, ["up", "--dir", dir, machines, ...plugins], { stdio: ["ignore", "ignore", "inherit"] });
    const pulumi = options.checkpoints === true ? {} : { PULUMI_SKIP_CHECKPOINTS: "true" };
    return { dir, env: { ...readEnvironment(join(dir, "env")), ...pulumi }, end };
  } catch (error) {
    end();
    throw error;
  }
}

/**
 * Gives a suite a local cloud: it starts before the hooks that follow and ends after the tests, whatever they did.
 * Hooks and tests read it; while the suite is being defined there is none yet.
 */
export function useLocalCloud(
  options: CloudOptions & {
    /** What else a suite wants in the cloud's environment. */
    readonly prepare?: (cloud: LocalCloud) => LocalCloud;
  } = {},
): LocalCloud {
  let started: ReturnType<typeof startLocalCloud> | undefined;
  let prepared: LocalCloud | undefined;

  before("start a local cloud", () => {
    started = startLocalCloud(options);
    prepared = options.prepare?.(started) ?? started;
  });
  if (options.machines === true) {
    afterEach("say what the machines said", function () {
      if (started !== undefined && this.currentTest?.state === "failed") console.log(lastWords(started.dir));
    });
  }
  after("end the local cloud", () => {
    started?.end();
  });

  const cloud = (): LocalCloud => {
    if (prepared === undefined) throw new Error("bug: there is a local cloud only while hooks and tests run");
    return prepared;
  };
  return {
    get dir() {
      return cloud().dir;
    },
    get env() {
      return cloud().env;
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
