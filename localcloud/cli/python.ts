import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { cacheDir, MOTO_VERSION, Problem } from "./layout";

/** The Python of a virtual environment with the simulator in it; made in the cache folder if it is not there yet. */
export function pythonWithMoto(): string {
  const version = pythonVersion();
  const home = path.join(cacheDir(), `moto-${MOTO_VERSION}-python${version}`);
  const python = path.join(home, "bin", "python");
  if (!fs.existsSync(python)) makeVenv(home);
  return python;
}

function pythonVersion(): string {
  const asked = spawnSync("python3", ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"], { encoding: "utf8" });
  if (asked.error !== undefined) throw new Problem("python3 is not on PATH: install Python 3.9 or later");
  const version = asked.stdout.trim();
  const minor = /^3\.(\d+)$/.exec(version)?.[1];
  if (asked.status !== 0 || minor === undefined || Number(minor) < 9) {
    throw new Problem(`python3 on PATH is ${version || "broken"}: Python 3.9 or later is needed`);
  }
  return version;
}

function makeVenv(home: string): void {
  process.stderr.write(`localcloud: installing moto ${MOTO_VERSION} into ${home} (once)\n`);
  const making = `${home}.new-${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(home), { recursive: true });
    run("python3", ["-m", "venv", making], "cannot make a Python virtual environment (is the venv module installed?)");
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `moto[server]==${MOTO_VERSION}`];
    run(path.join(making, "bin", "python"), pip, `cannot install moto ${MOTO_VERSION} (is a package index reachable?)`);
    // Renamed when whole, so that a killed run leaves nothing that looks finished and two runs at once do not meet.
    fs.renameSync(making, home);
  } catch (error) {
    fs.rmSync(making, { recursive: true, force: true });
    if (fs.existsSync(path.join(home, "bin", "python"))) return;
    if (error instanceof Problem) throw error;
    throw new Problem(`cannot make ${home}: ${(error as Error).message}`);
  }
}

function run(command: string, args: string[], failure: string): void {
  // A program that could not be started has printed nothing, whatever the types say.
  const done: Partial<SpawnSyncReturns<string>> = spawnSync(command, args, { encoding: "utf8" });
  if (done.status === 0) return;
  const lines = `${done.stdout ?? ""}\n${done.stderr ?? ""}`.split("\n").filter((line) => line.trim() !== "");
  throw new Problem(
    `${failure}: ${lines.find((line) => /error/i.test(line))?.trim() ?? lines.at(-1) ?? String(done.error)}`,
  );
}
