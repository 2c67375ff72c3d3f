/** What a user meets on a bad day: an AWS call that fails, an engine that is killed, and the next update. */
import { CreateRoleCommand, DeleteRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { inventory } from "../support/inventory";
import { awsSettings, type LocalCloud, repository, useLocalCloud, variable } from "../support/localCloud";
import { expectPluginsToEnd, isStopped, type Process, processes } from "../support/processes";
import { attributesOf, isWhole, stateFile } from "../support/stateFile";
import { secretsOf } from "../support/stateSecrets";
import { finished, type PulumiProject, type StateResource, yamlProject } from "../support/pulumiProject";

const MINUTES = 60_000;
const ROLE = "nodes.faults.example.com";

describe("an update that fails", function () {
  this.timeout(8 * MINUTES);
  const cloud = useLocalCloud({
    checkpoints: true,
    // Without this the CLI has no log of events.
    prepare: (started) => ({ ...started, env: { ...started.env, PULUMI_DEBUG_COMMANDS: "true" } }),
  });
  let project: PulumiProject;

  before(async () => {
    const properties = { clusterName: "faults.example.com", zones: ["us-east-1a"] };
    project = await yamlProject(cloud, {
      resources: { cluster: { type: "kops-karpenter:KopsKarpenterCluster", properties } },
    });
  });

  it("names the resource whose AWS call failed, and records the resources that it created", async () => {
    await new IAMClient(awsSettings(cloud)).send(
      new CreateRoleCommand({ RoleName: ROLE, AssumeRolePolicyDocument: "{}" }),
    );
    const { code, output } = await project.attempt("up", "--yes", "--skip-preview");
    expect(code, output).not.to.equal(0);
    const diagnostics = output.slice(output.indexOf("Diagnostics:"));
    expect(diagnostics).to.match(
      /aws:iam:Role \(cluster-role-nodes\):\s+error: .*EntityAlreadyExists.*nodes\.faults\.example\.com/s,
    );
    // What succeeded beside it is in the state, and only that.
    const urns = (await project.resources()).map(({ urn }) => urn.split("::").at(-1));
    expect(urns).to.include("cluster").and.not.to.include("cluster-role-nodes");
    const roles = (await inventory(cloud))["roles"] ?? [];
    expect(urns.filter((name) => name?.startsWith("cluster-role-"))).to.have.length(roles.length - 1);
  });

  it("stops its plugins when the engine is killed, and the next update completes the cluster", async () => {
    await new IAMClient(awsSettings(cloud)).send(new DeleteRoleCommand({ RoleName: ROLE }));
    const engine = project.start("up", "--yes", "--skip-preview");
    // Amid the files: what was under way then is simply written again. A killed create of what AWS itself names is
    // beyond Pulumi; its refresh asks what to do with each.
    let files = 0;
    let killed: Promise<readonly Process[]> | undefined;
    engine.stdout?.on("data", (data: Buffer) => {
      files += data.toString().match(/aws:s3:BucketObjectv2 \S+ created/g)?.length ?? 0;
      if (files >= 10) killed ??= killBetweenWrites(engine, cloud);
    });
    expect((await finished(engine)).code).to.equal(null);
    await expectPluginsToEnd((await killed) ?? []);
    const made = (await project.resources()).length;
    // Its lock is still there, and Pulumi says how to remove it.
    expect((await project.attempt("up", "--yes", "--skip-preview")).output).to.include("pulumi cancel");
    await run(documented("## `the stack is currently locked`", "pulumi cancel"));
    await project.unchanged();
    expect((await project.resources()).length).to.be.greaterThan(made);
  });

  it("is over after the documented commands, where AWS has a resource that the state only meant to create", async () => {
    const group = "cluster-autoscaling-group-control-plane-us-east-1a";
    // As the engine leaves it; an import would drop what is pending.
    const state = JSON.parse(readFileSync(stateFile(cloud), "utf8")) as {
      checkpoint: { latest: { resources: StateResource[]; pending_operations?: object[] } };
    };
    const { latest } = state.checkpoint;
    const made = latest.resources.find(({ urn }) => urn.endsWith(`::${group}`));
    if (made?.id === undefined) throw new Error(`the state has no ${group}`);
    const { id, outputs: _, ...meant } = made;
    const without = (urns: readonly string[] = []): string[] => urns.filter((urn) => urn !== made.urn);
    latest.resources = latest.resources
      .filter((each) => each !== made)
      .map((each) => ({ ...each, dependencies: without(each.dependencies), propertyDependencies: {} }));
    latest.pending_operations = [{ resource: meant, type: "creating" }];
    writeFileSync(stateFile(cloud), JSON.stringify(state));
    const { code, output } = await project.attempt("up", "--yes", "--skip-preview");
    expect(code, output).not.to.equal(0);
    expect(output).to.match(/already ?exists/i);
    const heading = "## `already exists`";
    const names = { "<clusterName>": "faults.example.com", "<folder of the program>": project.folder };
    const recover = Object.entries(names).reduce(
      (text, [name, value]) => text.replaceAll(name, value),
      documented(heading, "kops-karpenter recover"),
    );
    expect(await run(recover)).to.include(`  ${group} (aws:autoscaling/group:Group): ${id}\n`);
    await run(documented(heading, "pulumi import"));
    expect(await run(recover)).to.include("AWS has nothing that an update would create.");
    await run(documented(heading, "pulumi refresh"));
    await project.unchanged();
  });

  it("is over after the documented commands, where the state was cut as it was written", async () => {
    const [state, attributes] = [stateFile(cloud), attributesOf(stateFile(cloud))];
    const heading = "## `failed to load checkpoint`";
    const names = { "<backend>": join(cloud.dir, "pulumi-state"), "<project>": "project", "<stack>": "test" };
    const commands = (part: string): string =>
      Object.entries(names).reduce((text, [name, value]) => text.replaceAll(name, value), documented(heading, part));

    truncateSync(attributes);
    expect((await project.attempt("stack", "export")).output).to.match(/failed to load checkpoint: EOF/);
    await run(commands("rm "));
    await project.exported();

    truncateSync(state, Math.floor(statSync(state).size / 2));
    const { code, output } = await project.attempt("up", "--yes", "--skip-preview");
    expect(code, output).not.to.equal(0);
    expect(output).to.match(/failed to load checkpoint|unexpected end of JSON input/);
    await run(commands("cp "));
    await project.up();
    await project.unchanged();
  });

  /** Where the program is, as a user does it. */
  async function run(commands: string): Promise<string> {
    const PATH = `${join(repository, "bin")}:${variable(cloud, "PATH")}`;
    const env = { ...cloud.env, PATH, PWD: project.folder, PULUMI_STACK: "test" };
    const shell = spawn("sh", ["-ec", commands], { cwd: project.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    const { code, output } = await finished(shell);
    expect(code, output).to.equal(0);
    return output;
  }

  it("shows no secret in Pulumi's debug output and log of events", async () => {
    const log = join(cloud.dir, "events.json");
    const shown = (await project.up("--debug", "--event-log", log)) + readFileSync(log, "utf8");
    expect(shown).to.include("RegisterResource RPC finished: resource:cluster-key-admin");
    const { privateKeys, tokens } = secretsOf(await project.exported("--show-secrets"));
    expect(privateKeys).to.have.length.greaterThan(9);
    expect(tokens).to.have.length.greaterThan(3);
    // The local cloud's own files, of which one has the passphrase.
    for (const file of ["env", "pulumi-state", "pulumi-home"]) {
      expect(statSync(join(cloud.dir, file)).mode & 0o077, file).to.equal(0);
    }
    for (const secret of [...privateKeys, ...tokens, "PRIVATE KEY-----", "client-key-data"]) {
      const forms = [secret, Buffer.from(secret).toString("base64").replace(/=*$/, "")];
      for (const form of forms) {
        expect(shown.includes(form), `${form.slice(0, 8)}… in plain text`).to.equal(false);
      }
    }
  });
});

/** The commands of troubleshooting.md under a heading, of the block that has these; nobody is there to say yes. */
function documented(heading: string, part: string): string {
  const text = readFileSync(join(repository, "docs", "troubleshooting.md"), "utf8");
  const [, section = ""] = text.split(new RegExp(`^${heading}`, "m"));
  const blocks = [...(section.split("\n## ")[0] ?? "").matchAll(/^```sh\n(.*?)^```/gms)].map(([, block = ""]) => block);
  const found = blocks.find((block) => block.includes(part));
  if (found === undefined) throw new Error(`troubleshooting.md has no commands under ${heading}`);
  return found.replace(/^pulumi (up|refresh|import)(?!.*--yes)/gm, "$& --yes");
}

/**
 * Kills the engine, but not while it writes the state: Pulumi's file backend rewrites that file in place, and half of it
 * would be all that is left. Returns the processes that the engine had started.
 */
async function killBetweenWrites(engine: ChildProcess, cloud: LocalCloud): Promise<readonly Process[]> {
  for (;;) {
    engine.kill("SIGSTOP");
    // One that is amid a write goes on until that is done.
    while (!isStopped(engine)) await sleep(5);
    const children = processes().filter(({ parent }) => parent === engine.pid);
    const file = stateFile(cloud);
    if (isWhole(file) && isWhole(attributesOf(file))) {
      engine.kill("SIGKILL");
      return children;
    }
    engine.kill("SIGCONT");
    await sleep(20);
  }
}
