/** One release, made once for every test of this tier. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../support/localCloud";

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
