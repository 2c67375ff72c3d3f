/** Starts the Pulumi CLI, as the user has it. */
import { spawnSync } from "node:child_process";
import { AdoptionFailure } from "./failure";

export interface Place {
  /** The folder of the program. */
  readonly folder: string;
  /** By default, the selected one. */
  readonly stack: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface Ended {
  readonly hasSucceeded: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of a state. */
const mostBytes = 1024 ** 3;

/** `input`: what it reads, which neither the list of processes nor a file shows. */
export function runPulumi(
  { folder, stack, environment }: Place,
  command: readonly string[],
  { operands = [], input = "" }: { readonly operands?: readonly string[]; readonly input?: string } = {},
): Ended {
  const selected = stack === undefined ? [] : ["--stack", stack];
  const ended = operands.length === 0 ? [] : ["--", ...operands];
  const { error, status, stdout, stderr } = spawnSync(
    "pulumi",
    [...command, "--non-interactive", ...selected, ...ended],
    { cwd: folder, encoding: "utf8", env: environment, input, maxBuffer: mostBytes },
  );
  if (error !== undefined) throw new AdoptionFailure(`pulumi could not be started: ${error.message}`);
  return { hasSucceeded: status === 0, stdout, stderr };
}
