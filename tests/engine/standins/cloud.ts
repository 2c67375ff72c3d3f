import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const repository = path.resolve(__dirname, "../../..");
const command = path.join(repository, "localcloud", "localcloud");

export interface Cloud {
  readonly dir: string;
  /** The variables of the cloud's env file, over the process's own. */
  readonly env: Record<string, string>;
  readonly end: () => void;
}

/** Starts a local cloud of the test's own and reads its env file with a shell, as a user would. */
export function startCloud(): Cloud {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "localcloud-test-"));
  execFileSync(command, ["up", "--dir", dir, "--no-machines"], { stdio: ["ignore", "ignore", "inherit"] });
  const printed = execFileSync("sh", ["-c", `. '${dir}/env' && env -0`], { encoding: "utf8" });
  const pairs = printed.split("\0").filter((line) => line.includes("="));
  const env = Object.fromEntries(
    pairs.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  const end = (): void => {
    execFileSync(command, ["down", "--dir", dir], { stdio: "ignore" });
    fs.rmSync(dir, { recursive: true, force: true });
  };
  return { dir, env, end };
}
