/**
 * Kills of the engine and of plugins at random moments of an update or a destroy, each followed by the documented way back
 * (docs/troubleshooting.md), then updates and destroys over an AWS that fails now and then. Prints a table of end states;
 * fails where the way back does not lead to the cluster or to nothing.
 *
 *   tsx tests/campaign/faults.ts [--kills N] [--seed S] [--shares 0.02,0.1]
 */
import type { ChildProcess } from "node:child_process";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { inventory, type Inventory } from "../support/inventory";
import { type LocalCloud, startLocalCloud, variable } from "../support/localCloud";
import { pluginOf } from "../support/processes";
import { finished, PulumiProject, yamlProject } from "../support/pulumiProject";
import { FaultyAws } from "./faultyAws";
import { randomFrom } from "./generate";
import { idInAws, pendingCreates } from "./pendingCreates";

type Phase = "create" | "change" | "destroy";
const commands: Readonly<Record<Phase, readonly string[]>> = {
  create: ["up", "--yes", "--skip-preview"],
  change: ["up", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
};
/** The engine is the CLI itself. */
const victims = ["engine", "engine", "kops-karpenter", "aws"] as const;
/** More steps back than this is being stuck. */
const mostSteps = 8;

interface Result {
  readonly phase: Phase;
  readonly victim: string;
  readonly afterMilliseconds: number;
  readonly back: readonly string[];
  readonly isBack: boolean;
  readonly left: readonly string[];
}

class Campaign {
  readonly results: Result[] = [];
  private readonly durations: Record<Phase, number> = { create: 0, change: 0, destroy: 0 };
  private tag = 0;

  constructor(
    private readonly cloud: LocalCloud,
    private readonly project: Awaited<ReturnType<typeof yamlProject>>,
    private readonly random: () => number,
    private readonly empty: Inventory,
  ) {}

  /** Rounds of create, change and destroy with a kill in each, until there were so many. */
  async kills(count: number): Promise<void> {
    for (const phase of ["create", "change", "destroy"] as const) await this.measure(phase);
    while (this.results.length < count) {
      for (const phase of ["create", "change", "destroy"] as const) await this.kill(phase);
    }
  }

  async overFaults(aws: FaultyAws, share: number): Promise<readonly string[]> {
    const env = { ...this.cloud.env, AWS_ENDPOINT_URL: aws.url };
    const project = new PulumiProject({ ...this.cloud, env }, this.project.folder);
    aws.share = share;
    const lines: string[] = [];
    for (const phase of ["create", "change", "destroy"] as const) {
      this.prepare(phase);
      const back = await this.wayBack(project, phase);
      lines.push(`${String(share * 100)}% | ${phase} | ${back.steps.join(", ")} | ${back.isBack ? "yes" : "NO"}`);
    }
    aws.share = 0;
    lines.push(`${String(share * 100)}% | left | ${(await this.left()).join(", ") || "nothing"} |`);
    return lines;
  }

  private async measure(phase: Phase): Promise<void> {
    this.prepare(phase);
    const started = Date.now();
    await this.project.run(...commands[phase]);
    this.durations[phase] = Date.now() - started;
  }

  private prepare(phase: Phase): void {
    if (phase === "change") this.tag++;
    this.project.write(program(this.tag));
  }

  private async kill(phase: Phase): Promise<void> {
    this.prepare(phase);
    const victim = victims[Math.floor(this.random() * victims.length)] ?? "engine";
    const afterMilliseconds = Math.round(this.random() * this.durations[phase]);
    const engine = this.project.start(...commands[phase]);
    const ended = finished(engine);
    await Promise.race([sleep(afterMilliseconds), ended]);
    await this.strike(victim, engine, ended);
    const { code } = await ended;
    const back =
      code === 0 ? { steps: ["nothing: it was done"], isBack: true } : await this.wayBack(this.project, phase);
    const left = phase === "destroy" ? await this.left() : [];
    const result = { phase, victim, afterMilliseconds, back: back.steps, isBack: back.isBack, left };
    this.results.push(result);
    console.log(line(result));
  }

  /** A plugin that has not been started yet is waited for. */
  private async strike(victim: string, engine: ChildProcess, ended: Promise<unknown>): Promise<void> {
    const end = { isThere: false };
    void ended.then(() => (end.isThere = true));
    while (!end.isThere) {
      const pid = victim === "engine" ? engine.pid : pluginOf(engine, victim)?.pid;
      if (pid !== undefined && isKilled(pid)) return;
      await sleep(100);
    }
  }

  /** What troubleshooting.md says, until the command succeeds and a preview has nothing to do. */
  private async wayBack(project: PulumiProject, phase: Phase) {
    const steps: string[] = [];
    while (steps.length < mostSteps) {
      this.restore(steps);
      const { code, output } = await project.attempt(...commands[phase]);
      steps.push(phase === "destroy" ? "destroy" : "up");
      if (code === 0 && (phase === "destroy" || (await this.isUnchanged(steps)))) return { steps, isBack: true };
      if (output.includes("the stack is currently locked")) {
        await project.run("cancel", "--yes");
        steps.push("cancel");
      } else if (code !== 0) {
        if (process.env["VERBOSE"] !== undefined) console.log(output.slice(-3000));
        await this.settlePending(project, steps);
      }
    }
    return { steps, isBack: false };
  }

  /** What was created although the state does not say so, by its ID; the rest was not. */
  private async settlePending(project: PulumiProject, steps: string[]): Promise<void> {
    const pending = await pendingCreates(project);
    if (pending.length === 0) return;
    for (const each of pending) {
      const id = await idInAws(this.cloud, each).catch(() => undefined);
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
  private restore(steps: string[]): void {
    const file = join(this.cloud.dir, "pulumi-state", ".pulumi", "stacks", "project", "test.json");
    try {
      JSON.parse(readFileSync(file, "utf8"));
    } catch {
      copyFileSync(`${file}.bak`, file);
      steps.push("state restored from .bak");
    }
  }

  private async isUnchanged(steps: string[]): Promise<boolean> {
    const { code } = await this.project.attempt("preview", "--expect-no-changes");
    if (code !== 0) steps.push("preview shows changes");
    return code === 0;
  }

  /** What AWS has and had not before; the next one's empty AWS has it too. */
  private async left(): Promise<readonly string[]> {
    const now = await inventory(this.cloud);
    const things = Object.entries(now).flatMap(([kind, names]) => {
      const more = names.length - (this.empty[kind] ?? []).length;
      return more > 0 ? [`${String(more)} ${kind}`] : [];
    });
    return things;
  }
}

/** False for a process that ended in the meantime. */
function isKilled(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ESRCH") return false;
    throw error;
  }
}

function line({ phase, victim, afterMilliseconds, back, isBack, left }: Result): string {
  const after = `${(afterMilliseconds / 1000).toFixed(1)} s`;
  return [phase, victim, after, back.join(", "), isBack ? "yes" : "NO", left.join(", ")].join(" | ");
}

function program(tag: number) {
  const properties = { clusterName: "campaign.example.com", zones: ["us-east-1a"], tags: { round: String(tag) } };
  return { resources: { cluster: { type: "kops-karpenter:KopsKarpenterCluster", properties } } };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: "string", default: "50" },
      seed: { type: "string", default: "1" },
      shares: { type: "string", default: "0.02,0.1" },
    },
  });
  const random = randomFrom(Number(values.seed));
  const cloud = startLocalCloud({ checkpoints: true });
  try {
    const empty = await inventory(cloud);
    const project = await yamlProject(cloud, program(0));
    const campaign = new Campaign(cloud, project, random, empty);
    console.log("phase | victim | after | way back | back | left in AWS");
    await campaign.kills(Number(values.kills));
    const aws = await FaultyAws.before(variable(cloud, "AWS_ENDPOINT_URL"), random);
    for (const share of values.shares.split(",").filter((each) => each !== "")) {
      for (const each of await campaign.overFaults(aws, Number(share))) console.log(each);
    }
    console.log("calls over the faulty AWS:", JSON.stringify(aws.happened));
    aws.end();
    const stuck = campaign.results.filter(({ isBack }) => !isBack).length;
    console.log(`${String(campaign.results.length)} kills, ${String(stuck)} without a way back (seed ${values.seed})`);
    process.exitCode = stuck === 0 ? 0 : 1;
  } finally {
    cloud.end();
  }
}

void main();
