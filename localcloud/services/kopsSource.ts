/** The source of kOps, from the Go module that its programs are built from. */
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { KOPS_VERSION, repository } from "../cli/layout";

const folders = new Map<string, string>();

/** `file`: a path below the module's folder; undefined if there is no such file. */
export function kopsSource(file: string, version: string = KOPS_VERSION): Buffer | undefined {
  const folder = folders.get(version) ?? moduleFolder(version);
  folders.set(version, folder);
  const place = path.join(folder, path.normalize(`/${file}`));
  return fs.existsSync(place) && fs.statSync(place).isFile() ? fs.readFileSync(place) : undefined;
}

/** Where Go keeps the module; downloaded unless it is there. */
function moduleFolder(version: string): string {
  const options = { cwd: path.join(repository, "tools", "kops"), encoding: "utf8" } as const;
  const answer = execFileSync("go", ["mod", "download", "-json", `k8s.io/kops@v${version}`], options);
  return (JSON.parse(answer) as { readonly Dir: string }).Dir;
}
