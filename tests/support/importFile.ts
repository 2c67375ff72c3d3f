/** The import file of a cluster in a local cloud, found by the compiled package in a process of its own: the component runs in it, without an engine. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ImportFile } from "../../provider/src/adopt/imports";
import { type LocalCloud, repository, variable } from "./localCloud";
import { finished, type PulumiProject } from "./pulumiProject";

const script = `
const { awsClients, importFile } = require(process.argv[1]);
const { name, inputs, region } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
importFile(name, inputs, awsClients(region)).then((found) => process.stdout.write(JSON.stringify(found)));
`;

/** `inputs`: of the component `name`, with secrets in plain text. */
export async function findImports(cloud: LocalCloud, name: string, inputs: object): Promise<ImportFile> {
  const module = join(repository, "dist", "adopt", "imports");
  const child = promisify(execFile)(process.execPath, ["-e", script, module], {
    env: cloud.env,
    maxBuffer: 64 * 1024 * 1024,
  });
  child.child.stdin?.end(JSON.stringify({ name, inputs, region: variable(cloud, "AWS_REGION") }));
  return JSON.parse((await child).stdout) as ImportFile;
}

/** `pulumi import` as the how-to has it. */
export async function importInto(project: PulumiProject, { file }: Pick<ImportFile, "file">): Promise<string> {
  const path = join(project.folder, "import.json");
  writeFileSync(path, JSON.stringify(file));
  const settings = ["--protect=false", "--generate-code=false", "--skip-preview", "--yes"];
  const { code, output } = await finished(project.start("import", "--file", path, ...settings));
  if (code !== 0) throw new Error(`pulumi import: exit code ${code ?? "none"}\n${output}`);
  return output;
}
