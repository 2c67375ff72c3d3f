/** A cluster of real kOps brought under the component by the commands, as the how-to has it. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import { stringify } from "yaml";
import { discoveryPolicy } from "../../provider/src/plan/stores";
import type { KopsStores } from "./kopsCommand";
import { awsSettings, type LocalCloud, repository } from "./localCloud";
import { finished, type Outcome, type Program, PulumiProject, readProgram } from "./pulumiProject";

export class Adoption {
  readonly folder: string;
  readonly project: PulumiProject;
  private isStarted = false;

  constructor(
    private readonly cloud: LocalCloud,
    readonly name: string,
    private readonly stores: KopsStores,
  ) {
    this.folder = join(cloud.dir, name);
    this.project = new PulumiProject(cloud, this.folder);
  }

  /** Writes the program. */
  adopt(...more: readonly string[]): Promise<Outcome> {
    this.isStarted = false;
    return this.command("adopt", ...more);
  }

  /** A command as a user starts it. */
  command(name: string, ...more: readonly string[]): Promise<Outcome> {
    const args = [name, "--state", this.stores.state, "--name", this.name, "--out", this.folder, ...more];
    const program = join(repository, "bin", "kops-karpenter");
    return finished(spawn(program, args, { env: this.cloud.env, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /** Inputs of the cluster in the program. */
  inputs(): Program {
    return clusterInputs(readProgram(readFileSync(this.file, "utf8")));
  }

  /** Changes the inputs in the program. */
  change(to: (inputs: Program) => Program): void {
    const program = readProgram(readFileSync(this.file, "utf8"));
    const { cluster } = program["resources"] as Program;
    const { nodeGroups, ...others } = to(clusterInputs(program));
    // As the command writes it.
    if (program["variables"] === undefined) cluster.properties = { ...others, nodeGroups };
    else {
      program["variables"] = { nodeGroups };
      cluster.properties = { ...others, nodeGroups: "${nodeGroups}" };
    }
    writeFileSync(this.file, stringify(program));
  }

  /** A new stack with the keys. */
  async start(): Promise<void> {
    await this.project.run("stack", "init");
    await this.must("secrets");
    this.isStarted = true;
  }

  /** Gives the stack the resources; what the command says the first update creates. */
  async import(): Promise<readonly string[]> {
    if (!this.isStarted) await this.start();
    const output = await this.must("import-file");
    const settings = ["--protect=false", "--generate-code=false", "--skip-preview", "--yes"];
    await this.project.run("import", "--file", join(this.folder, "import.json"), ...settings);
    const created = [...output.matchAll(/^ {2}(\S+) \((\S+)\)$/gm)];
    return created.map(([, logical = "", type = ""]) => `create ${type} ${logical}`).sort();
  }

  private async must(name: string): Promise<string> {
    const { code, output } = await this.command(name);
    if (code !== 0) throw new Error(`kops-karpenter ${name}: exit code ${code ?? "none"}\n${output}`);
    return output;
  }

  private get file(): string {
    return join(this.folder, "Pulumi.yaml");
  }
}

/** Of the cluster in a program of the command: groups may be in a variable. */
export function clusterInputs({ resources, variables }: Program): Program {
  return { ...(resources as Program)["cluster"].properties, ...variables } as Program;
}

/** Makes the discovery documents public, as the how-to has it. */
export async function publish(cloud: LocalCloud, bucket: string, clusters: readonly string[]): Promise<void> {
  const policies = clusters.map((name) => JSON.parse(discoveryPolicy("aws", bucket, name)) as { Statement: object[] });
  const Policy = JSON.stringify({ ...policies[0], Statement: policies.flatMap(({ Statement }) => Statement) });
  const client = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
  await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
}
