/** From an empty folder to a cluster and back, with what the release holds: nothing of the checkout but the examples' text. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../support/localCloud";
import { configure, localInputs, PulumiProject } from "../support/pulumiProject";
import { answerOf } from "../support/sdkPrograms";
import {
  useCloudWithInstalledPlugin,
  forgetGoModule,
  goEnvironment,
  pythonWithWheel,
  release,
  version,
} from "./support";

const MINUTES = 60_000;
const examples = join(repository, "examples");
const inline = join(repository, "tests", "engine", "inline");

describe("a newcomer's first cluster", function () {
  this.timeout(8 * MINUTES);
  const cloud = useCloudWithInstalledPlugin();

  const emptyFolder = (): string => mkdtempSync(join(cloud.dir, "newcomer-"));

  /** Up, a preview and destroy, by the inline program's own account. */
  async function upAndDown(command: string, args: readonly string[], folder: string): Promise<void> {
    const inputs = JSON.stringify(localInputs(cloud));
    const answer = await answerOf(cloud, folder, command, ...args, inputs);
    const result = answer as Record<string, Record<string, unknown>>;
    expect(Object.keys(result["preview"] ?? {})).to.deep.equal(["same"]);
    expect(result["destroyed"]).to.deep.equal({ delete: result["preview"]?.["same"] });
  }

  it("works in TypeScript, with the SDK's npm package", async () => {
    const folder = emptyFolder();
    for (const file of ["index.ts", "tsconfig.json", "package.json"]) {
      cpSync(join(examples, "typescript", file), join(folder, file));
    }
    writeFileSync(join(folder, "Pulumi.yaml"), "name: first\nruntime: nodejs\n");
    const archive = join(release(), `kops-karpenter-sdk-${version}.tgz`);
    const install = ["install", "--no-audit", "--no-fund", "--loglevel=error", archive];
    execFileSync("npm", install, { cwd: folder, stdio: "pipe" });
    const project = new PulumiProject(cloud, folder);
    await project.run("stack", "init");
    await configure(cloud, project);
    await project.up();
    await project.unchanged();
    await project.destroy();
  });

  it("works in Python, with the SDK's wheel", async () => {
    const folder = emptyFolder();
    cpSync(join(examples, "python", "__main__.py"), join(folder, "__main__.py"));
    await upAndDown(pythonWithWheel(), [join(inline, "run.py"), join(folder, "__main__.py")], folder);
  });

  it("works in Go, with the SDK from a module proxy", async () => {
    const folder = emptyFolder();
    cpSync(join(examples, "go", "main.go"), join(folder, "main.go"));
    cpSync(join(inline, "inline.go.txt"), join(folder, "inline.go"));
    const env = { ...process.env, ...goEnvironment() };
    forgetGoModule();
    try {
      for (const command of documentedGoCommands()) {
        execFileSync("go", command, { cwd: folder, env, stdio: "pipe" });
      }
      execFileSync("go", ["build", "-o", "program", "."], { cwd: folder, env, stdio: "pipe" });
    } finally {
      forgetGoModule();
    }
    await upAndDown(join(folder, "program"), [], folder);
  });
});

/** What the documentation says to run in a folder that has a program and nothing else. */
function documentedGoCommands(): readonly (readonly string[])[] {
  const text = readFileSync(join(repository, "docs", "getting-started.md"), "utf8");
  const commands = ["go mod init first", ...(text.match(/^go (?:get|mod) .*$/gm) ?? [])];
  expect(text).to.include(`\`${commands[0] ?? ""}\``);
  expect(commands).to.have.length(3);
  return commands.map((command) => command.split(" ").slice(1));
}
