import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { repository } from "../cli/layout";

export const MACHINE_TOOLS = [
  "nodeup",
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "channels",
  "karpenter",
  // No machine runs helm; the stand-in for the kubernetes plugin does.
  "helm",
] as const;
/** etcdutl: for the restore of an etcd backup alone, so nothing builds it unasked. */
export type MachineTool = (typeof MACHINE_TOOLS)[number] | "etcdutl";

/** The built tools: a machine boots as soon as those that it needs are there. */
export class Tools {
  private folder: string | undefined;
  private building: Promise<void> | undefined;

  has(tool: MachineTool): boolean {
    this.folder ??= execFileSync(path.join(repository, "tools", "build"), ["--print-bin-dir"], {
      encoding: "utf8",
    }).trim();
    return fs.existsSync(path.join(this.folder, tool));
  }

  /** Builds what is missing, which takes minutes the first time; says which it waits for. */
  async ready(tools: readonly MachineTool[], say: (text: string) => void): Promise<void> {
    const missing = MACHINE_TOOLS.filter((tool) => !this.has(tool));
    if (missing.length === 0) return;
    say(`waiting for tools/build ${missing.join(" ")}`);
    this.building ??= build(missing).finally(() => (this.building = undefined));
    while (this.isBuilding() && !tools.every((tool) => this.has(tool))) await sleep(1000);
    const failed = tools.filter((tool) => !this.has(tool));
    if (failed.length > 0)
      throw new Error(`${failed.join(", ")} could not be built: run tools/build ${failed.join(" ")}`);
  }

  private isBuilding(): boolean {
    return this.building !== undefined;
  }

  /** The program itself: links in the folder may change while it runs. */
  path(tool: MachineTool): string {
    if (!this.has(tool)) throw new Error(`${tool} is not built: run tools/build ${tool}`);
    return fs.realpathSync(path.join(this.folder ?? "", tool));
  }
}

/** Politely: whoever waits for the machines wants to do something meanwhile. The build ends with this process. */
function build(tools: readonly MachineTool[]): Promise<void> {
  const command = [path.join(repository, "tools", "build"), ...tools];
  const child = spawn("nice", command, { stdio: ["ignore", "inherit", "inherit"], detached: true });
  const end = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid);
  };
  process.once("exit", end);
  return new Promise((resolve) => {
    const ended = (): void => {
      process.off("exit", end);
      resolve();
    };
    child.once("error", ended);
    child.once("exit", ended);
  });
}
