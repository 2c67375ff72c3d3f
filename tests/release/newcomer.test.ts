/** From an empty folder to a cluster and back, with what the release holds: nothing of the checkout but the examples' text. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { goExample, pythonExample } from "../support/examplePrograms";
import { repository } from "../support/localCloud";
import { configure, PulumiProject } from "../support/pulumiProject";
import { withPython } from "../support/sdkPrograms";
import { forgetGoModule, release, useCloudWithInstalledPlugin } from "./support";

const MINUTES = 60_000;
const examples = join(repository, "examples");

describe("a newcomer's first cluster", function () {
  this.timeout(8 * MINUTES);
  const cloud = useCloudWithInstalledPlugin();

  const emptyFolder = (): string => mkdtempSync(join(cloud.dir, "newcomer-"));

  async function upAndDown(project: PulumiProject, configured = (): Promise<void> => Promise.resolve()): Promise<void> {
    await project.run("stack", "init");
    await configured();
    await project.up();
    await project.unchanged();
    await project.destroy();
  }

  it("works in TypeScript, with the SDK's npm package", async () => {
    const folder = emptyFolder();
    for (const file of ["index.ts", "tsconfig.json", "package.json"]) {
      cpSync(join(examples, "typescript", file), join(folder, file));
    }
    writeFileSync(join(folder, "Pulumi.yaml"), "name: first\nruntime: nodejs\n");
    run(documented("TypeScript"), folder);
    const project = new PulumiProject(cloud, folder);
    await upAndDown(project, () => configure(cloud, project));
  });

  it("works in Python, with the SDK's wheel", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "__main__.py"), pythonExample());
    writeFileSync(join(folder, "Pulumi.yaml"), "name: first-in-python\nruntime: python\n");
    execFileSync("python3", ["-m", "venv", "environment"], { cwd: folder, stdio: "pipe" });
    run(`. environment/bin/activate\n${documented("Python")}`, folder);
    await upAndDown(new PulumiProject(withPython(cloud, join(folder, "environment", "bin", "python")), folder));
  });

  it("works in Go, with the SDK from a module proxy", async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, "main.go"), goExample());
    writeFileSync(join(folder, "Pulumi.yaml"), "name: first-in-go\nruntime: go\n");
    forgetGoModule();
    try {
      run(`go mod init first\n${documented("Go")}`, folder);
      await upAndDown(new PulumiProject(cloud, folder));
    } finally {
      forgetGoModule();
    }
  });
});

/** What the documentation says to run in the folder of a program in this language. */
function documented(language: string): string {
  const lines = readFileSync(join(repository, "docs", "getting-started.md"), "utf8").split("\n");
  const title = lines.findIndex((line) => line.startsWith(`${language}:`) || line.startsWith(`${language}, `));
  const first = lines.indexOf("```sh", title) + 1;
  const commands = lines.slice(first, lines.indexOf("```", first));
  expect(title, language).to.be.greaterThan(0);
  expect(commands, language).not.to.be.empty;
  return commands.join("\n");
}

/** In a checkout whose `release` folder is the one made here. */
function run(commands: string, folder: string): void {
  const checkout = mkdtempSync(join(folder, "..", "checkout-"));
  symlinkSync(release(), join(checkout, "release"));
  const quiet = { npm_config_audit: "false", npm_config_fund: "false", PIP_DISABLE_PIP_VERSION_CHECK: "1" };
  const go = { GOFLAGS: "-mod=mod -modcacherw", GOWORK: "off" };
  const env = { ...process.env, ...quiet, ...go, checkout };
  execFileSync("sh", ["-ec", commands], { cwd: folder, env, stdio: "pipe" });
}
