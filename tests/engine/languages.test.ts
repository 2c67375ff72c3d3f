/** The Python and Go examples with the generated SDKs. No language host is to be had, so they run as inline programs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { inventory } from "../support/inventory";
import { repository, useLocalCloud } from "../support/localCloud";
import { localInputs } from "../support/pulumiProject";
import { answerOf, goProgram, pythonWithSdk } from "../support/sdkPrograms";

const MINUTES = 60_000;
const inline = join(__dirname, "inline");

describe("programs in other languages", function () {
  this.timeout(10 * MINUTES);
  const cloud = useLocalCloud();

  async function upAndDown(command: string, ...args: readonly string[]): Promise<void> {
    const empty = await inventory(cloud);
    const inputs = JSON.stringify(localInputs(cloud));
    const result = (await answerOf(cloud, cloud.dir, command, ...args, inputs)) as {
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

  it("create, preview and destroy the Python example", async () => {
    await upAndDown(pythonWithSdk(), join(inline, "run.py"), join(repository, "examples", "python", "__main__.py"));
  });

  it("create, preview and destroy the Go example", async () => {
    const runInline = readFileSync(join(inline, "inline.go.txt"), "utf8");
    await upAndDown(goProgram("go", join(cloud.dir, "go-program"), { "inline.go": runInline }));
  });
});
