import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { SOURCE_PATH } from "../services/files";
import { KOPS_VERSION, type Layout, REGION, repository } from "./layout";
import { choosePlugins } from "./plugins";

export interface Ports {
  readonly aws: number;
  readonly files: number;
  readonly metadata: number;
  /** Where the API servers of the clusters answer, if machines are simulated. */
  readonly api?: number;
}

export const ACCESS_KEY = "localcloud";
export const SECRET_KEY = "localcloud-secret";

/** The text of DIR/env: everything that AWS SDKs, kOps and Pulumi need to work on this cloud, and on no other. */
export function environmentFile(layout: Layout, ports: Ports, realPlugins: boolean): string {
  const tools = toolsFolder();
  const plugins = choosePlugins(realPlugins, tools);
  const aws = `http://127.0.0.1:${ports.aws}`;
  const values: Record<string, string> = {
    LOCALCLOUD_DIR: layout.root,
    AWS_ENDPOINT_URL: aws,
    AWS_ACCESS_KEY_ID: ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${ports.metadata}`,
    S3_ENDPOINT: aws,
    S3_REGION: REGION,
    S3_ACCESS_KEY_ID: ACCESS_KEY,
    S3_SECRET_ACCESS_KEY: SECRET_KEY,
    KOPS_BASE_URL: `http://127.0.0.1:${ports.files}/kops/${KOPS_VERSION}`,
    LOCALCLOUD_KOPS_SOURCE: `http://127.0.0.1:${ports.files}${SOURCE_PATH}`,
    LOCALCLOUD_FILES_URL: `http://127.0.0.1:${ports.files}`,
    PULUMI_BACKEND_URL: `file://${layout.pulumiState}`,
    PULUMI_HOME: layout.pulumiHome,
    PULUMI_CONFIG_PASSPHRASE: "localcloud",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_AUTOMATION_API_SKIP_VERSION_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  };
  if (ports.api !== undefined) values["LOCALCLOUD_API_ENDPOINT"] = `https://127.0.0.1:${ports.api}`;
  const channel = channelFile();
  if (channel !== undefined) values["KOPS_CHANNEL_FILE"] = channel;
  Object.assign(values, plugins.variables);
  const lines = Object.entries(values).map(([name, value]) => `export ${name}=${quote(value)}`);
  // A profile or session token of the user's own would win over the dummy keys, or travel to the simulator.
  lines.unshift("unset AWS_PROFILE AWS_SESSION_TOKEN AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE");
  const [first, last] = [
    [path.join(repository, "bin"), ...plugins.first],
    // Looked at only when the user's own PATH has nothing.
    [...plugins.last, tools],
  ].map((folders) => folders.map(quote).join(":"));
  lines.push(`export PATH=${first}:"$PATH":${last}`);
  return lines.join("\n") + "\n";
}

/** The tools that this repository built. */
function toolsFolder(): string {
  const build = path.join(repository, "tools", "build");
  return execFileSync(build, ["--print-bin-dir"], { encoding: "utf8" }).trim();
}

/** kOps's channel, where its module has been downloaded already. */
function channelFile(): string | undefined {
  const modules =
    process.env["GOMODCACHE"] ?? path.join(process.env["GOPATH"] ?? path.join(os.homedir(), "go"), "pkg", "mod");
  const file = path.join(modules, `k8s.io/kops@v${KOPS_VERSION}`, "channels", "stable");
  return fs.existsSync(file) ? `file://${file}` : undefined;
}

function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
