/** Programs with a mistake, in each language: the whole text that their users read from the compiler or the engine. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { CommandError } from "@pulumi/pulumi/automation";
import { expect } from "chai";
import { schemaShape } from "../../provider/src/schema/shape.gen";
import { inlineStack } from "../support/inlineStack";
import { repository, useLocalCloud } from "../support/localCloud";
import { PulumiProject } from "../support/pulumiProject";
import { goProgram, pythonWithSdk } from "../support/sdkPrograms";
import { programs, type Sdk } from "./wrong/typescript";

const MINUTES = 60_000;
const folder = join(__dirname, "wrong");

type Mistake = "unknownKey" | "output" | "wrongType" | "validation";
const groupInputs = Object.keys(schemaShape.objects["NodeGroup"] ?? {}).length;
const titles: Readonly<Record<Mistake, string>> = {
  unknownKey: "an unknown key",
  output: "an output where a plain value is required",
  wrongType: "a value of the wrong type",
  validation: "an invalid value",
};

/** Where a mistake reaches the component, it says the same in every language. */
const problems: Readonly<Record<Mistake, string>> = {
  unknownKey: `property nodeGroups.nodes.image with value '{[{ami-0123456789abcdef0}]}' has a problem: unknown key "image"; did you mean "images"?`,
  output:
    "property clusterName (value not shown) has a problem: must be a plain value, not an output: it decides which resources exist",
  wrongType: `property kubernetesVersion with value '{1.35}' has a problem: wrong type, got 1.35; must be a string`,
  validation:
    "property nodeGroups.nodes.maxSize with value '{1}' has a problem: below minSize, got 1; must be at least 3",
};

function fromComponent(language: string, mistake: Mistake): readonly string[] {
  return [
    `pulumi:pulumi:Stack (wrong-${language}):`,
    "error: kops-karpenter:index:KopsKarpenterCluster resource 'cluster' has a problem: the inputs of the cluster are not valid",
    `- ${problems[mistake]}`,
  ];
}

/**
 * The diagnostics of a run. Left out is what is not about the program: where plugins were found on this machine, and
 * what a host says at last, with a stack trace of its own, if it sees the engine end the run.
 */
function diagnostics(text: string): readonly string[] {
  const [, rest = text] = stripVTControlCharacters(text).split("\nDiagnostics:\n");
  const [told = ""] = rest.split(/\nResources:\n|\n *error: .*resource monitor shut down\n/);
  return told
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^warning: using \S+ from \$PATH at /.test(line));
}

