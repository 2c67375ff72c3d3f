import * as fs from "node:fs";
import * as path from "node:path";
import { type Layout, repository } from "./layout";

interface Plugin {
  readonly name: string;
  readonly version: string;
  readonly program: string;
}

function versionOf(packageFile: string): string {
  return (JSON.parse(fs.readFileSync(packageFile, "utf8")) as { version: string }).version;
}

/** The stand-ins, under the versions of the packages whose types they are checked against. */
function standIns(): Plugin[] {
  return ["aws", "tls"].map((name) => ({
    name,
    version: versionOf(path.join(repository, "node_modules", "@pulumi", name, "package.json")),
    program: path.join(repository, "localcloud", "plugins", "bin", `pulumi-resource-${name}`),
  }));
}

function onPath(program: string): boolean {
  return (process.env["PATH"] ?? "").split(path.delimiter).some((folder) => folder !== "" && fs.existsSync(path.join(folder, program)));
}

/**
 * Puts the stand-ins into the cloud's own Pulumi home as well: the engine warns about each plugin that it takes from PATH. A real
 * plugin on the user's PATH must win, so for such a name nothing is installed.
 */
export function installPlugins(layout: Layout): void {
  for (const { name, version, program } of standIns()) {
    if (onPath(`pulumi-resource-${name}`)) continue;
    const folder = path.join(layout.pulumiHome, "plugins", `resource-${name}-v${version}`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, `pulumi-resource-${name}`), `#!/bin/sh\nexec '${program.replaceAll("'", "'\\''")}' "$@"\n`, { mode: 0o755 });
  }
}
