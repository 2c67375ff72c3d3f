/** One release, made once for every test of this tier, and ways to use what is in it. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type LocalCloud, repository, useLocalCloud } from "../support/localCloud";
import { pythonWith } from "../support/sdkPrograms";

export const executable = "pulumi-resource-kops-karpenter";

export const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { version: string };

let made: string | undefined;

/** Its folder. */
export function release(): string {
  if (made === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "kops-karpenter-release-"));
    process.once("exit", () => {
      rmSync(folder, { recursive: true, force: true });
    });
    makeRelease(folder);
    made = folder;
  }
  return made;
}

export function makeRelease(folder: string): void {
  execFileSync("node", [join(repository, "scripts", "dist.mjs"), folder], { stdio: ["ignore", "ignore", "pipe"] });
}

export function listed(archive: string): readonly string[] {
  const names = execFileSync("tar", ["-tzf", archive], { encoding: "utf8", maxBuffer: 1 << 24 });
  return names.split("\n").filter((name) => name !== "");
}

export function pluginArchive(system: string, architecture: string): string {
  return join(release(), `pulumi-resource-kops-karpenter-v${version}-${system}-${architecture}.tar.gz`);
}

/** A local cloud whose Pulumi has the plugin from the archive, and no way to that of the checkout. */
export function useCloudWithInstalledPlugin(): LocalCloud {
  return useLocalCloud({ prepare: withInstalledPlugin });
}

function withInstalledPlugin(started: LocalCloud): LocalCloud {
  const home = join(started.dir, "fresh-home");
  mkdirSync(home);
  const path = (started.env["PATH"] ?? "").split(delimiter).filter((folder) => !existsSync(join(folder, executable)));
  const cloud = { ...started, env: { ...started.env, PATH: path.join(delimiter), PULUMI_HOME: home } };
  const archive = pluginArchive(
    process.platform === "darwin" ? "darwin" : "linux",
    process.arch === "arm64" ? "arm64" : "amd64",
  );
  const install = ["plugin", "install", "resource", "kops-karpenter", `v${version}`, "--file", archive];
  execFileSync("pulumi", install, { env: cloud.env, cwd: cloud.dir, stdio: "pipe" });
  return cloud;
}

export const goModule = "github.com/kops-karpenter/pulumi-kops-karpenter/sdk/go";

/** With the release as a module proxy before the others. */
export function goEnvironment(): Readonly<Record<string, string>> {
  const proxies = execFileSync("go", ["env", "GOPROXY"], { encoding: "utf8" }).trim();
  return {
    GOPROXY: `file://${join(release(), "goproxy")},${proxies}`,
    GONOSUMDB: "github.com/kops-karpenter/*",
    GOFLAGS: "-mod=mod -modcacherw",
    GOWORK: "off",
  };
}

/** What is in the module cache under this version is of another run. */
export function forgetGoModule(): void {
  const cache = execFileSync("go", ["env", "GOMODCACHE"], { encoding: "utf8" }).trim();
  rmSync(join(cache, "github.com", "kops-karpenter"), { recursive: true, force: true });
  rmSync(join(cache, "cache", "download", "github.com", "kops-karpenter"), { recursive: true, force: true });
}

/** Python of a virtual environment with the wheel and mypy in it. */
export function pythonWithWheel(): string {
  const wheel = join(release(), `pulumi_kops_karpenter-${version}-py3-none-any.whl`);
  return pythonWith(wheel, [wheel]);
}
