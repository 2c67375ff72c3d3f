/** Pulumi's provider plugins on this machine: the published ones, those that tools/build made, and our stand-ins. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Problem, repository } from "./layout";

const folder = path.join(repository, "localcloud", "plugins");

export interface PluginChoice {
  /** In the order in which the engine looks for a plugin; the user's own PATH comes after `first`. */
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The tls plugin is always a real one. Those of aws and kubernetes are stand-ins, which do without AWS's waits and
 * without Karpenter's registry, unless `real` asks for Pulumi's own.
 */
export function choosePlugins(real: boolean, tools: string): PluginChoice {
  const last = [path.join(folder, "bin")];
  if (!real) return { first: [...published("tls"), path.join(folder, "standins")], last, variables: {} };
  const [aws = tools] = published("aws");
  const program = path.join(aws, "pulumi-resource-aws");
  if (!fs.existsSync(program))
    throw new Problem("--real-plugins: run 'tools/build pulumi-resource-aws pulumi-resource-kubernetes' first");
  const first = [path.join(folder, "real"), ...published("tls"), ...published("kubernetes"), tools];
  return { first, last, variables: { LOCALCLOUD_AWS_PLUGIN: fs.realpathSync(program) } };
}

/** Where Pulumi keeps the plugin of exactly the pinned SDK's version, if it has downloaded it. */
function published(name: string): readonly string[] {
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(repository, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const version = dependencies[`@pulumi/${name}`] ?? "";
  const home = process.env["PULUMI_HOME"] ?? path.join(os.homedir(), ".pulumi");
  const found = path.join(home, "plugins", `resource-${name}-v${version}`);
  return fs.existsSync(path.join(found, `pulumi-resource-${name}`)) ? [found] : [];
}
