/** Makes tests/golden/<release> anew, for the pinned release: `scripts/goldens [CASE...]`. Keys, serial numbers and times are new each time; all else is the same. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { CreateKeyPairCommand, CreateSecurityGroupCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateTargetGroupCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateHostedZoneCommand, Route53Client } from "@aws-sdk/client-route-53";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { type Case, cases, KEY_PAIR, SECURITY_GROUPS } from "./cases";
import { TARGET_GROUP } from "./cloudCases";
import { withoutDefinitions } from "../definitions";
import { settleFacts, UnevenTimes } from "./facts";
import {
  clientSettings,
  CLUSTER,
  createArguments,
  DISCOVERY_BUCKET,
  download,
  hasSimulatedStores,
  Kops,
  STATE_BUCKET,
  stateStore,
  STORE_ACCESS,
  storeClient,
} from "./kops";
import { launchTemplateScripts, splitUserData } from "./userdata";
import { KOPS_MIRROR, KOPS_VERSION, startWorld, type World } from "./world";

const casesFolder = path.resolve(__dirname, "..", KOPS_VERSION);

/** kOps's and Karpenter's own text, which does not carry over; what it was made of is under userdata/. */
const isOthersText = (file: string): boolean =>
  file.startsWith("addons/karpenter.sh/") || file.endsWith("/nodeupscript.sh");

/** kOps does not find the warm pool of a group when it looks at the group, though it finds it by itself; nor its rebalancing. */
function withoutUnread(verdict: string): string {
  return verdict.replaceAll(/^ {2}AutoscalingGroup\/\S+\n(?:\s+(?:WarmPool|CapacityRebalance)\s+<nil> -> .*\n)+/gm, "");
}

async function make(each: Case, world: World, program: string, scratch: string): Promise<void> {
  const client = storeClient(world);
  for (const Bucket of [STATE_BUCKET, DISCOVERY_BUCKET]) await client.send(new CreateBucketCommand({ Bucket }));
  const ids = each.edit === undefined ? new Map<string, string>() : await makeOwn(world);
  if (each.zone !== undefined) await makeZone(world, each.zone);
  const kops = new Kops(program, world, each, scratch, ids);
  await kops.create();
  await kops.update();
  if (each.keypairs !== undefined) await kops.changeKeys();
  const verdict = withoutUnread(await kops.dryRun());
  // moto computes another fingerprint of ed25519 keys than AWS.
  const open = [...verdict.matchAll(/^ {2}(\w+\/\S+)/gm)].filter(([, task]) => !task?.startsWith("SSHKey/"));
  if (open.length > 0 || !/No changes|Will modify/.test(verdict))
    throw new Error(`kOps is not done with its own:\n${verdict}`);

  const state = await download(
    client,
    STATE_BUCKET,
    `${stateStore(each).replace(/^s3:\/\/[^/]+\/?/, "")}/${CLUSTER}/`.replace(/^\//, ""),
  );
  const discovery = await download(client, DISCOVERY_BUCKET, `${CLUSTER}/`);
  const facts = await settleFacts(each, world, state);
  const userData = new Map<string, string>();
  const scripts = await launchTemplateScripts(world);
  for (const [file, bytes] of state) {
    const group = /^igconfig\/node\/(.+)\/nodeupscript\.sh$/.exec(file)?.[1];
    if (group !== undefined) scripts.set(group, bytes.toString());
  }
  for (const [group, script] of scripts) {
    for (const [file, text] of splitUserData(group, script)) userData.set(file, text);
  }

  const folder = path.join(casesFolder, each.name);
  fs.rmSync(folder, { recursive: true, force: true });
  const write = (file: string, bytes: string | Buffer): void => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    let text = bytes.toString();
    for (const [alias, id] of ids) text = text.replaceAll(id, alias);
    fs.writeFileSync(path.join(folder, file), text);
  };
  for (const [file, bytes] of state)
    if (!isOthersText(file)) write(`state/${file}`, withoutDefinitions(bytes.toString()));
  for (const [file, bytes] of discovery) write(`discovery/${file}`, bytes);
  for (const [file, text] of userData) write(`userdata/${file}`, text);
  write("input.json", json(inputs(each)));
  write("facts.json", json(facts));
  const args = ["kops create cluster", `--name=${CLUSTER}`, ...createArguments(each)];
  write("kops.txt", args.join(" \\\n  ") + (each.edit === undefined ? "\n" : "\n(then edited: see cases.ts)\n"));
}

