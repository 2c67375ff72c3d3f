/** What docs/troubleshooting.md says to do after a command that was ended or failed, done as it says. */
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LocalCloud } from "../support/localCloud";
import type { PulumiProject } from "../support/pulumiProject";
import { idInAws, pendingCreates } from "./pendingCreates";

/** More steps back than this is being stuck. */
const mostSteps = 8;

export interface Way {
  readonly steps: readonly string[];
  readonly isBack: boolean;
  /** What the last command said, where it does not lead back. */
  readonly said: string;
}

export interface WayOptions {
  readonly most?: number;
  /** Deletes Helm's records of Karpenter's releases in the cluster. */
  readonly forgetCharts?: () => Promise<void>;
}

/** Runs `up` until it succeeds and a preview has nothing to do, or `destroy` until it succeeds. */
export async function wayBack(
  cloud: LocalCloud,
  project: PulumiProject,
  command: "up" | "destroy",
  { most = mostSteps, forgetCharts }: WayOptions = {},
): Promise<Way> {
  const steps: string[] = [];
  let said = "";
  while (steps.length < most) {
    restore(cloud, steps);
    const { code, output } = await project.attempt(command, "--yes", "--skip-preview");
    steps.push(command);
    if (code === 0 && (command === "destroy" || (await isUnchanged(project, steps)))) {
      return { steps, isBack: true, said: "" };
    }
    said = output.slice(-3000);
    if (output.includes("the stack is currently locked")) {
      await project.run("cancel", "--yes");
      steps.push("cancel");
    } else if (forgetCharts !== undefined && output.includes("cannot re-use a name that is still in use")) {
      await forgetCharts();
      steps.push("Helm's records deleted");
    } else if (code !== 0) {
      if (process.env["VERBOSE"] !== undefined) console.log(said);
      await settlePending(cloud, project, steps);
    }
  }
  return { steps, isBack: false, said };
}

/** What was created although the state does not say so, by its ID; the rest was not. */
async function settlePending(cloud: LocalCloud, project: PulumiProject, steps: string[]): Promise<void> {
  const pending = await pendingCreates(project);
  if (pending.length === 0) return;
  for (const each of pending) {
    const id = await idInAws(cloud, each).catch(() => undefined);
    if (id === undefined) continue;
    const name = each.urn.split("::").at(-1) ?? "";
    const provider = each.provider.replace(/::[^:]*$/, "");
    const flags = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
    const from = ["--parent", `parent=${each.parent}`, "--provider", `provider=${provider}`];
    const { code, output } = await project.attempt("import", ...flags, ...from, each.type, name, id);
    if (code !== 0 && process.env["VERBOSE"] !== undefined) console.log(output.slice(-3000));
    steps.push(`import ${each.type.split(":").at(-1) ?? ""}${code === 0 ? "" : " failed"}`);
  }
  await project.attempt("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
  steps.push("refresh --clear-pending-creates");
}

/** A state that was cut while it was written: its last copy beside it. */
function restore(cloud: LocalCloud, steps: string[]): void {
  const file = join(cloud.dir, "pulumi-state", ".pulumi", "stacks", "project", "test.json");
  try {
    JSON.parse(readFileSync(file, "utf8"));
  } catch {
    copyFileSync(`${file}.bak`, file);
    steps.push("state restored from .bak");
  }
}

async function isUnchanged(project: PulumiProject, steps: string[]): Promise<boolean> {
  const { code, output } = await project.attempt("preview", "--expect-no-changes");
  if (code !== 0) steps.push("preview shows changes");
  if (code !== 0 && process.env["VERBOSE"] !== undefined) console.log(output.slice(-3000));
  return code === 0;
}
