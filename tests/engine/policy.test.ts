/** The example "policy-as-code": its policies, run by the engine against the component's children. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { type LocalCloud, repository, useLocalCloud, variable } from "../support/localCloud";
import { type Outcome, type Program, readProgram, yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;
const example = join(repository, "examples/scenarios/policy-as-code");
const keeping = readProgram(readFileSync(join(example, "Pulumi.yaml"), "utf8"));

interface Violation {
  readonly policyName: string;
  readonly enforcementLevel: string;
  readonly resourceUrn?: string;
  readonly message: string;
}

describe("policies on the children of a cluster", function () {
  this.timeout(5 * MINUTES);
  const cloud = useLocalCloud();
  let project: Awaited<ReturnType<typeof yamlProject>>;

  before(async () => {
    project = await yamlProject(runsPolicies(cloud), keeping);
  });

  it("accept a cluster that complies", async () => {
    const { code, output, violations } = await preview({});
    expect(code, output).to.equal(0);
    expect(output).to.match(/✅ clusters@v1\.0\.0 .*\/policies\)/);
    expect(violations).to.deep.equal([]);
  });

  it("refuse a cluster that does not, naming each violation and its resource, before anything is created", async () => {
    const { code, output, violations } = await preview({
      sshAccess: ["203.0.113.0/24", "::/0"],
      controlPlane: { etcdVolume: { encrypted: false } },
      nodeGroups: { nodes: { rootVolume: { encrypted: false }, metadataOptions: { httpTokens: "optional" } } },
    });
    expect(code, output).to.equal(1);
    expect(output).to.include("❌ clusters@v1.0.0");
    const child = (part: string, type: string, name: string) =>
      `urn:pulumi:test::policy-as-code::kops-karpenter:index:KopsKarpenterCluster$kops-karpenter:cluster:${part}$${type}::cluster-${name}`;
    const nodeClass = child("karpenter", "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "node-class-nodes");
    const volume = (name: string) => child("control-plane", "aws:ebs/volume:Volume", `etcd-volume-${name}-a`);
    const rule = (role: string) =>
      child(
        "firewall",
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        `rule-ssh-external-to-${role}-__-0`,
      );
    expect(violations).to.deep.equal([
      `mandatory encrypted-volumes: not encrypted: set controlPlane.etcdVolume.encrypted: ${volume("events")}`,
      `mandatory encrypted-volumes: not encrypted: set controlPlane.etcdVolume.encrypted: ${volume("main")}`,
      `mandatory encrypted-volumes: not encrypted: set the node group's rootVolume.encrypted: ${nodeClass}`,
      `mandatory instance-metadata-v2: httpTokens is not required: set the node group's metadataOptions.httpTokens: ${nodeClass}`,
      `mandatory ssh-from-known-addresses: port 22 is open to the world: set sshAccess: ${rule("master")}`,
      `mandatory ssh-from-known-addresses: port 22 is open to the world: set sshAccess: ${rule("node")}`,
    ]);
  });

  /** A preview of the example's cluster with other properties, Karpenter's objects included. */
  async function preview(properties: Program): Promise<Outcome & { readonly violations: readonly string[] }> {
    const program = structuredClone(keeping);
    const cluster = program["resources"].cluster as Program;
    cluster["properties"] = { ...cluster["properties"], ...properties, karpenter: { install: true } };
    project.write(program);
    const events = join(project.folder, "events.json");
    const policies = join(example, "policies");
    const outcome = await project.attempt("preview", "--policy-pack", policies, "--event-log", events);
    return { ...outcome, violations: violationsIn(readFileSync(events, "utf8")) };
  }
});

function violationsIn(eventLog: string): readonly string[] {
  return eventLog
    .split("\n")
    .filter((line) => line !== "")
    .flatMap((line) => (JSON.parse(line) as { readonly policyEvent?: Violation }).policyEvent ?? [])
    .map(({ enforcementLevel, policyName, message, resourceUrn }) => {
      // The policy's description comes before what it reports.
      const said = message.trim().split("\n").at(-1) ?? "";
      return `${enforcementLevel} ${policyName}: ${said}: ${resourceUrn ?? ""}`;
    })
    .sort();
}

/**
 * The Node host that tools/build makes is too old to run policy packs, and the engine asks for nothing else where it
 * finds one. Without it the engine takes what the local cloud has for that. An installed Pulumi's own host stays.
 */
function runsPolicies(cloud: LocalCloud): LocalCloud {
  const tools = execFileSync(join(repository, "tools/build"), ["--print-bin-dir"], { encoding: "utf8" }).trim();
  const others = join(cloud.dir, "tools");
  mkdirSync(others);
  for (const tool of readdirSync(tools)) {
    if (tool !== "pulumi-language-nodejs") symlinkSync(join(tools, tool), join(others, tool));
  }
  const folders = variable(cloud, "PATH").split(":");
  const PATH = folders.map((each) => (each === tools ? others : each)).join(":");
  // With debug commands the CLI takes --event-log.
  return { ...cloud, env: { ...cloud.env, PATH, PULUMI_DEBUG_COMMANDS: "true" } };
}
