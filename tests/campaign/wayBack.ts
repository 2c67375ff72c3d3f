/** What docs/troubleshooting.md says to do after a command that was ended or failed, done as it says. */
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type LocalCloud, repository } from "../support/localCloud";
import { finished, type PulumiProject } from "../support/pulumiProject";
import { attributesOf, isWhole, stateFile } from "../support/stateFile";

/** More steps back than this is being stuck. */
const mostSteps = 8;
/** Rules are found after their security group, and so on. */
const mostImports = 4;

export interface Way {
  readonly steps: readonly string[];
  readonly isBack: boolean;
  /** What the last command said, where it does not lead back. */
  readonly said: string;
}

export interface WayOptions {
  readonly clusterName: string;
  /** Deletes Helm's records of Karpenter's releases in the cluster. */
  readonly forgetCharts?: () => Promise<void>;
}

/** Runs `up` until it succeeds and a preview has nothing to do, or `destroy` until it succeeds. */
export async function wayBack(
  cloud: LocalCloud,
  project: PulumiProject,
  command: "up" | "destroy",
  { clusterName, forgetCharts }: WayOptions,
): Promise<Way> {
  const steps: string[] = [];
  let said = "";
  while (steps.length < mostSteps) {
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
      await settle(cloud, project, clusterName, steps);
    }
  }
  return { steps, isBack: false, said };
}

/** What was created although the state does not say so is imported; the rest was not created. */
async function settle(cloud: LocalCloud, project: PulumiProject, clusterName: string, steps: string[]): Promise<void> {
  for (let imports = 0; imports < mostImports && (await isFound(cloud, project, clusterName, steps)); imports += 1) {
    const flags = ["--yes", "--skip-preview", "--protect=false", "--generate-code=false"];
    const { code, output } = await project.attempt("import", "--file", "recover.json", ...flags);
    if (code !== 0 && process.env["VERBOSE"] !== undefined) console.log(output.slice(-3000));
    const names = (JSON.parse(readFileSync(recoveryFile(project), "utf8")) as Recovery).resources.map(
      ({ type }) => type.split(":").at(-1) ?? "",
    );
    steps.push(`${code === 0 ? "import" : "failed import"} of ${names.join(" and ")}`);
  }
  const { deployment } = JSON.parse(await project.exported()) as { deployment: { pending_operations?: unknown[] } };
  if ((deployment.pending_operations ?? []).length === 0) return;
  await project.attempt("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
  steps.push("refresh --clear-pending-creates");
}

interface Recovery {
  readonly resources: readonly { readonly type: string }[];
}

function recoveryFile({ folder }: PulumiProject): string {
  return join(folder, "recover.json");
}

async function isFound(
  { env }: LocalCloud,
  project: PulumiProject,
  clusterName: string,
  steps: string[],
): Promise<boolean> {
  const args = ["recover", "--name", clusterName, "--out", project.folder, "--stack", "test"];
  const program = join(repository, "bin", "kops-karpenter");
  const { code, output } = await finished(spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] }));
  if (process.env["VERBOSE"] !== undefined) console.log(output);
  if (code !== 0) steps.push("recover failed");
  return existsSync(recoveryFile(project));
}

/** A state that was cut while it was written: its last copy beside it; without its attributes, if those were cut. */
function restore(cloud: LocalCloud, steps: string[]): void {
  const file = stateFile(cloud);
  const attributes = attributesOf(file);
  if (!isWhole(file)) {
    copyFileSync(`${file}.bak`, file);
    steps.push("state restored from .bak");
  }
  if (existsSync(attributes) && !isWhole(attributes)) {
    rmSync(attributes);
    steps.push("attributes of the state removed");
  }
}

async function isUnchanged(project: PulumiProject, steps: string[]): Promise<boolean> {
  const { code, output } = await project.attempt("preview", "--expect-no-changes");
  if (code !== 0) steps.push("preview shows changes");
  if (code !== 0 && process.env["VERBOSE"] !== undefined) console.log(output.slice(-3000));
  return code === 0;
}