/** Makes the user's own key pair and groups, which kOps looks up. Returns what each group is called by what stands for it. */
async function makeOwn(world: World): Promise<Map<string, string>> {
  const client = new EC2Client(clientSettings(world));
  const ids = new Map<string, string>();
  for (const alias of SECURITY_GROUPS) {
    const group = { GroupName: `own-${alias}`, Description: "not of the cluster" };
    ids.set(alias, (await client.send(new CreateSecurityGroupCommand(group))).GroupId ?? "");
  }
  await client.send(new CreateKeyPairCommand({ KeyName: KEY_PAIR }));
  const targets = new CreateTargetGroupCommand({
    Name: "own",
    Protocol: "TCP",
    Port: 80,
    VpcId: await makeVpc(client),
  });
  const { TargetGroups } = await new ElasticLoadBalancingV2Client(clientSettings(world)).send(targets);
  ids.set(TARGET_GROUP, TargetGroups?.[0]?.TargetGroupArn ?? "");
  return ids;
}

/** A private one in a network of its own; kOps adds the cluster's. (A zone that kOps makes is public to moto.) */
async function makeZone(world: World, { name, isPrivate }: NonNullable<Case["zone"]>): Promise<void> {
  const settings = clientSettings(world);
  const VPCId = await makeVpc(new EC2Client(settings));
  const privately = { HostedZoneConfig: { PrivateZone: true }, VPC: { VPCId, VPCRegion: "us-east-1" as const } };
  const zone = { Name: name, CallerReference: name, ...(isPrivate ? privately : {}) };
  await new Route53Client(settings).send(new CreateHostedZoneCommand(zone));
}

async function makeVpc(client: EC2Client): Promise<string | undefined> {
  return (await client.send(new CreateVpcCommand({ CidrBlock: "10.255.0.0/24" }))).Vpc?.VpcId;
}

/** The inputs of the component for the same cluster. */
function inputs(each: Case): unknown {
  const given = { clusterName: CLUSTER, stateStore: stateStore(each), discoveryStore: `s3://${DISCOVERY_BUCKET}` };
  const simulated = { stateStoreAccess: STORE_ACCESS, assets: { ...each.inputs.assets, kopsBaseUrl: KOPS_MIRROR } };
  return { ...given, ...each.inputs, ...(hasSimulatedStores(each) ? simulated : {}) };
}

function json(value: unknown): string {
  return JSON.stringify(value, undefined, 2) + "\n";
}

async function main(): Promise<void> {
  const [program, channelFile, ...names] = process.argv.slice(2);
  if (program === undefined || channelFile === undefined) throw new Error("usage: main.ts KOPS CHANNEL-FILE [CASE...]");
  const unknown = names.filter((name) => !cases.some((each) => each.name === name));
  if (unknown.length > 0)
    throw new Error(`no case is called ${unknown.join(", ")}; there are: ${cases.map((each) => each.name).join(", ")}`);
  for (const each of cases.filter((one) => names.length === 0 || names.includes(one.name))) {
    const began = Date.now();
    for (let attempt = 1; !(await attemptCase(each, program, channelFile)); attempt++) {
      if (attempt === 5) throw new Error(`${each.name}: kOps never made all its registry files in one second`);
    }
    console.log(`${each.name}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
}

/** False: try again. */
async function attemptCase(each: Case, program: string, channelFile: string): Promise<boolean> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "goldens-"));
  const world = await startWorld(scratch, channelFile);
  try {
    await make(each, world, program, scratch);
    return true;
  } catch (error) {
    if (error instanceof UnevenTimes) return false;
    throw error;
  } finally {
    const { unanswered } = world.intercept;
    if (unanswered.length > 0) console.error(`nobody answered:\n${unanswered.join("\n")}`);
    world.close();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(`goldens: ${(error as Error).message}`);
  process.exitCode = 1;
});
