/**
 * What the component shares with kOps's user data: the values, the boot configuration and the envelope around them.
 * The text of the script is kOps's own and is not kept.
 */
import { gunzipSync } from "node:zlib";
import { DescribeLaunchTemplatesCommand, DescribeLaunchTemplateVersionsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { clientSettings } from "./kops";
import type { World } from "./world";

const MARKER = "__EOF_KUBE_ENV";

/** User data of every launch template, by instance group. */
export async function launchTemplateScripts(world: World): Promise<Map<string, string>> {
  const client = new EC2Client(clientSettings(world));
  const scripts = new Map<string, string>();
  const { LaunchTemplates } = await client.send(new DescribeLaunchTemplatesCommand({}));
  for (const { LaunchTemplateId, LaunchTemplateName } of LaunchTemplates ?? []) {
    if (LaunchTemplateId === undefined || LaunchTemplateName === undefined) continue;
    const versions = await client.send(
      new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: ["$Latest"] }),
    );
    const data = Buffer.from(versions.LaunchTemplateVersions?.[0]?.LaunchTemplateData?.UserData ?? "", "base64");
    // A bastion has none.
    if (data.length === 0) continue;
    const group = LaunchTemplateName.split(".")[0] ?? LaunchTemplateName;
    scripts.set(group, (data[0] === 0x1f && data[1] === 0x8b ? gunzipSync(data) : data).toString());
  }
  return scripts;
}

/** Files of the user data of one group, by name. */
export function splitUserData(group: string, userData: string): Map<string, string> {
  const files = new Map<string, string>();
  const script = userData.startsWith("#!") ? userData : scriptPart(userData);
  if (script !== userData) files.set(`${group}.mime.txt`, userData.replace(script, "<bootstrap script>\n"));
  const lines = script.split("\n");
  const start = lines.findIndex((line) => line.startsWith("cat > conf/kube_env.yaml"));
  const end = lines.indexOf(MARKER, start + 1);
  if (start < 0 || end < 0) throw new Error(`no boot configuration in the script of ${group}`);
  files.set(`${group}.kube_env.yaml`, lines.slice(start + 1, end).join("\n") + "\n");
  // What nodes read from /etc/environment.
  const proxy = lines.flatMap((line) => /^ {2}echo "(\w+_proxy=.*)"$/i.exec(line)?.[1] ?? []);
  if (proxy.length > 0) files.set(`${group}.proxy.txt`, proxy.sort().join("\n") + "\n");
  files.set(`${group}.variables.txt`, assignments(lines.slice(0, start)).join("\n") + "\n");
  return files;
}

function scriptPart(userData: string): string {
  const start = userData.indexOf("#!/bin/bash\nset -o errexit");
  const boundary = /boundary="([^"]+)"/.exec(userData)?.[1];
  const end = boundary === undefined ? -1 : userData.indexOf(`\n--${boundary}`, start);
  if (start < 0 || end < 0) throw new Error("user data of an unknown form");
  return userData.slice(start, end + 1);
}

/** Variables set before anything runs: facts about the node and its downloads, and the kernel's settings. */
function assignments(lines: readonly string[]): string[] {
  return lines.filter((line) => /^(export )?[A-Z0-9_]+=|^sysctl /.test(line)).sort();
}
