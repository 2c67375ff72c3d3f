/** Tools of the field for IAM policies, pinned and installed into the cache: an evaluator (npm) and a linter (PyPI). */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheDir } from "../../../localcloud/cli/layout";

export interface Evaluated {
  readonly result: "Allowed" | "ImplicitlyDenied" | "ExplicitlyDenied" | "error";
  readonly reason?: string;
  readonly resource: string;
}

/** What IAM is asked: a principal, its policies, and a request. */
export interface Question {
  readonly principal: string;
  readonly policies: readonly unknown[];
  /** The trust policy of the role that is asked for. */
  readonly trust?: unknown;
  readonly action: string;
  /** Any that the action can be about, if omitted. */
  readonly resource?: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** The evaluator's licence is the AGPL, so it runs as a program of its own and is no dependency of the package. */
export function evaluate(requests: readonly Question[]): Evaluated[] {
  const modules = installed("iam-evaluator", ["package.json", "package-lock.json"], (folder) => {
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, stdio: "pipe" });
  });
  const program = join(__dirname, "evaluate.mjs");
  const input = JSON.stringify({ requests });
  const options = { input, encoding: "utf8", maxBuffer: 1 << 28 } as const;
  return JSON.parse(execFileSync(process.execPath, [program, modules], options)) as Evaluated[];
}

export interface Finding {
  readonly issue: string;
  readonly severity: string;
  readonly detail: string;
}

/** The linter's findings for each document, by its name. */
export function lint(documents: Readonly<Record<string, unknown>>): Record<string, Finding[]> {
  const home = installed("iam-linter", ["requirements.txt"], (folder) => {
    execFileSync("python3", ["-m", "venv", folder], { stdio: "pipe" });
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"];
    execFileSync(join(folder, "bin", "python"), install, { cwd: folder, stdio: "pipe" });
  });
  const options = { input: JSON.stringify(documents), encoding: "utf8", maxBuffer: 1 << 28 } as const;
  const printed = execFileSync(join(home, "bin", "python"), [join(__dirname, "lint.py")], options);
  return JSON.parse(printed) as Record<string, Finding[]>;
}

/** A folder in the cache with these files and what `install` makes of them; one per content. */
function installed(name: string, files: readonly string[], install: (folder: string) => void): string {
  const hash = createHash("sha256").update(process.versions.node);
  for (const file of files) hash.update(readFileSync(join(__dirname, file)));
  const home = join(cacheDir(), `${name}-${hash.digest("hex").slice(0, 12)}`);
  if (existsSync(home)) return home;
  mkdirSync(cacheDir(), { recursive: true });
  const making = mkdtempSync(join(cacheDir(), `${name}-making-`));
  try {
    for (const file of files) cpSync(join(__dirname, file), join(making, file));
    install(making);
    renameSync(making, home);
  } catch (error) {
    // Another test may have made the same meanwhile.
    if (!existsSync(home)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
  }
  return home;
}
