import * as fs from "node:fs";
import * as path from "node:path";
import {
  type AssetStore,
  type BootConfig,
  configPath,
  readBootConfig,
  staticManifests,
  withHash,
  withStandIns,
} from "./nodeupConfig";
import type { Root } from "./root";
import { scriptsOf } from "./userData";

export interface BootSettings {
  readonly userData: Buffer;
  /** Folder for the logs. */
  readonly folder: string;
  /** The real nodeup. */
  readonly nodeup: string;
  /** What on AWS comes from the instance's role and AWS's own addresses. */
  readonly environment: Readonly<Record<string, string>>;
  readonly assets: AssetStore;
  /** Reads a file below the cluster's folder of the state store. For a worker, its kops-controller does. */
  readonly readConfig: (bootConfig: BootConfig, path: string) => Promise<string>;
  /** Called before nodeup runs: a worker's way to its control plane, and the configuration it will be given there. */
  readonly beforeNodeup?: (bootConfig: BootConfig, nodeupConfig: string) => Promise<void>;
  readonly say: (text: string) => void;
}

/** Inside the root: the real nodeup, behind the name that the file server gives out. */
export const NODEUP = "/opt/localcloud/nodeup";
const UNIT = "/lib/systemd/system/kops-configuration.service";

/** Boots a machine: its user data, then the service that this installed, which is nodeup. */
export async function boot(root: Root, settings: BootSettings): Promise<BootConfig> {
  const { say } = settings;
  const scripts = scriptsOf(settings.userData);
  if (scripts.length === 0) throw new Error("the user data has no shell script");
  for (const [index, script] of scripts.entries()) {
    const name = `/var/lib/cloud/instance/scripts/part-${String(index + 1).padStart(3, "0")}`;
    root.write(name, script, 0o700);
    say(`running user data, part ${index + 1} of ${scripts.length}`);
    const code = await root.run([name], {
      log: path.join(settings.folder, "user-data.log"),
      binds: [[settings.nodeup, NODEUP]],
    });
    if (code !== 0)
      throw new Error(`the user data's script ended with exit code ${code}: see ${settings.folder}/user-data.log`);
  }
  return runNodeup(root, settings);
}

async function runNodeup(root: Root, settings: BootSettings): Promise<BootConfig> {
  const unit = [UNIT, UNIT.replace(/^\/lib/, "/usr/lib"), UNIT.replace(/^\/lib/, "/etc")].find((each) =>
    root.has(each),
  );
  if (unit === undefined) throw new Error("the user data has not installed kops-configuration.service");
  const { command, environment } = readUnit(root, unit);
  const conf = command.map((each) => /^--?conf=(.*)$/.exec(each)?.[1]).find((each) => each !== undefined);
  if (command[0] !== NODEUP || conf === undefined) throw new Error(`unexpected service command: ${command.join(" ")}`);

  const bootConfig = readBootConfig(root.path(conf));
  const real = await settings.readConfig(
    bootConfig,
    configPath(bootConfig.InstanceGroupRole, bootConfig.InstanceGroupName),
  );
  const copy = withStandIns(real, bootConfig, settings.assets);
  await settings.beforeNodeup?.(bootConfig, copy);
  const bootCopy = withHash(root.read(conf), copy);
  const changed = `${path.dirname(conf)}/localcloud`;
  root.write(`${changed}/kube_env.yaml`, placed(bootCopy, bootConfig, changed));
  if (bootConfig.ConfigBase !== undefined) {
    root.write(`${changed}/${configPath(bootConfig.InstanceGroupRole, bootConfig.InstanceGroupName)}`, copy);
    // nodeup looks for these below ConfigBase too; everything else it reads has an address of its own.
    for (const manifest of staticManifests(real))
      root.write(`${changed}/${manifest}`, await settings.readConfig(bootConfig, manifest));
  }

  settings.say("running nodeup");
  const args = command.slice(1).map((each) => (/^--?conf=/.test(each) ? `--conf=${changed}/kube_env.yaml` : each));
  const log = path.join(settings.folder, "nodeup.log");
  const env = { ...environment, ...settings.environment };
  const code = await root.run([NODEUP, ...args, "--retries=1"], { log, env, binds: [[settings.nodeup, NODEUP]] });
  if (code !== 0) throw new Error(`nodeup ended with exit code ${code}: ${lastError(log)} (see ${log})`);
  settings.say(`nodeup: success, group ${bootConfig.InstanceGroupName} of ${bootConfig.ClusterName}`);
  return bootConfig;
}

/** A control plane finds its configuration below ConfigBase; the copy's lies in the machine itself. */
function placed(bootCopy: string, bootConfig: BootConfig, folder: string): string {
  return bootConfig.ConfigBase === undefined
    ? bootCopy
    : bootCopy.replace(/^ConfigBase: .*$/m, `ConfigBase: file://${folder}`);
}

function readUnit(root: Root, unit: string): { command: string[]; environment: Record<string, string> } {
  const lines = root.read(unit).split("\n");
  const values = (key: string): string[] =>
    lines.filter((line) => line.startsWith(`${key}=`)).map((line) => line.slice(key.length + 1));
  const command = (values("ExecStart")[0] ?? "").split(" ").filter((each) => each !== "");
  const files = values("EnvironmentFile").filter((each) => root.has(each));
  const pairs = files
    .flatMap((file) => root.read(file).split("\n"))
    .filter((line) => line.includes("=") && !line.startsWith("#"));
  return {
    command,
    environment: Object.fromEntries(
      pairs.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    ),
  };
}

function lastError(log: string): string {
  const lines = fs.readFileSync(log, "utf8").trimEnd().split("\n");
  return (
    lines
      .reverse()
      .find((line) => /^[EFW]\d{4}/.test(line))
      ?.slice(0, 300) ??
    lines[0] ??
    ""
  );
}
