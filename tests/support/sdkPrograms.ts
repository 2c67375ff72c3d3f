/** Programs in Python and Go with the SDKs of this checkout. */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join, relative } from "node:path";
import { type LocalCloud, repository } from "./localCloud";
import { finished } from "./pulumiProject";

const MYPY_VERSION = "2.4.1";

/** What a program prints as JSON in its last line. One that fails is an error with all that it printed. */
export async function answerOf(
  { env }: LocalCloud,
  cwd: string,
  command: string,
  ...args: readonly string[]
): Promise<unknown> {
  const { code, output, stdout } = await finished(
    spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] }),
  );
  if (code !== 0) throw new Error(`${command}: exit code ${code ?? "none"}\n${output}`);
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as unknown;
}

/** Python of a virtual environment with the SDK of this checkout and mypy in it. */
export function pythonWithSdk(): string {
  const sdk = join(repository, "sdk", "python");
  const files = readdirSync(sdk, { recursive: true, encoding: "utf8" });
  return pythonWith(
    sdk,
    files.filter((name) => /\.(py|toml)$/.test(name)).map((name) => join(sdk, name)),
  );
}

/** As in a shell in which the environment is active. */
export function withPython(cloud: LocalCloud, python: string): LocalCloud {
  const path = [dirname(python), cloud.env["PATH"]].join(delimiter);
  return { ...cloud, env: { ...cloud.env, PATH: path } };
}

/** The same with any package: a folder or a wheel, whose content are `files`. One per content, in the cache. */
export function pythonWith(source: string, files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) hash.update(relative(source, file)).update(readFileSync(file));
  const cache = process.env["KOPS_KARPENTER_CACHE"] ?? join(homedir(), ".cache", "kops-karpenter");
  const home = join(cache, `python-${hash.digest("hex").slice(0, 12)}-mypy-${MYPY_VERSION}`);
  const python = join(home, "bin", "python");
  if (!existsSync(python)) {
    mkdirSync(cache, { recursive: true });
    const making = mkdtempSync(join(cache, "python-making-"));
    try {
      // setuptools writes beside what it packs.
      const copy = join(making, basename(source));
      cpSync(source, copy, { recursive: true });
      execFileSync("python3", ["-m", "venv", making], { stdio: "pipe" });
      const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
      execFileSync(join(making, "bin", "python"), [...install, copy, `mypy==${MYPY_VERSION}`], { stdio: "pipe" });
      renameSync(making, home);
    } catch (error) {
      // Another test may have made the same meanwhile.
      if (!existsSync(python)) throw error;
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  return python;
}

/** Compiles a copy of a module under examples/ into `folder`, with further files; the executable's path. */
export function goProgram(example: string, folder: string, files: Readonly<Record<string, string>> = {}): string {
  goModule(example, folder, files);
  execFileSync("go", ["vet", "."], { cwd: folder, stdio: "pipe" });
  execFileSync("go", ["build", "-o", "program", "."], { cwd: folder, stdio: "pipe" });
  return join(folder, "program");
}

/** The copy itself, with the SDK of this checkout. */
export function goModule(example: string, folder: string, files: Readonly<Record<string, string>>): string {
  cpSync(join(repository, "examples", example), folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const file = join(folder, "go.mod");
  const module = readFileSync(file, "utf8").replace(/=> [./]+sdk\/go$/m, `=> ${join(repository, "sdk", "go")}`);
  writeFileSync(file, module);
  // Further files may ask for more modules than the example; go.sum takes them in.
  execFileSync("go", ["mod", "tidy"], { cwd: folder, stdio: "pipe" });
  return folder;
}
