import { join } from "node:path";
import { mkdirSync, writeFileSync } from "node:fs";
import type { Stack } from "@pulumi/pulumi/automation";
import { makeBuckets } from "../tests/support/buckets";
import { clusterStack } from "../tests/support/clusterStack";
import { inlineStack } from "../tests/support/inlineStack";
import { KopsCommand } from "../tests/support/kopsCommand";
import { type LocalCloud, startLocalCloud, variable } from "../tests/support/localCloud";
import { asWritten, constantProgram, linkedProgram, recordedResources } from "./floor";
import { figure, heading, median, seconds } from "./table";

const clusterName = "c.example.com";
const runs = 3;
const previewAim = 1.3;

interface Times {
  readonly preview: number;
  readonly up: number;
}

/**
 * Preview and up of the default cluster, kOps's dry run and update, and the engine's floor, each in a simulated AWS of
 * its own, one after the other. Karpenter's charts are left out: here is no Kubernetes API to put them into.
 */
export async function measureCluster(): Promise<void> {
  heading("A cluster in one zone with defaults, on simulated AWS");
  const { times: ours, resources, noChange } = await component();
  const floor = await engineFloor(resources);
  const kops = await kopsUpdate();
  figure("resources", String(resources.length));
  figure("preview of a new cluster", seconds(ours.preview));
  figure("  the engine's floor", seconds(floor.preview));
  const overFloor = ours.preview / floor.preview;
  figure("  over the floor", `x ${overFloor.toFixed(2)}`, { text: "within x 1.3", met: overFloor <= previewAim });
  figure("up", seconds(ours.up));
  figure("  the engine's floor", seconds(floor.up));
  figure("  kops update cluster --yes", seconds(kops.up));
  figure("  over the floor", `x ${(ours.up / floor.up).toFixed(2)}`);
  figure("  over kOps", `x ${(ours.up / kops.up).toFixed(2)}`);
  figure("preview with nothing to change", seconds(noChange));
  figure("  the engine's floor", seconds(floor.noChange));
  figure("  kops update cluster (dry run)", seconds(kops.noChange));
  figure("  over the floor", `x ${(noChange / floor.noChange).toFixed(2)}`);
  figure("  over kOps", `x ${(noChange / kops.noChange).toFixed(2)}`);
}

async function component() {
  return inCloud(async (cloud) => {
    const inputs = { clusterName, zones: ["us-east-1a"], karpenter: { install: false } };
    const stack = await clusterStack(cloud, inputs);
    const times = await measure(stack);
    const resources = asWritten(recordedResources(await stack.exportStack()));
    return { times, resources, noChange: await previewTime(stack) };
  });
}

async function engineFloor(resources: ReturnType<typeof asWritten>): Promise<Times & { readonly noChange: number }> {
  return inCloud(async (cloud) => {
    const constant = await programStack(cloud, "constant", constantProgram(resources));
    const preview = await previewTime(constant);
    const linked = await programStack(cloud, "linked", linkedProgram(resources));
    const up = await upTime(linked);
    return { preview, up, noChange: await previewTime(linked) };
  });
}

/** kOps's dry run waits for the load balancer's addresses, so it can only look at a cluster that is there. */
async function kopsUpdate(): Promise<{ readonly up: number; readonly noChange: number }> {
  return inCloud(async (cloud) => {
    await makeBuckets(cloud, ["kops-state", "kops-discovery"]);
    const kops = new KopsCommand(cloud, clusterName, { state: "s3://kops-state", discovery: "s3://kops-discovery" });
    const channel = `--channel=${variable(cloud, "KOPS_CHANNEL_FILE")}`;
    const fixed = ["--cloud=aws", "--instance-manager=karpenter", "--discovery-store=s3://kops-discovery", channel];
    const own = ["--zones=us-east-1a", "--control-plane-size=t3.medium", "--dry-run", "--output=yaml"];
    const file = join(cloud.dir, "cluster.yaml");
    writeFileSync(file, await kops.run("create", "cluster", ...fixed, ...own));
    await kops.run("create", `--filename=${file}`);
    const up = await timed(() => kops.run("update", "cluster", "--yes"));
    return { up, noChange: await repeated(() => kops.run("update", "cluster")) };
  });
}

async function inCloud<T>(run: (cloud: LocalCloud) => Promise<T>): Promise<T> {
  const cloud = startLocalCloud({ checkpoints: true });
  try {
    return await run(cloud);
  } finally {
    cloud.end();
  }
}

async function programStack(cloud: LocalCloud, projectName: string, program: () => Promise<void>): Promise<Stack> {
  const workDir = join(cloud.dir, projectName);
  mkdirSync(workDir, { recursive: true });
  return inlineStack(
    { projectName, stackName: "bench", program },
    { workDir, envVars: { ...cloud.env, PWD: workDir } },
  );
}

async function measure(stack: Stack): Promise<Times> {
  return { preview: await previewTime(stack), up: await upTime(stack) };
}

function previewTime(stack: Stack): Promise<number> {
  return repeated(() => stack.preview());
}

function upTime(stack: Stack): Promise<number> {
  return timed(() => stack.up());
}

async function repeated(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = 0; index < runs; index += 1) {
    times.push(await timed(run));
  }
  return median(times);
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}
