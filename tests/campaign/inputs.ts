/**
 * Random inputs through reading, resolving, validating, planning and rendering: whatever they are, they yield problems
 * or a cluster, and nothing throws.
 *
 *   tsx tests/campaign/inputs.ts [--count N] [--seed S] [--from INDEX]
 */
import { inspect, parseArgs } from "node:util";
import { chartValues } from "../../provider/src/addons/karpenter/chartValues";
import { nodeClassManifest } from "../../provider/src/addons/karpenter/nodeClass";
import { nodePoolManifest } from "../../provider/src/addons/karpenter/nodePool";
import { karpenterGroups, type ResolvedCluster, type UnwrappedCluster } from "../../provider/src/model/cluster";
import type { IamFacts } from "../../provider/src/model/policyDocument";
import type { RuntimeFacts } from "../../provider/src/model/runtime";
import { iamRows } from "../../provider/src/plan/iam";
import { artifacts } from "../../provider/src/render/artifacts";
import { controlPlaneUserData, nodeUserData } from "../../provider/src/render/bootstrap/artifacts";
import type { ClusterInputs } from "../../provider/src/schema/types.gen";
import { hiddenPaths } from "../../provider/src/validate/report/hidden";
import { type Problem, readInputs } from "../../provider/src/validate/inputs";
import { renderText } from "../support/renderText";
import { allRows } from "../unit/plan/allRows";
import { sampleFacts } from "../unit/render/sample";
import { type FakeOutput, randomInput } from "./generate";

export interface Outcome {
  readonly accepted: number;
  readonly refused: number;
  readonly failures: readonly { readonly index: number; readonly input: unknown; readonly error: unknown }[];
}

export function campaign({ seed, from, count }: { seed: number; from: number; count: number }): Outcome {
  let accepted = 0;
  const failures: Outcome["failures"][number][] = [];
  for (let index = from; index < from + count; index++) {
    const input = randomInput(seed, index);
    try {
      if (isAccepted(input)) accepted++;
    } catch (error) {
      failures.push({ index, input, error });
    }
  }
  return { accepted, refused: count - accepted - failures.length, failures };
}

/** What the provider does with inputs, to the end of what is pure. */
function isAccepted(input: unknown): boolean {
  const asGiven = readInputs(input);
  checkProblems(input, asGiven.problems ?? []);
  const known = unwrapped(input);
  const reading = readInputs(known);
  checkProblems(known, reading.problems ?? []);
  if (asGiven.cluster === undefined || reading.cluster === undefined) return false;
  allRows(asGiven.cluster);
  render(reading.cluster, known as ClusterInputs);
  return true;
}

/** Each has a reason of one line, which shows no long value. */
function checkProblems(input: unknown, problems: readonly Problem[]): void {
  const hidden = hiddenPaths(input);
  for (const { path, reason } of problems) {
    hidden(path);
    if (reason === "" || /[\n\r]/.test(reason) || /x{100}/.test(reason)) {
      throw new Error(`not a readable reason: ${JSON.stringify(reason.slice(0, 300))}`);
    }
  }
  const lines = problems.map(({ path, reason }) => `${path}: ${reason}`);
  const twice = lines.find((line, index) => lines.indexOf(line) !== index);
  if (twice !== undefined) throw new Error(`reported twice: ${twice.slice(0, 300)}`);
}

function render(resolved: ResolvedCluster, inputs: ClusterInputs): void {
  const cluster = resolved as UnwrappedCluster;
  const { region, ...access } = inputs.stateStoreAccess ?? {};
  const storeAccess =
    inputs.stateStoreAccess === undefined
      ? undefined
      : ({ region: region ?? cluster.region, ...access } as RuntimeFacts["storeAccess"]);
  const facts = sampleFacts(cluster, { storeAccess });
  for (const artifact of artifacts(resolved)) {
    if (typeof artifact.path === "function") artifact.path(cluster);
    renderText(artifact, cluster, facts);
  }
  for (const { name } of cluster.controlPlaneGroups) {
    renderText(controlPlaneUserData(name), cluster, facts);
  }
  for (const { name } of cluster.nodeGroups) renderText(nodeUserData(name), cluster, facts);
  for (const group of karpenterGroups(cluster)) {
    nodeClassManifest(cluster, group, "/dev/sda1");
    group.nodePools.forEach((pool) => nodePoolManifest(group, pool));
  }
  chartValues(cluster, { interruptionQueueName: "queue", roleArn: "arn:aws:iam::123456789012:role/x" });
  const iamFacts: IamFacts = {
    accountId: facts.accountId,
    issuer: "https://issuer.example.com",
    stateStore: facts.stateStore,
    hostedZoneId: "Z1",
    interruptionQueueArn: "arn:aws:sqs:us-east-1:123456789012:queue",
  };
  const { roles, inlinePolicies } = iamRows(resolved);
  for (const document of [
    ...roles.map((role) => role.assumeRolePolicy),
    ...inlinePolicies.map((row) => row.document),
  ]) {
    document.render(cluster, iamFacts);
  }
}

/** The inputs with every output's value in its place, as they are once those are known. */
export function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if ("__pulumiOutput" in value) return unwrapped((value as FakeOutput).value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapped(inner)]));
}

function main(): void {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "20000" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
      from: { type: "string", default: "0" },
    },
  });
  const [seed, from, count] = [values.seed, values.from, values.count].map(Number) as [number, number, number];
  console.log(`seed ${seed}, inputs ${from} to ${from + count - 1}`);
  const { accepted, refused, failures } = campaign({ seed, from, count });
  for (const { index, input, error } of failures.slice(0, 10)) {
    console.log(`input ${index} (--seed ${seed} --from ${index} --count 1):`);
    console.log(inspect(input, { depth: 20, maxStringLength: 200 }));
    console.log(error instanceof Error ? error.stack : error);
  }
  console.log(`${accepted} accepted, ${refused} refused, ${failures.length} failed`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

if (require.main === module) main();
