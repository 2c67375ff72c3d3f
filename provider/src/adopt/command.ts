/** The commands of kops-karpenter: what each does, in which order, and how it ends. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { differences } from "./check/differences";
import { reportText } from "./check/report";
import { AdoptionFailure } from "./failure";
import { adoptedInputs } from "./inputs/adoptedInputs";
import { quiet } from "./program/firstUpdate";
import { clusterProgram, projectName, resourceName } from "./program/program";
import { programTree } from "./program/tree";
import { runPulumi } from "./pulumi";
import type { KopsKarpenterClusterArgs } from "../schema/inputs.gen";
import { stackOfCluster } from "./recover/stack";
import type { StoreClient } from "./store/client";
import { readCluster } from "./store/read";
import {
  parseCommand,
  usage,
  type AdoptOptions,
  type ImportFileOptions,
  type RecoverOptions,
  type SecretsOptions,
} from "./usage";

/** What the command reaches beside its arguments. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly store: () => Promise<StoreClient>;
  print(text: string): void;
  printError(text: string): void;
}

/** Exit codes. */
const done = 0;
const failed = 1;
/** Something would change, and nothing was written. */
const refused = 2;

export async function runCommand(args: readonly string[], around: Surroundings): Promise<number> {
  try {
    const command = parseCommand(args, around.environment);
    switch (command.kind) {
      case "help":
        around.print(usage);
        return done;
      case "adopt":
        return await adopt(command.options, around);
      case "secrets":
        return await setSecrets(command.options, around);
      case "import-file":
        return await writeImportFile(command.options, around);
      case "recover":
        return await recover(command.options, around);
    }
  } catch (error) {
    if (!(error instanceof AdoptionFailure)) throw error;
    around.printError(`kops-karpenter: ${error.message}\n`);
    return failed;
  }
}

async function adopt(options: AdoptOptions, around: Surroundings): Promise<number> {
  checkFolder(options.out);
  const stored = await readCluster(await around.store(), options.state, options.name);
  const adopted = adoptedInputs(stored);
  const found = differences(stored, adopted);
  around.print(reportText(found, adopted.problems));
  if (adopted.problems.length > 0 || found.some(({ kind }) => kind === "obstacle")) {
    around.printError("kops-karpenter: nothing was written: the component cannot express the cluster as it is\n");
    return refused;
  }
  if (!options.acceptNotes && found.some(({ kind }) => kind === "note")) {
    around.printError("kops-karpenter: nothing was written: --accept-notes accepts what is lost\n");
    return refused;
  }
  const { files } = clusterProgram(quiet(adopted.inputs), {
    language: options.language,
    project: projectName(stored.name),
    region: adopted.cluster.region,
  });
  for (const [path, text] of files) {
    const file = join(options.out, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  around.print(nextSteps(options));
  return done;
}

/** A program that is there already is somebody's. */
function checkFolder(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new AdoptionFailure(`the folder ${folder} is not empty`);
  }
}

function nextSteps({ state, name, out }: AdoptOptions): string {
  return `The program is in ${out}. Create a stack in that folder (pulumi stack init), and give it the cluster's keys:
  kops-karpenter secrets --state ${state} --name ${name} --out ${out}
`;
}

async function setSecrets({ state, name, out, stack }: SecretsOptions, around: Surroundings): Promise<number> {
  const stored = await readCluster(await around.store(), state, name);
  const { secrets } = programTree(adoptedInputs(stored).inputs);
  const place = { folder: out, stack, environment: around.environment };
  for (const [key, value] of secrets) {
    // Pulumi takes off one newline at the end.
    const given = { operands: [key], input: `${value}\n` };
    const { hasSucceeded, stderr } = runPulumi(place, ["config", "set", "--secret"], given);
    if (!hasSucceeded) throw new AdoptionFailure(`pulumi config set --secret ${key} failed: ${stderr.trim()}`);
  }
  around.print(`${String(secrets.size)} secret values are in the stack's configuration.\n`);
  return done;
}

async function writeImportFile({ state, name, out }: ImportFileOptions, around: Surroundings): Promise<number> {
  const stored = await readCluster(await around.store(), state, name);
  const { inputs, cluster } = adoptedInputs(stored);
  // The component, which the other commands do without, takes a second to load.
  const { awsClients, importFile } = await import("./imports/index.js");
  const clients = awsClients(cluster.region, around.environment);
  const found = await importFile(resourceName, quiet(inputs) as unknown as KopsKarpenterClusterArgs, clients);
  const obstacles = [...found.missing.map(({ name: logical, reason }) => `${logical}: ${reason}`), ...found.problems];
  if (obstacles.length > 0) {
    around.printError(`kops-karpenter: nothing was written:\n${obstacles.map((each) => `  ${each}\n`).join("")}`);
    return refused;
  }
  const file = join(out, "import.json");
  mkdirSync(out, { recursive: true });
  writeFileSync(file, `${JSON.stringify(found.file, undefined, 2)}\n`);
  const count = found.file.resources.filter(({ component }) => component !== true).length;
  around.print(
    `${file} has ${String(count)} resources. The first update creates ${String(found.created.length)} that kOps does not have:\n` +
      found.created.map(({ type, name: logical }) => `  ${logical} (${type})\n`).join(""),
  );
  return done;
}

async function recover({ name, out, stack }: RecoverOptions, around: Surroundings): Promise<number> {
  const { environment } = around;
  const ofCluster = stackOfCluster({ folder: out, stack, environment }, name);
  // The clients of AWS, which the other commands do without, take a while to load.
  const [{ awsClients }, { unrecorded }] = await Promise.all([
    import("./imports/clients.js"),
    import("./recover/unrecorded.js"),
  ]);
  const aws = awsClients(ofCluster.region, environment);
  const { file, problems, leftBehind } = await unrecorded(ofCluster, { clusterName: name, aws });
  const path = join(out, "recover.json");
  // That of an earlier run is out of date, whatever this one finds.
  rmSync(path, { force: true });
  if (problems.length > 0) {
    around.printError(`kops-karpenter: nothing was written:\n${problems.map((each) => `  ${each}\n`).join("")}`);
    return refused;
  }
  if (leftBehind.length > 0) {
    const list = leftBehind.map((each) => `  ${each}\n`).join("");
    around.print(
      `In AWS, with the tags of a resource that the stack's state has under another ID. Delete them, if nothing uses them:\n${list}`,
    );
  }
  if (file.resources.length === 0) {
    around.print("AWS has nothing that an update would create.\n");
    return done;
  }
  writeFileSync(path, `${JSON.stringify(file, undefined, 2)}\n`);
  const found = file.resources.map(({ type, name: logical, id }) => `  ${logical} (${type}): ${id}\n`);
  around.print(
    `In AWS, but not in the stack's state:\n${found.join("")}Import them, then run this command again, until it finds nothing:\n` +
      `  cd ${out} && pulumi import --file recover.json --protect=false --generate-code=false\n`,
  );
  return done;
}