describe("programs with a mistake", function () {
  this.timeout(5 * MINUTES);
  const cloud = useLocalCloud();

  /** What a program of the Automation API prints. */
  function printed(command: string, ...args: readonly string[]): string {
    return execFileSync(command, args, { cwd: cloud.dir, env: cloud.env, encoding: "utf8" });
  }

  /** What a compiler says, which must fail. */
  function refusal(where: string, command: string, ...args: readonly string[]): readonly string[] {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: where, encoding: "utf8" });
    expect(status, stdout).not.to.equal(0);
    return `${stdout}${stderr}`.trimEnd().split("\n");
  }

  describe("in TypeScript", () => {
    let sdk: Sdk;
    let project: string;

    before(() => {
      project = mkdtempSync(join(cloud.dir, "typescript-"));
      execFileSync(join(repository, "scripts", "pack-sdk-nodejs"), [project], { stdio: "pipe" });
      for (const name of ["@pulumi", "@types"]) {
        symlinkSync(join(repository, "node_modules", name), join(project, "node_modules", name));
      }
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      sdk = require(join(repository, "sdk", "nodejs")) as Sdk;
    });

    it("are refused by tsc: an unknown key", () => {
      cpSync(join(folder, "unknownKey.ts.txt"), join(project, "index.ts"));
      cpSync(join(repository, "examples", "typescript", "tsconfig.json"), join(project, "tsconfig.json"));
      const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
      expect(refusal(project, "node", compiler, "--noEmit", "-p", ".")).to.deep.equal([
        "index.ts(6,26): error TS2561: Object literal may only specify known properties, but 'image' does not exist in type 'NodeGroupArgs'. Did you mean to write 'images'?",
      ]);
    });

    for (const mistake of ["output", "wrongType", "validation"] as const) {
      it(`are refused by the component: ${titles[mistake]}`, async () => {
        const program = async (): Promise<void> => {
          programs[mistake](sdk);
        };
        const stack = await inlineStack(
          { projectName: "wrong", stackName: "typescript", program },
          { workDir: project, envVars: { ...cloud.env, PWD: repository } },
        );
        const failure: unknown = await stack.preview().catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(CommandError);
        expect(diagnostics((failure as CommandError).message)).to.deep.equal(fromComponent("typescript", mistake));
      });
    }
  });

  describe("in Python", () => {
    let python: string;

    before(() => {
      python = pythonWithSdk();
    });

    it("are refused by mypy: a value of the wrong type", () => {
      cpSync(join(folder, "wrong_type.py"), join(cloud.dir, "wrong_type.py"));
      expect(refusal(cloud.dir, python, "-m", "mypy", "--strict", "--no-error-summary", "wrong_type.py")).to.deep.equal(
        [
          'wrong_type.py:3: error: Argument "kubernetes_version" to "KopsKarpenterClusterArgs" has incompatible type "float"; expected "str | None"  [arg-type]',
        ],
      );
    });

    // Types are hints: a program that nobody checks runs.
    const files = { wrongType: "wrong_type", unknownKey: "unknown_key", output: "output", validation: "validation" };
    for (const [mistake, file] of Object.entries(files)) {
      it(`are refused by the component: ${titles[mistake as Mistake]}`, () => {
        const text = printed(python, join(folder, "run.py"), join(folder, `${file}.py`));
        expect(diagnostics(text)).to.deep.equal(fromComponent("python", mistake as Mistake));
      });
    }
  });

  describe("in Go", () => {
    let program: string;

    before(() => {
      const wrong = readFileSync(join(folder, "programs.go.txt"), "utf8");
      program = goProgram("go", join(cloud.dir, "go-wrong"), { "wrong.go": wrong });
    });

    it("are refused by go vet: an output where a plain value is required", () => {
      const module = dirname(program);
      mkdirSync(join(module, "output"));
      cpSync(join(folder, "output.go.txt"), join(module, "output", "main.go"));
      expect(refusal(module, "go", "vet", "./output")).to.deep.equal([
        "# quickstart/output",
        "# [quickstart/output]",
        'vet: output/main.go:10:16: cannot use pulumi.Sprintf("%s.example.com", ctx.Stack()) (value of struct type pulumi.StringOutput) as string value in struct literal',
      ]);
    });

    for (const mistake of ["unknownKey", "wrongType", "validation"] as const) {
      it(`are refused by the component: ${titles[mistake]}`, () => {
        expect(diagnostics(printed(program, mistake))).to.deep.equal(fromComponent("go", mistake));
      });
    }
  });

  describe("in YAML", () => {
    let project: PulumiProject;

    before(async () => {
      project = new PulumiProject(cloud, mkdtempSync(join(cloud.dir, "yaml-")));
      cpSync(join(folder, "validation.yaml"), join(project.folder, "Pulumi.yaml"));
      await project.run("stack", "init");
    });

    async function preview(mistake: Mistake): Promise<readonly string[]> {
      writeFileSync(join(project.folder, "Pulumi.yaml"), readFileSync(join(folder, `${mistake}.yaml`), "utf8"));
      const { code, output } = await project.attempt("preview");
      expect(code, output).not.to.equal(0);
      return diagnostics(output);
    }

    it("are refused by Pulumi's YAML host: an unknown key", async () => {
      expect(await preview("unknownKey")).to.deep.equal([
        "pulumi:pulumi:Stack (wrong-test):",
        "Error: Property image does not exist on 'kops-karpenter:index:NodeGroup'",
        "on Pulumi.yaml line 10:",
        "10:         nodes:",
        "11:           image: [ami-0123456789abcdef0]",
        "Cannot assign '{clusterName: string, zones: List<string>, nodeGroups: {nodes: {image: List<string>}}}' to 'kops-karpenter:index:KopsKarpenterCluster':",
        "nodeGroups: Cannot assign '{nodes: {image: List<string>}}' to 'Map<kops-karpenter:index:NodeGroup>':",
        "nodes: Cannot assign '{image: List<string>}' to 'kops-karpenter:index:NodeGroup':",
        `Existing properties are: images, tags, manager, labels, maxSize and ${String(groupInputs - 5)} others`,
      ]);
    });

    for (const mistake of ["output", "wrongType", "validation"] as const) {
      it(`are refused by the component: ${titles[mistake]}`, async () => {
        expect(await preview(mistake)).to.deep.equal(fromComponent("test", mistake));
      });
    }
  });
});
