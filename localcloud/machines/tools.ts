import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { repository } from "../cli/layout";

export const MACHINE_TOOLS = [
  "nodeup",
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "channels",
  "karpenter",
] as const;
export type MachineTool = (typeof MACHINE_TOOLS)[number];

/** The built tools: a machine boots as soon as those that it needs are there. */
export class Tools {
  private folder: string | undefined;

  has(tool: MachineTool): boolean {
    this.folder ??= execFileSync(path.join(repository, "tools", "build"), ["--print-bin-dir"], {
      encoding: "utf8",
    }).trim();
    return fs.existsSync(path.join(this.folder, tool));
  }

  /** Waits until tools are built; says which it waits for. */
  async ready(tools: readonly MachineTool[], say: (text: string) => void): Promise<void> {
    const missing = tools.filter((tool) => !this.has(tool));
    if (missing.length === 0) return;
    say(`waiting for tools/build ${missing.join(" ")}`);
    while (!tools.every((tool) => this.has(tool))) await new Promise((resolve) => setTimeout(resolve, 1000));
  }

  /** The program itself: links in the folder may change while it runs. */
  path(tool: MachineTool): string {
    if (!this.has(tool)) throw new Error(`${tool} is not built: run tools/build ${tool}`);
    return fs.realpathSync(path.join(this.folder ?? "", tool));
  }
}
