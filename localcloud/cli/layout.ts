import * as path from "node:path";
import * as os from "node:os";

/** The simulator's pinned version: the key of its virtual environment and of everything patches.py relies on. */
export const MOTO_VERSION = "5.2.5";
export const KOPS_VERSION = "1.36.2";
export const REGION = "us-east-1";

/** The repository: this file runs compiled, from dist/localcloud/cli, and in tests as it is. */
export const repository = path.resolve(__dirname, path.extname(__filename) === ".ts" ? "../.." : "../../..");

export function cacheDir(): string {
  return process.env["KOPS_KARPENTER_CACHE"] ?? path.join(os.homedir(), ".cache", "kops-karpenter");
}

/** Where everything of one local cloud lives. Nothing outside this folder belongs to it but its processes. */
export class Layout {
  readonly root: string;
  constructor(dir: string) {
    this.root = path.resolve(dir);
  }
  get stateFile(): string {
    return path.join(this.root, "localcloud.json");
  }
  get envFile(): string {
    return path.join(this.root, "env");
  }
  get lockFile(): string {
    return path.join(this.root, "localcloud.lock");
  }
  get logs(): string {
    return path.join(this.root, "logs");
  }
  get run(): string {
    return path.join(this.root, "run");
  }
  get pulumiState(): string {
    return path.join(this.root, "pulumi-state");
  }
  get pulumiHome(): string {
    return path.join(this.root, "pulumi-home");
  }
  /** Extra files the file server offers under /files. */
  get files(): string {
    return path.join(this.root, "files");
  }
  portFile(name: string): string {
    return path.join(this.run, `${name}.port`);
  }
  logFile(name: string): string {
    return path.join(this.logs, `${name}.log`);
  }
}

/** A problem with a known remedy: printed as one line, without a stack. */
export class Problem extends Error {}
