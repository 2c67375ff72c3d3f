/**
 * What the provider accepts, kOps accepts: random inputs that pass the checks are rendered as a cluster and its instance
 * groups, and kOps itself creates them in a state store and plans an update of each.
 *
 *   tsx tests/campaign/kops.ts [--count N] [--seed S] [--from INDEX] [--with clusterSpec]
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { isFields, type Fields } from "../../provider/src/encode/fields";
import type { UnwrappedCluster } from "../../provider/src/model/cluster";
import { artifacts } from "../../provider/src/render/artifacts";
import { readInputs } from "../../provider/src/validate/inputs";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { makeBuckets } from "../support/buckets";
import { KopsCommand } from "../support/kopsCommand";
import { awsSettings, startLocalCloud, type LocalCloud } from "../support/localCloud";
import { renderText } from "../support/renderText";
import { sampleFacts } from "../unit/render/sample";
import { randomInput } from "./generate";
import { unwrapped } from "./inputs";

const stateBucket = "campaign-state";
const discoveryBucket = "campaign-discovery";

/** As many kOps processes at a time as a small machine has cores. */
const workers = 2;

/** kOps tries again for minutes where AWS has not what a specification names. */
const longestRun = 60_000;

/** What only AWS and download sites can tell, which the look-ups of a preview report: nothing of the inputs' own. */
const onlyElsewhere: readonly RegExp[] = [
  /cannot determine hash for "https:\/\/dl\.k8s\.io/,
  /(could not find|error finding|no) image|unable to resolve image|could not resolve image/i,
  /hosted ?zone|NoSuchHostedZone|DNS zone|DNS lookup/i,
  /InvalidGroup\.NotFound/,
  /internet ?gateway/i,
  /VPC .*not found|InvalidVpcID|error listing VPCs|did not find VPC|could not find VPC/i,
  /InvalidSubnetID|subnet .* (was )?not found/i,
  /InvalidInstanceType|instance type .* (is invalid|not found)/i,
  /(could not get|failed to get|error fetching) .*(ssm|parameter)/i,
];

export interface Verdict {
  readonly index: number;
  /** `elsewhere`: kOps asked for something that the input names and that the simulated AWS or the network here has not. */
  readonly outcome: "accepted" | "elsewhere" | "refused";
  /** kOps's own words. */
  readonly said: string;
}

/** The first so many inputs that the provider accepts, judged by kOps. */
export async function judgeAccepted(
  cloud: LocalCloud,
  { count, ...range }: Range & { readonly count: number },
): Promise<readonly Verdict[]> {
  await makeBuckets(cloud, [stateBucket, discoveryBucket]);
  await makeHostedZones(cloud);
  const accepted = acceptedClusters(range);
  const verdicts: Verdict[] = [];
  let left = count;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { value } = accepted.next();
      if (value === undefined) return;
      verdicts.push(await judge(cloud, value.index, value.cluster));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return verdicts.sort((a, b) => a.index - b.index);
}

/** The domain of the inputs' clusters: public, since kOps refuses a name that two zones have. */
async function makeHostedZones(cloud: LocalCloud): Promise<void> {
  const client = new Route53Client(awsSettings(cloud));
  await client.send(new CreateHostedZoneCommand({ Name: "example.com", CallerReference: "campaign" }));
}

interface Accepted {
  readonly index: number;
  readonly cluster: UnwrappedCluster;
}

interface Range {
  readonly seed: number;
  readonly from: number;
  /** The name of a property that the inputs must have somewhere. */
  readonly having?: string | undefined;
}

function* acceptedClusters({ seed, from, having }: Range): Generator<Accepted, undefined> {
  for (let index = from; ; index++) {
    const input = randomInput(seed, index);
    if (having !== undefined && !has(input, having)) continue;
    const known = unwrapped(input);
    const { cluster } = readInputs(isFields(known) ? withinSpecs(known) : known);
    if (cluster !== undefined && readInputs(input).cluster !== undefined) {
      yield { index, cluster: cluster as UnwrappedCluster };
    }
  }
}

function has(value: unknown, name: string): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key === name || has(inner, name));
}

/** Without what kOps reads from elsewhere: hashes from mirrors, which do not exist, and a secret, which no specification has. */
function withinSpecs({ assets: _assets, encryptionConfig: _encryptionConfig, ...inputs }: Fields): object {
  return inputs;
}

async function judge(cloud: LocalCloud, index: number, cluster: UnwrappedCluster): Promise<Verdict> {
  const store = { bucket: stateBucket, prefix: String(index) };
  const facts = sampleFacts(cluster, {
    stateStore: store,
    discoveryStore: { bucket: discoveryBucket, prefix: String(index) },
  });
  const specs = artifacts(cluster).filter(
    ({ path }) => typeof path === "string" && (path === "config" || path.startsWith("instancegroup/")),
  );
  // kOps locks the kubeconfig of its home.
  const folder = join(cloud.dir, "campaign", String(index));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "specs.yaml");
  // A file of its own tells kOps which cluster a group is of; in the state store its path does.
  const label = `metadata:\n  labels:\n    kops.k8s.io/cluster: ${cluster.name}\n`;
  const documents = specs.map((spec) => renderText(spec, cluster, facts).replace("metadata:\n", label));
  writeFileSync(file, documents.join("\n---\n"));
  const stores = {
    state: `s3://${store.bucket}/${store.prefix}`,
    discovery: `s3://${discoveryBucket}/${store.prefix}`,
  };
  const kops = new KopsCommand({ ...cloud, dir: folder }, cluster.name, stores, longestRun);
  try {
    await kops.run("create", `--filename=${file}`);
    // Plans all that kOps would create. Its dry run waits for the load balancer, which a new cluster does not have.
    await kops.run("update", "cluster", "--target=terraform", `--out=${join(folder, "planned")}`, "--yes");
    return { index, outcome: "accepted", said: "" };
  } catch (error) {
    const said = lastLine(error instanceof Error ? error.message : String(error));
    return { index, outcome: onlyElsewhere.some((sign) => sign.test(said)) ? "elsewhere" : "refused", said };
  }
}

/** The error at the end, or what kOps was trying again when its time was over. */
function lastLine(text: string): string {
  const lines = text.trim().split("\n");
  const first = lines.findIndex((line) => /^(Error|panic):/.test(line));
  const tried = lines.filter((line) => line.includes("error running task"));
  return (first < 0 ? (tried.length > 0 ? tried : lines).slice(-3) : lines.slice(first)).join(" ");
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "100" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
      from: { type: "string", default: "0" },
      with: { type: "string" },
    },
  });
  const [seed, from, count] = [values.seed, values.from, values.count].map(Number) as [number, number, number];
  console.log(`seed ${seed}, ${count} accepted inputs from ${from} on`);
  const cloud = startLocalCloud();
  try {
    const verdicts = await judgeAccepted(cloud, { seed, from, count, having: values.with });
    const of = (outcome: Verdict["outcome"]): readonly Verdict[] => verdicts.filter((each) => each.outcome === outcome);
    for (const { index, outcome, said } of verdicts) {
      if (outcome !== "accepted") console.log(`${outcome} ${index}: ${said}`);
    }
    console.log(
      `${of("accepted").length} accepted by kOps, ${of("elsewhere").length} name what is not to be had here, ${of("refused").length} refused`,
    );
    process.exitCode = of("refused").length === 0 ? 0 : 1;
  } finally {
    cloud.end();
  }
}

if (require.main === module) void main();
