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
