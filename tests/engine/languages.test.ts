/** The Python and Go examples with the generated SDKs. No language host is to be had, so they run as inline programs. */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { inventory } from "../support/inventory";
import { type LocalCloud, repository, startLocalCloud } from "../support/localCloud";
import { finished, localInputs } from "../support/pulumiProject";

const MINUTES = 60_000;
const inline = join(__dirname, "inline");

describe("programs in other languages", function () {
  this.timeout(10 * MINUTES);
  let cloud: LocalCloud;

  before(() => {
    cloud = startLocalCloud();
  });
  after(() => {
    cloud.end();
  });

  async function upAndDown(command: string, ...args: readonly string[]): Promise<void> {
    const empty = await inventory(cloud);
    const inputs = JSON.stringify(localInputs(cloud));
    const child = spawn(command, [...args, inputs], {
      cwd: cloud.dir,
      env: cloud.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { code, output, stdout } = await finished(child);
    expect(code, output).to.equal(0);
    const result = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as {
      outputs: Record<string, string>;
      preview: Record<string, number>;
      destroyed: Record<string, number>;
    };
    expect(result.outputs).to.have.keys("apiEndpoint", "stateStore", "kubeconfig");
    expect(result.outputs["kubeconfig"]).to.equal("secret");
    expect(result.outputs["stateStore"]).to.match(/^s3:\/\/quickstart-example-com-state-/);
    // All of it stays the same, and all of it goes.
    expect(Object.keys(result.preview)).to.deep.equal(["same"]);
    expect(result.destroyed).to.deep.equal({ delete: result.preview["same"] });
    expect(await inventory(cloud)).to.deep.equal(empty);
  }

  it("runs the Python example", async () => {
    await upAndDown(pythonWithSdk(), join(inline, "run.py"), join(repository, "examples", "python", "__main__.py"));
  });

  it("runs the Go example", async () => {
    await upAndDown(goProgram(cloud.dir));
  });
});

/** Python of a virtual environment with the SDK in it, in the cache: one per content of the SDK. */
function pythonWithSdk(): string {
  const sdk = join(repository, "sdk", "python");
  const hash = createHash("sha256");
  for (const file of readdirSync(sdk, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(py|toml)$/.test(name))
    .sort()) {
    hash.update(file).update(readFileSync(join(sdk, file)));
  }
  const cache = process.env["KOPS_KARPENTER_CACHE"] ?? join(homedir(), ".cache", "kops-karpenter");
  const home = join(cache, `python-sdk-${hash.digest("hex").slice(0, 12)}`);
  const python = join(home, "bin", "python");
  if (!existsSync(python)) {
    mkdirSync(cache, { recursive: true });
    const making = mkdtempSync(join(cache, "python-sdk-making-"));
    try {
      // setuptools writes beside what it packs.
      cpSync(sdk, join(making, "sdk"), { recursive: true });
      execFileSync("python3", ["-m", "venv", making], { stdio: "pipe" });
      const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", join(making, "sdk")];
      execFileSync(join(making, "bin", "python"), install, { stdio: "pipe" });
      renameSync(making, home);
    } finally {
      rmSync(making, { recursive: true, force: true });
    }
  }
  return python;
}

/** The Go example, compiled together with what runs it inline. */
function goProgram(folder: string): string {
  const module = join(folder, "go-program");
  cpSync(join(repository, "examples", "go"), module, { recursive: true });
  cpSync(join(inline, "inline.go.txt"), join(module, "inline.go"));
  const file = join(module, "go.mod");
  writeFileSync(file, readFileSync(file, "utf8").replace("../../sdk/go", join(repository, "sdk", "go")));
  // The Automation API asks for more modules than the example; go.sum takes them in.
  execFileSync("go", ["mod", "tidy"], { cwd: module, stdio: "pipe" });
  execFileSync("go", ["vet", "."], { cwd: module, stdio: "pipe" });
  execFileSync("go", ["build", "-o", "program", "."], { cwd: module, stdio: "pipe" });
  return join(module, "program");
}
