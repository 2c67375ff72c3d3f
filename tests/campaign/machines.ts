/**
 * Clusters with instances, a workload on them, and things of others beside them. Kills of the engine and of plugins at random
 * moments of their creation, of a replacement of the control plane, of all workers, and of their destroy; then the same
 * changes over a Kubernetes API that fails now and then. After each, the documented way back (docs/troubleshooting.md) and a
 * look at the cluster. Prints a table of end states; fails where a way does not lead back, or something happened to the
 * cluster that must not.
 *
 *   tsx tests/campaign/machines.ts [--rounds N] [--seed S] [--shares 0.02,0.1] [--zones 1,3]
 */
import { existsSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { apiOf, ec2, runningInstances } from "../kubernetes/harness";
import { makeBuckets, objects } from "../support/buckets";
import { inventory, type Inventory } from "../support/inventory";
import { type LocalCloud, startLocalCloud } from "../support/localCloud";
import { alive, type Process, processes } from "../support/processes";
import { finished, yamlProject } from "../support/pulumiProject";
import { FaultyApi } from "./faultyApi";
import { randomFrom } from "./generate";
import { foreignThings, program, RunningCluster, type Verdict, type Wanted } from "./runningCluster";
import { strike } from "./strike";
import { type Way, wayBack } from "./wayBack";

type Phase = "create" | "refresh" | "control plane" | "workers" | "destroy";
const victims = ["engine", "engine", "kops-karpenter", "kops-karpenter", "kubernetes"] as const;
/** Of the ways back, how many are killed as well. */
const killedAgain = 0.3;
/** In seconds, here, for one zone and more: a kill is at a random moment within. */
const expected: Readonly<Record<Phase, readonly [one: number, more: number]>> = {
  create: [90, 150],
  refresh: [10, 10],
  "control plane": [50, 130],
  workers: [50, 60],
  destroy: [40, 60],
};
const stateStore = "campaign-state";
const discoveryStore = "campaign-discovery";

type Project = Awaited<ReturnType<typeof yamlProject>>;

interface Row {
  readonly zones: number;
  readonly phase: Phase;
  /** What was killed, and when; or the share of failures. */
  readonly trouble: string;
  readonly back: readonly string[];
  readonly isBack: boolean;
  readonly verdict: Verdict;
  readonly seconds: number;
}

class Campaign {
  readonly rows: Row[] = [];
  kills = 0;
  private cluster: RunningCluster | undefined;
  private wanted: Wanted;

  constructor(
    private readonly cloud: LocalCloud,
    private readonly project: Project,
    private readonly api: FaultyApi,
    private readonly random: () => number,
    private readonly foreign: readonly string[],
    private readonly empty: Inventory,
    zones: readonly string[],
  ) {
    const stores = { stateStore: `s3://${stateStore}`, discoveryStore: `s3://${discoveryStore}` };
    const clusterName = clusterNameOf(zones.length);
    this.wanted = { ...stores, clusterName, zones, endpoint: api.url, instanceType: "t3.medium", revision: "a" };
  }

  async kill(phase: Phase): Promise<void> {
    const started = Date.now();
    await this.change(phase);
    const troubles = [await this.struck(phase)];
    if (this.random() < killedAgain) troubles.push(await this.struck(phase));
    await this.back(
      phase,
      troubles.map(({ said }) => said).join(", "),
      started,
      troubles.flatMap(({ orphans }) => orphans),
    );
  }

  async overFaults(phase: Phase, share: number): Promise<void> {
    const started = Date.now();
    await this.change(phase);
    this.api.day.share = share;
    await this.back(phase, `${String(share * 100)} % of requests`, started, []);
  }

  /** From somewhere that does not reach the API. */
  async refreshWithoutApi(): Promise<void> {
    const started = Date.now();
    this.api.day.share = 1;
    const { code } = await this.project.attempt("refresh", "--yes", "--skip-preview");
    this.api.day.share = 0;
    await this.back("refresh", `all requests; it ended with ${String(code)}`, started, []);
  }

  /** Everything goes on from the same place: a control plane of another type, workers with other labels. */
  private async change(phase: Phase): Promise<void> {
    const { instanceType, revision } = this.wanted;
    if (phase === "control plane") {
      this.wanted = { ...this.wanted, instanceType: instanceType === "t3.medium" ? "t3.large" : "t3.medium" };
    }
    if (phase === "workers") this.wanted = { ...this.wanted, revision: revision === "a" ? "b" : "a" };
    if (phase === "destroy") {
      await this.cluster?.leave();
      this.cluster = undefined;
    }
    this.project.write(program(this.wanted));
  }

  private async struck(phase: Phase): Promise<{ readonly said: string; readonly orphans: Verdict }> {
    const victim = victims[Math.floor(this.random() * victims.length)] ?? "engine";
    const [one, more] = expected[phase];
    const seconds = this.random() * (this.wanted.zones.length === 1 ? one : more);
    // After a kill, the stack is locked.
    await this.project.attempt("cancel", "--yes");
    const engine = this.project.start(phase === "destroy" ? "destroy" : "up", "--yes", "--skip-preview");
    const ended = finished(engine);
    await Promise.race([sleep(seconds * 1000), ended]);
    const children = processes().filter(({ parent }) => parent === engine.pid);
    const isStruck = await strike(victim, engine, ended);
    const { code } = await ended;
    if (!isStruck) return { said: `${victim}: ended with ${String(code)} before`, orphans: [] };
    this.kills += 1;
    return { said: `${victim} after ${seconds.toFixed(0)} s`, orphans: await orphansOf(children) };
  }

  private async back(phase: Phase, trouble: string, started: number, orphans: Verdict): Promise<void> {
    const way = await this.way(phase === "destroy" ? "destroy" : "up");
    if (!way.isBack) console.log(way.said);
    const verdict = [...orphans, ...(await this.verdict(phase, way.isBack))];
    const seconds = Math.round((Date.now() - started) / 1000);
    const zones = this.wanted.zones.length;
    const row = { zones, phase, trouble, back: way.steps, isBack: way.isBack, verdict, seconds };
    this.rows.push(row);
    console.log(line(row));
    if (!way.isBack) throw new Error("stuck: the rest would say nothing");
  }

  private async way(command: "up" | "destroy"): Promise<Way> {
    const options = { clusterName: this.wanted.clusterName, forgetCharts: () => this.forgetCharts() };
    const steps: string[] = [];
    if (this.api.day.share > 0) {
      // Helm makes some dozens of requests, and repeats few: it may never come through before the API answers again.
      const way = await wayBack(this.cloud, this.project, command, options);
      this.api.day.share = 0;
      if (way.isBack) return way;
      steps.push(...way.steps, "the API answers again");
    }
    const way = await wayBack(this.cloud, this.project, command, options);
    return { ...way, steps: [...steps, ...way.steps] };
  }

  private async forgetCharts(): Promise<void> {
    const api = apiOf(this.cloud, this.wanted.clusterName, await this.project.output("kubeconfig"));
    const path = "/api/v1/namespaces/kube-system/secrets";
    const selector = encodeURIComponent("owner=helm,name in (karpenter, karpenter-crd)");
    for (const { metadata } of await api.list(`${path}?labelSelector=${selector}`)) {
      await api.delete(`${path}/${metadata.name}`);
    }
    api.close();
  }

  private async verdict(phase: Phase, isBack: boolean): Promise<Verdict> {
    const running = await runningInstances(ec2(this.cloud));
    const touched = running.has(this.foreign[0] ?? "") ? [] : ["the instance of others was terminated"];
    if (!isBack) return touched;
    if (phase === "destroy") return [...touched, ...(await this.left())];
    if (this.cluster !== undefined) return [...touched, ...(await this.cluster.verdict())];
    const kubeconfig = await this.project.output("kubeconfig");
    this.cluster = await RunningCluster.open(this.cloud, this.wanted.clusterName, kubeconfig);
    return touched;
  }

  /** What AWS and the stores have and had not before, and what of others they have not. */
  private async left(): Promise<Verdict> {
    const now = await inventory(this.cloud);
    const kinds = [...new Set([...Object.keys(now), ...Object.keys(this.empty)])];
    const changes = kinds.flatMap((kind) => {
      const [before, after] = [this.empty[kind] ?? [], now[kind] ?? []];
      return [
        ...after.filter((name) => !before.includes(name)).map((name) => `left: ${kind} ${name}`),
        ...before.filter((name) => !after.includes(name)).map((name) => `touched: ${kind} ${name}`),
      ];
    });
    const files = (await objects(this.cloud)).filter((each) => each.includes(this.wanted.clusterName));
    return [...changes, ...files.map((each) => `left: ${each}`)];
  }
}

/** Two seconds after its engine, a plugin has ended; those in Go look for it every five minutes. */
async function orphansOf(children: readonly Process[]): Promise<Verdict> {
  const isSlow = ({ command }: Process): boolean => /pulumi-(language-|resource-(tls|kubernetes))/.test(command);
  const ours = children.filter((child) => !isSlow(child));
  const deadline = Date.now() + 2000;
  while (alive(ours).length > 0 && Date.now() < deadline) await sleep(50);
  const orphans = alive(ours);
  for (const { pid } of alive(children)) process.kill(pid, "SIGKILL");
  return orphans.map(({ command }) => `still there after 2 s: ${command.slice(0, 80)}`);
}

function line({ zones, phase, trouble, back, isBack, verdict, seconds }: Row): string {
  const found = verdict.length === 0 ? "whole" : verdict.join("; ");
  return [zones, phase, trouble, back.join(", "), isBack ? "yes" : "NO", found, `${String(seconds)} s`].join(" | ");
}

function clusterNameOf(zones: number): string {
  return zones === 1 ? "one.example.com" : "three.example.com";
}

/** Pulumi's own kubernetes plugin in place of the stand-in: what it does with a failing API is what users get. */
function withKubernetesPlugin(cloud: LocalCloud & { end(): void }): LocalCloud & { end(): void } {
  const path = cloud.env["PATH"] ?? "";
  const name = "pulumi-resource-kubernetes";
  // The stand-in comes first.
  const [built] = path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .filter((file) => existsSync(file))
    .slice(1);
  if (built === undefined) throw new Error(`no ${name}: run 'tools/build ${name}' first`);
  const folder = join(cloud.dir, "kubernetes-plugin");
  mkdirSync(folder);
  symlinkSync(built, join(folder, name));
  return { ...cloud, env: { ...cloud.env, PATH: `${folder}${delimiter}${path}` } };
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "1" },
      seed: { type: "string", default: "1" },
      shares: { type: "string", default: "0.02,0.1" },
      zones: { type: "string", default: "1,3" },
    },
  });
  const random = randomFrom(Number(values.seed));
  const cloud = withKubernetesPlugin(startLocalCloud({ machines: true, checkpoints: true }));
  let end = (): void => undefined;
  try {
    await makeBuckets(cloud, [stateStore, discoveryStore]);
    const api = await FaultyApi.before(cloud, stateStore, random);
    end = () => {
      api.end();
    };
    const numbers = (text: string): readonly number[] =>
      text
        .split(",")
        .filter((each) => each !== "")
        .map(Number);
    const campaigns: Campaign[] = [];
    const project = await yamlProject(cloud, { resources: {} });
    const begin = async (zones: number): Promise<Campaign> => {
      const names = ["us-east-1a", "us-east-1b", "us-east-1c"].slice(0, zones);
      const foreign = await foreignThings(cloud, clusterNameOf(zones));
      const begun = new Campaign(cloud, project, api, random, foreign, await inventory(cloud), names);
      campaigns.push(begun);
      return begun;
    };
    console.log("zones | phase | what failed | way back | back | the cluster then | time");
    for (const zones of numbers(values.zones)) {
      const campaign = await begin(zones);
      await campaign.kill("create");
      for (let round = 0; round < Number(values.rounds); round += 1) {
        await campaign.kill("control plane");
        await campaign.kill("workers");
      }
      await campaign.kill("destroy");
    }
    for (const share of numbers(values.shares)) {
      const campaign = await begin(1);
      for (const phase of ["create", "control plane", "workers", "destroy"] as const) {
        await campaign.overFaults(phase, share);
        if (phase === "create") await campaign.refreshWithoutApi();
      }
    }
    console.log("requests of the Kubernetes API:", JSON.stringify(api.day.happened));
    const rows = campaigns.flatMap((each) => each.rows);
    const bad = rows.filter(({ isBack, verdict }) => !isBack || verdict.length > 0).length;
    const kills = campaigns.reduce((sum, each) => sum + each.kills, 0);
    console.log(
      `${String(kills)} kills, ${String(rows.length)} ends, ${String(bad)} of them not as they should be (seed ${values.seed})`,
    );
    process.exitCode = bad === 0 ? 0 : 1;
  } finally {
    end();
    cloud.end();
  }
}

void main();
