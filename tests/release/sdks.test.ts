/** The packed SDKs, as a program gets them from a registry: they hold what they should, and the examples' types check. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../support/localCloud";
import { forgetGoModule, goEnvironment, goModule, listed, pythonWithWheel, release, version } from "./support";

const MINUTES = 60_000;

describe("the packed SDKs", function () {
  this.timeout(8 * MINUTES);
  let work: string;

  before(() => {
    release();
    work = mkdtempSync(join(tmpdir(), "kops-karpenter-sdks-"));
  });
  after(() => {
    rmSync(work, { recursive: true, force: true });
  });

  function run(folder: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const done = spawnSync(command, args, { cwd: folder, encoding: "utf8", env: { ...process.env, ...env } });
    return { code: done.status, output: `${done.stdout}${done.stderr}` };
  }

  function example(name: string): string {
    const folder = join(work, name);
    const besides = /\/node_modules(\/|$)/;
    cpSync(join(repository, "examples", name), folder, {
      recursive: true,
      filter: (name) => !besides.test(name.slice(repository.length)),
    });
    return folder;
  }

  function unpack(name: string, folder: string): void {
    mkdirSync(folder, { recursive: true });
    execFileSync("tar", ["-xzf", join(release(), name), "-C", folder, "--strip-components=1"]);
  }

  /** What npm would install beside it, from the checkout's own. */
  function linkPackages(folder: string, names: readonly string[]): void {
    for (const name of names) symlinkSync(join(repository, "node_modules", name), join(folder, "node_modules", name));
  }

  it("npm: hold compiled code and types; the examples compile, and a wrong program does not", () => {
    const archive = `kops-karpenter-sdk-${version}.tgz`;
    const files = listed(join(release(), archive));
    expect(files).to.include.members(
      ["package.json", "README.md", "LICENSE", "bin/index.js", "bin/index.d.ts"].map((name) => `package/${name}`),
    );
    expect(files.filter((name) => name.endsWith(".map") || /(?<!\.d)\.ts$/.test(name))).to.deep.equal([]);
    const compile = [join(repository, "node_modules", "typescript", "bin", "tsc"), "--noEmit", "-p", "."];
    const [folder = ""] = ["typescript", "automation-api/typescript"].map((name) => {
      const program = example(name);
      unpack(archive, join(program, "node_modules", "@kops-karpenter", "sdk"));
      linkPackages(program, ["@pulumi", "@types"]);
      expect(run(program, "node", compile), name).to.deep.equal({ code: 0, output: "" });
      return program;
    });
    const loaded = 'console.log(require("@kops-karpenter/sdk").KopsKarpenterCluster.name)';
    expect(run(folder, "node", ["-e", loaded]).output).to.equal("KopsKarpenterCluster\n");
    const file = join(folder, "index.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace('zones: ["us-east-1a"]', 'zones: "us-east-1a"'));
    expect(run(folder, "node", compile).output).to.match(/^index\.ts\(\d+,\d+\): error TS2322/);
  });

  it("npm: include the component's package for use in process", () => {
    const folder = join(work, "in-process");
    unpack(`kops-karpenter-pulumi-${version}.tgz`, join(folder, "node_modules", "@kops-karpenter", "pulumi"));
    linkPackages(folder, ["@pulumi", "@types"]);
    const program = `import { KopsKarpenterCluster } from "@kops-karpenter/pulumi";
export const { kubeconfig } = new KopsKarpenterCluster("c", { clusterName: "c.example.com", zones: ["us-east-1a"] });
`;
    writeFileSync(join(folder, "index.ts"), program);
    cpSync(join(repository, "examples", "typescript", "tsconfig.json"), join(folder, "tsconfig.json"));
    const modern = ["--module", "node20", "--moduleResolution", "node16", "--types", "node"];
    const compile = [join(repository, "node_modules", "typescript", "bin", "tsc"), "--noEmit", "-p", ".", ...modern];
    expect(run(folder, "node", compile)).to.deep.equal({ code: 0, output: "" });
    const loaded = 'console.log(typeof require("@kops-karpenter/pulumi").KopsKarpenterCluster)';
    expect(run(folder, "node", ["-e", loaded]).output).to.equal("function\n");
  });

  it("PyPI: are a wheel with types; the examples pass mypy, and a wrong program does not", () => {
    const folder = example("python");
    const python = pythonWithWheel();
    const check = ["-m", "mypy", "--strict", "--no-error-summary", "__main__.py"];
    expect(run(folder, python, check)).to.deep.equal({ code: 0, output: "" });
    const checkService = [...check.slice(0, -1), "service.py"];
    expect(run(example("automation-api/python"), python, checkService)).to.deep.equal({ code: 0, output: "" });
    const file = join(folder, "__main__.py");
    writeFileSync(file, readFileSync(file, "utf8").replace('zones=["us-east-1a"]', "zones=5"));
    expect(run(folder, python, check).output).to.include('No overload variant of "KopsKarpenterCluster" matches');
  });

  it("Go: are a module that a proxy serves; the examples build, and a wrong program does not", () => {
    const env = goEnvironment();
    forgetGoModule();
    try {
      const [folder = ""] = ["go", "automation-api/go"].map((name) => {
        const program = example(name);
        const file = join(program, "go.mod");
        writeFileSync(file, readFileSync(file, "utf8").replace(/^replace .*$/m, ""));
        expect(run(program, "go", ["mod", "tidy"], env), name).to.include({ code: 0 });
        expect(run(program, "go", ["list", "-m", goModule], env).output).to.equal(`${goModule} v${version}\n`);
        expect(run(program, "go", ["vet", "."], env), name).to.deep.equal({ code: 0, output: "" });
        expect(run(program, "go", ["build", "-o", "program", "."], env), name).to.deep.equal({ code: 0, output: "" });
        return program;
      });
      const main = join(folder, "main.go");
      writeFileSync(main, readFileSync(main, "utf8").replace('[]string{"us-east-1a"}', '"us-east-1a"'));
      expect(run(folder, "go", ["vet", "."], env).output).to.include("as []string value in struct literal");
    } finally {
      forgetGoModule();
    }
  });
});
