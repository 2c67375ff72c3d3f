import * as fs from "node:fs";
import * as path from "node:path";
import { ACCESS_KEY, environmentFile, SECRET_KEY } from "./environment";
import { Layout, Problem, repository } from "./layout";
import {
  awaitPort,
  type CloudState,
  isOurs,
  type OwnedProcess,
  readState,
  start,
  stopAll,
  writeState,
} from "./processes";
import { pythonWithMoto } from "./python";

/** The simulator and the services must all answer within this time on a busy two-core machine. */
const READY_SECONDS = 60;

export interface UpOptions {
  readonly awsPort?: number;
  /** Whether instances boot: nodeup, API servers, Karpenter. Default: where this machine can do it. */
  readonly machines?: boolean;
  /** Pulumi's own plugins for aws and kubernetes in place of the stand-ins. */
  readonly realPlugins?: boolean;
}

export async function up(dir: string, options: UpOptions): Promise<void> {
  const layout = new Layout(dir);
  const withMachines = options.machines ?? canRunMachines();
  if (withMachines && !canRunMachines())
    throw new Problem("--machines: needs Linux with ip, unshare and nsenter, and root to make namespaces");
  makeFolders(layout);
  await locked(layout, async () => {
    const state = readState(layout);
    if (state !== undefined && isRunning(layout, state)) {
      say(`already running in ${layout.root}`);
      return;
    }
    // What a killed cloud left: its AWS is empty now, so a Pulumi state that knows resources in it would be wrong.
    if (state !== undefined) await clear(layout, state);
    makeFolders(layout);
    const python = pythonWithMoto();
    const began = Date.now();
    const processes: OwnedProcess[] = [];
    const started = (one: OwnedProcess): OwnedProcess => {
      processes.push(one);
      writeState(layout, { processes });
      return one;
    };
    try {
      const launcher = path.join(repository, "localcloud", "aws", "launch.py");
      const port = options.awsPort === undefined ? [] : [String(options.awsPort)];
      const aws = started(start(layout, "aws", python, [launcher, layout.run, ...port], simulatorEnvironment()));
      const main = path.join(repository, "dist", "localcloud", "services", "main.js");
      const services = started(start(layout, "services", process.execPath, [main, layout.root], process.env));
      const machines = withMachines
        ? started(start(layout, "machines", process.execPath, machinesCommand(layout), process.env))
        : undefined;
      const ports = {
        aws: await awaitPort(layout, aws, READY_SECONDS),
        files: await awaitPort(layout, services, READY_SECONDS),
        metadata: Number(fs.readFileSync(layout.portFile("metadata"), "utf8")),
        ...(machines === undefined ? {} : { api: await awaitPort(layout, machines, READY_SECONDS) }),
      };
      fs.writeFileSync(layout.envFile, environmentFile(layout, ports, options.realPlugins === true), { mode: 0o600 });
      say(`ready in ${((Date.now() - began) / 1000).toFixed(1)} s: AWS at http://127.0.0.1:${ports.aws}`);
      if (!withMachines)
        say(
          options.machines === false
            ? "instances do not boot, so clusters have no API server: give programs karpenter.install: false"
            : "instances do not boot here, so clusters have no API server (up --machines says what is missing)",
        );
      say(`use it:  . ${layout.envFile}`);
      say(`end it:  ${path.join(repository, "localcloud", "localcloud")} down --dir ${layout.root}`);
    } catch (error) {
      await stopAll(layout, processes);
      fs.rmSync(layout.stateFile, { force: true });
      throw error;
    }
  });
}

export async function down(dir: string): Promise<void> {
  const layout = new Layout(dir);
  if (!fs.existsSync(layout.root)) {
    say(`nothing to end: ${layout.root} does not exist`);
    return;
  }
  await locked(layout, async () => {
    const state = readState(layout);
    if (state === undefined) {
      say(`nothing to end in ${layout.root}`);
      return;
    }
    await clear(layout, state);
    say(`ended; logs are in ${layout.logs}`);
  });
}

/** Exit code 0 when everything runs. */
export function status(dir: string): number {
  const layout = new Layout(dir);
  const state = readState(layout);
  if (state === undefined) {
    say(`not running in ${layout.root}`);
    return 1;
  }
  for (const each of state.processes)
    say(`${each.name}: ${isOurs(layout, each) ? `running, pid ${each.pid}` : "not running"}`);
  return isRunning(layout, state) ? 0 : 1;
}

/** Machines need Linux's namespaces, the programs that handle them, and the right to make them. */
function canRunMachines(): boolean {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  const isThere = (program: string): boolean => folders.some((folder) => fs.existsSync(path.join(folder, program)));
  return process.platform === "linux" && process.getuid?.() === 0 && ["ip", "unshare", "nsenter"].every(isThere);
}

function machinesCommand(layout: Layout): string[] {
  const main = path.join(repository, "dist", "localcloud", "machines", "main.js");
  return [main, layout.root, ACCESS_KEY, SECRET_KEY];
}

function isRunning(layout: Layout, state: CloudState): boolean {
  return (
    fs.existsSync(layout.envFile) && state.processes.length > 0 && state.processes.every((each) => isOurs(layout, each))
  );
}

async function clear(layout: Layout, state: CloudState): Promise<void> {
  await stopAll(layout, state.processes);
  for (const each of [layout.envFile, layout.run, layout.pulumiState, layout.pulumiHome, layout.stateFile]) {
    fs.rmSync(each, { recursive: true, force: true });
  }
}

function makeFolders(layout: Layout): void {
  try {
    for (const folder of [layout.root, layout.logs, layout.run, layout.pulumiState, layout.pulumiHome, layout.files]) {
      makeFolder(folder);
    }
    fs.accessSync(layout.root, fs.constants.W_OK);
  } catch (error) {
    throw new Problem(
      `cannot write in ${layout.root}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`,
    );
  }
}

/** They hold the passphrase of the Pulumi state, the state, and private keys. */
const ownerOnly = 0o700;

/** Step by step: Node's own recursive mkdir never ends where a file system refuses with ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  fs.mkdirSync(folder, { mode: ownerOnly });
}

/** The simulator must see neither a proxy nor anybody's credentials; it needs little else than a path. */
function simulatorEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|MOTO_|S3_|PYTHON)|_proxy$/i.test(name));
  return { ...Object.fromEntries(kept), PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1" };
}

/** One command at a time in a folder; a lock whose owner has died does not count. */
async function locked(layout: Layout, action: () => Promise<void>): Promise<void> {
  const claim = (): void => fs.writeFileSync(layout.lockFile, String(process.pid), { flag: "wx" });
  try {
    claim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw new Problem(`cannot write in ${layout.root}: ${(error as NodeJS.ErrnoException).code ?? "unknown reason"}`);
    }
    const owner = Number(fs.readFileSync(layout.lockFile, "utf8"));
    if (isAlive(owner)) throw new Problem(`another localcloud command (pid ${owner}) is at work in ${layout.root}`);
    fs.rmSync(layout.lockFile, { force: true });
    claim();
  }
  try {
    await action();
  } finally {
    fs.rmSync(layout.lockFile, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function say(text: string): void {
  process.stdout.write(`localcloud: ${text}\n`);
}
