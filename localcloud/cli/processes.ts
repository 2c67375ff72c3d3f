import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import { type Layout, Problem } from "./layout";

export interface OwnedProcess {
  readonly name: string;
  readonly pid: number;
  /** Kernel start time, where the system tells it: a pid alone may have been given to somebody else since. */
  readonly started?: string;
}

export interface CloudState {
  readonly processes: readonly OwnedProcess[];
}

export function readState(layout: Layout): CloudState | undefined {
  try {
    return JSON.parse(fs.readFileSync(layout.stateFile, "utf8")) as CloudState;
  } catch {
    return undefined;
  }
}

export function writeState(layout: Layout, state: CloudState): void {
  fs.writeFileSync(`${layout.stateFile}.new`, JSON.stringify(state, undefined, 2) + "\n");
  fs.renameSync(`${layout.stateFile}.new`, layout.stateFile);
}

function startTime(pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    // The command name may hold spaces and parentheses; field 22 counts from after its last parenthesis.
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function isZombie(pid: number): boolean {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}

function commandLine(pid: number): string | undefined {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    try {
      return execFileSync("ps", ["-p", String(pid), "-o", "command="], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    } catch {
      return undefined;
    }
  }
}

/** Whether the pid is still the process that we started for this folder. */
export function isOurs(layout: Layout, process_: OwnedProcess): boolean {
  const command = commandLine(process_.pid);
  if (command === undefined || !command.includes(layout.root) || isZombie(process_.pid)) return false;
  return process_.started === undefined || process_.started === startTime(process_.pid);
}

/** Starts a process that outlives this one, with its output in the log folder. */
export function start(
  layout: Layout,
  name: string,
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): OwnedProcess {
  const log = fs.openSync(layout.logFile(name), "a");
  const child = spawn(command, args, { detached: true, stdio: ["ignore", log, log], cwd: layout.root, env });
  fs.closeSync(log);
  // A command that cannot be started at all is reported by its missing pid, in the caller's own words.
  child.on("error", () => undefined);
  if (child.pid === undefined) throw new Problem(`cannot start ${command}`);
  child.unref();
  const started = startTime(child.pid);
  return { name, pid: child.pid, ...(started === undefined ? {} : { started }) };
}

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits until a process has said on which port it listens. */
export async function awaitPort(layout: Layout, process_: OwnedProcess, seconds: number): Promise<number> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    if (fs.existsSync(layout.portFile(process_.name)))
      return Number(fs.readFileSync(layout.portFile(process_.name), "utf8"));
    if (!isOurs(layout, process_))
      throw new Problem(`${process_.name} ended while starting: ${lastLine(layout.logFile(process_.name))}`);
    if (Date.now() > deadline)
      throw new Problem(`${process_.name} is not ready after ${seconds} s: see ${layout.logFile(process_.name)}`);
    await sleep(25);
  }
}

function lastLine(file: string): string {
  const lines = fs.readFileSync(file, "utf8").trimEnd().split("\n");
  const last = lines.at(-1) ?? "";
  return last === "" ? `see ${file}` : last;
}

/** Ends our processes, politely first. Processes that are not ours any more are left alone. */
export async function stopAll(layout: Layout, processes: readonly OwnedProcess[]): Promise<void> {
  const ours = processes.filter((each) => isOurs(layout, each));
  for (const each of ours) signal(each.pid, "SIGTERM");
  const deadline = Date.now() + 3000;
  while (ours.some((each) => isOurs(layout, each)) && Date.now() < deadline) await sleep(25);
  for (const each of ours.filter((one) => isOurs(layout, one))) signal(each.pid, "SIGKILL");
  while (ours.some((each) => isOurs(layout, each)) && Date.now() < deadline + 3000) await sleep(25);
  const left = ours.filter((each) => isOurs(layout, each));
  if (left.length > 0)
    throw new Problem(`cannot end ${left.map((each) => `${each.name} (pid ${each.pid})`).join(", ")}`);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // Gone in between: that is what was wanted.
  }
}
