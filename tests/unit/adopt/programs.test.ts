/** Programs in languages with types: the SDKs of this checkout accept what each golden cluster becomes. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { Fields } from "../../../provider/src/encode/fields";
import { adoptedInputs } from "../../../provider/src/adopt/inputs/adoptedInputs";
import { clusterProgram, type Language } from "../../../provider/src/adopt/program/program";
import { pythonName } from "../../../provider/src/adopt/program/pythonProgram";
import { goldenCase } from "../../golden/cases";
import { storedCluster } from "../../support/goldenStore";
import { repository } from "../../support/localCloud";

/** Between them, most kinds of inputs: maps, lists, sections by kOps's names, several keys, Auto Scaling groups. */
const cases = ["cloud-groups", "cilium-hubble", "rotated-keys", "spec-api-server"];

/** A module with the SDK of this checkout and the modules that it was made with. */
function goModule(folder: string, program: ReadonlyMap<string, string>): void {
  mkdirSync(folder);
  for (const [name, text] of program) writeFileSync(join(folder, name), text);
  const sdk = join(repository, "sdk", "go");
  const replaced = "github.com/kops-karpenter/pulumi-kops-karpenter/sdk/go";
  execFileSync("go", ["mod", "edit", `-replace=${replaced}=${sdk}`], { cwd: folder, stdio: "pipe" });
  execFileSync("go", ["mod", "tidy"], { cwd: folder, stdio: "pipe" });
}

interface Tsconfig {
  readonly compilerOptions: object;
}

describe("an adopted cluster's program", function () {
  // Go compiles Pulumi's SDK on a machine that has not yet.
  this.timeout(360_000);
  let scratch: string;
  let inputs: ReadonlyMap<string, Fields>;
  before(() => {
    inputs = new Map(cases.map((name) => [name, adoptedInputs(storedCluster(goldenCase(name))).inputs]));
    scratch = mkdtempSync(join(tmpdir(), "programs-"));
  });
  after(() => rmSync(scratch, { recursive: true }));

  function files(name: string, language: Language): ReadonlyMap<string, string> {
    return clusterProgram(inputs.get(name) ?? {}, { language, project: name, region: "us-east-1" }).files;
  }

  it("type-checks in TypeScript against the SDK", () => {
    const modules = join(scratch, "node_modules");
    mkdirSync(join(modules, "@kops-karpenter"), { recursive: true });
    symlinkSync(join(repository, "node_modules", "@pulumi"), join(modules, "@pulumi"));
    symlinkSync(join(repository, "node_modules", "@types"), join(modules, "@types"));
    symlinkSync(join(repository, "sdk", "nodejs"), join(modules, "@kops-karpenter", "sdk"));
    const names = cases.map((name) => {
      const text = files(name, "typescript").get("index.ts") ?? "";
      expect(text).not.to.include("PRIVATE KEY");
      writeFileSync(join(scratch, `${name}.ts`), text);
      return `${name}.ts`;
    });
    const { compilerOptions } = JSON.parse(files("rotated-keys", "typescript").get("tsconfig.json") ?? "") as Tsconfig;
    const options = { ...compilerOptions, noEmit: true, preserveSymlinks: true };
    writeFileSync(join(scratch, "tsconfig.json"), JSON.stringify({ compilerOptions: options, files: names }));
    const { stdout } = spawnSync(join(repository, "node_modules", ".bin", "tsc"), ["-p", scratch], {
      encoding: "utf8",
    });
    expect(stdout).to.equal("");
  });

  it("compiles in Go against the SDK", () => {
    const [first = "", ...others] = cases;
    const folder = join(scratch, "go");
    goModule(folder, files(first, "go"));
    // One module, and so one build of what all programs use.
    for (const name of others) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "main.go"), files(name, "go").get("main.go") ?? "");
    }
    for (const name of cases) expect(files(name, "go").get("main.go")).not.to.include("PRIVATE KEY");
    const { status, stderr } = spawnSync("go", ["vet", "./..."], { cwd: folder, encoding: "utf8" });
    expect(stderr).to.equal("");
    expect(status).to.equal(0);
  });

  it("compiles in Python, by the names that the SDK has", () => {
    for (const name of cases) {
      const text = files(name, "python").get("__main__.py") ?? "";
      expect(text).not.to.include("PRIVATE KEY");
      const check = "import ast, sys; ast.parse(sys.stdin.read())";
      execFileSync("python3", ["-c", check], { input: text });
    }
    const sdk = readFileSync(join(repository, "sdk/python/pulumi_kops_karpenter/_inputs.py"), "utf8");
    const named = [...sdk.matchAll(/@pulumi\.getter\(name="(\w+)"\)\s+def (\w+)\(/g)];
    expect(named.length).to.be.greaterThan(100);
    for (const [, property = "", attribute] of named) expect(pythonName(property)).to.equal(attribute);
  });
});
