/**
 * Kills of the engine and of plugins at random moments of an update or a destroy, each followed by the documented way back
 * (docs/troubleshooting.md), then updates and destroys over an AWS that fails now and then. Prints a table of end states;
 * fails where the way back does not lead to the cluster or to nothing.
 *
 *   tsx tests/campaign/faults.ts [--kills N] [--seed S] [--shares 0.02,0.1]
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { inventory, type Inventory } from "../support/inventory";
import { type LocalCloud, startLocalCloud, variable } from "../support/localCloud";
import { finished, PulumiProject, yamlProject } from "../support/pulumiProject";
import { FaultyAws } from "./faultyAws";
import { randomFrom } from "./generate";
import { strike } from "./strike";
import { wayBack } from "./wayBack";

type Phase = "create" | "change" | "destroy";
const commands: Readonly<Record<Phase, readonly string[]>> = {
  create: ["up", "--yes", "--skip-preview"],
  change: ["up", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
};
const clusterName = "campaign.example.com";
/** The engine is the CLI itself. */
const victims = ["engine", "engine", "kops-karpenter", "aws"] as const;
const commandOf = (phase: Phase) => (phase === "destroy" ? "destroy" : "up");

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
    aws.day.share = share;
    const lines: string[] = [];
    for (const phase of ["create", "change", "destroy"] as const) {
      this.prepare(phase);
      const back = await wayBack(this.cloud, project, commandOf(phase), { clusterName });
      lines.push(`${String(share * 100)}% | ${phase} | ${back.steps.join(", ")} | ${back.isBack ? "yes" : "NO"}`);
    }
    aws.day.share = 0;
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
    await strike(victim, engine, ended);
    const { code } = await ended;
    const back =
      code === 0
        ? { steps: ["nothing: it was done"], isBack: true }
        : await wayBack(this.cloud, this.project, commandOf(phase), { clusterName });
    const left = phase === "destroy" ? await this.left() : [];
    const result = { phase, victim, afterMilliseconds, back: back.steps, isBack: back.isBack, left };
    this.results.push(result);
    console.log(line(result));
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

function line({ phase, victim, afterMilliseconds, back, isBack, left }: Result): string {
  const after = `${(afterMilliseconds / 1000).toFixed(1)} s`;
  return [phase, victim, after, back.join(", "), isBack ? "yes" : "NO", left.join(", ")].join(" | ");
}

function program(tag: number) {
  const properties = { clusterName, zones: ["us-east-1a"], tags: { round: String(tag) } };
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
    console.log("calls over the faulty AWS:", JSON.stringify(aws.day.happened));
    aws.end();
    const stuck = campaign.results.filter(({ isBack }) => !isBack).length;
    console.log(`${String(campaign.results.length)} kills, ${String(stuck)} without a way back (seed ${values.seed})`);
    process.exitCode = stuck === 0 ? 0 : 1;
  } finally {
    cloud.end();
  }
}

void main();
