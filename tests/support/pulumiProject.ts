/** The Pulumi CLI on a project, as a user runs it: real engine, real plugins, a local cloud behind the stand-ins. */
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { type LocalCloud, storeAccess, variable } from "./localCloud";

export interface Outcome {
  readonly code: number | null;
  /** Standard output and standard error as they came. */
  readonly output: string;
  readonly stdout: string;
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly parent?: string;
  readonly provider?: string;
  readonly protect?: boolean;
  readonly dependencies?: readonly string[];
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Any value that YAML can hold. */
export type Program = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

const STACK = "test";

export class PulumiProject {
  /** `configFile`: settings outside the project's folder. */
  constructor(
    private readonly cloud: LocalCloud,
    readonly folder: string,
    readonly configFile?: string,
  ) {}

  start(...args: readonly string[]): ChildProcess {
    const configured = this.configFile === undefined ? [] : ["--config-file", this.configFile];
    const stack = [
      "--stack",
      STACK,
      ...(["up", "preview", "refresh", "destroy", "config"].includes(args[0] ?? "") ? configured : []),
    ];
    return spawn("pulumi", [...args, ...stack, "--non-interactive", "--color=never"], {
      cwd: this.folder,
      env: { ...this.cloud.env, PWD: this.folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Runs a command to its end, whatever that is. */
  attempt(...args: readonly string[]): Promise<Outcome> {
    return finished(this.start(...args));
  }

  /** Runs a command that must succeed. */
  async run(...args: readonly string[]): Promise<string> {
    const { code, output } = await this.attempt(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")}: exit code ${code ?? "none"}\n${output}`);
    return output;
  }

  up(...args: readonly string[]): Promise<string> {
    return this.run("up", "--yes", "--skip-preview", ...args);
  }

  /** Fails when anything would change. */
  unchanged(): Promise<string> {
    return this.run("preview", "--expect-no-changes");
  }

  /** What an update would do to which resource; what stays the same is left out. */
  async steps(): Promise<readonly string[]> {
    const { code, output, stdout } = await this.attempt("preview", "--json");
    if (code !== 0) throw new Error(`pulumi preview: exit code ${code ?? "none"}\n${output}`);
    const { steps } = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { steps: { op: string; urn: string }[] };
    return steps
      .filter(({ op }) => op !== "same")
      .map(({ op, urn }) => `${op} ${urn.split("::").slice(2).join(" ").replace(/^.*\$/, "")}`)
      .sort();
  }

  refresh(...args: readonly string[]): Promise<string> {
    return this.run("refresh", "--yes", "--skip-preview", ...args);
  }

  destroy(): Promise<string> {
    return this.run("destroy", "--yes", "--skip-preview");
  }

  /** The value of an output, secret or not. */
  async output(name: string): Promise<string> {
    const { code, output, stdout } = await this.attempt("stack", "output", name, "--show-secrets");
    if (code !== 0) throw new Error(`pulumi stack output: exit code ${code ?? "none"}\n${output}`);
    return stdout;
  }

  /** The deployment in the form that users back up and share. */
  async exported(...args: readonly string[]): Promise<string> {
    const { code, output, stdout } = await this.attempt("stack", "export", ...args);
    if (code !== 0) throw new Error(`pulumi stack export: exit code ${code ?? "none"}\n${output}`);
    return stdout;
  }

  async resources(...args: readonly string[]): Promise<readonly StateResource[]> {
    const state = JSON.parse(await this.exported(...args)) as { deployment: { resources?: StateResource[] } };
    return state.deployment.resources ?? [];
  }
}

export async function finished(child: ChildProcess): Promise<Outcome> {
  const parts: Buffer[] = [];
  const printed: Buffer[] = [];
  child.stdout?.on("data", (data: Buffer) => {
    parts.push(data);
    printed.push(data);
  });
  child.stderr?.on("data", (data: Buffer) => parts.push(data));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code, output: Buffer.concat(parts).toString(), stdout: Buffer.concat(printed).toString() });
    });
  });
}

/** What only the local cloud needs, as inputs of the component. */
export function localInputs(cloud: LocalCloud): Record<string, unknown> {
  const assets = { kopsBaseUrl: variable(cloud, "KOPS_BASE_URL") };
  const endpoint = cloud.env["LOCALCLOUD_API_ENDPOINT"];
  // Where no machines are simulated there is no cluster to install Karpenter into, or whose nodes could be drained.
  return endpoint === undefined
    ? { assets, karpenter: { install: false }, readiness: { skip: true } }
    : { assets, api: { endpoint }, stateStoreAccess: storeAccess(cloud) };
}

const clusterType = /^kops-karpenter:(index:)?KopsKarpenterCluster$/;

/** A YAML program in a folder of its own. Its clusters get what the local cloud needs; `write` changes it later. */
export async function yamlProject(
  cloud: LocalCloud,
  program: Program,
): Promise<PulumiProject & { write(next: Program): void }> {
  const folder = mkdtempSync(join(cloud.dir, "project-"));
  const project = new PulumiProject(cloud, folder);
  const write = (next: Program): void => {
    const placed = structuredClone(next);
    for (const resource of Object.values<Program>(placed["resources"] as Program)) {
      if (clusterType.test(resource["type"] as string)) {
        resource["properties"] = { ...localInputs(cloud), ...resource["properties"] };
      }
    }
    // Pulumi's YAML has no aliases.
    const text = stringify({ name: "project", runtime: "yaml", ...placed }, { aliasDuplicateObjects: false });
    writeFileSync(join(folder, "Pulumi.yaml"), text);
  };
  write(program);
  await project.run("stack", "init");
  return Object.assign(project, { write });
}

/** A project whose settings stand outside its folder, so that nothing is written there: for the examples. */
export async function placedProject(cloud: LocalCloud, folder: string): Promise<PulumiProject> {
  const settings = mkdtempSync(join(cloud.dir, "settings-"));
  cpSync(join(folder, "Pulumi.yaml"), join(settings, "Pulumi.yaml"));
  await new PulumiProject(cloud, settings).run("stack", "init");
  return new PulumiProject(cloud, folder, join(settings, `Pulumi.${STACK}.yaml`));
}

/** The settings of the quickstart program, in one call of the CLI. */
export async function configure(cloud: LocalCloud, project: PulumiProject): Promise<void> {
  const { secretAccessKey, ...access } = storeAccess(cloud);
  await project.run(
    ...["config", "set-all", "--path", "--plaintext", "localCloud.karpenter.install=false"],
    ...["--plaintext", `localCloud.assets.kopsBaseUrl=${variable(cloud, "KOPS_BASE_URL")}`],
    ...Object.entries(access).flatMap(([name, value]) => [
      "--plaintext",
      `localCloud.stateStoreAccess.${name}=${value}`,
    ]),
    ...["--secret", `localCloud.stateStoreAccess.secretAccessKey=${secretAccessKey}`],
  );
}

export function readProgram(text: string): Program {
  return parse(text) as Program;
}
