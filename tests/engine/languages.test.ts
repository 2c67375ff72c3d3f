/** The Python and Go examples with the generated SDKs, run by the engine through their language hosts. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { goExample, pythonExample } from "../support/examplePrograms";
import { inventory } from "../support/inventory";
import { repository, useLocalCloud } from "../support/localCloud";
import { PulumiProject } from "../support/pulumiProject";
import { goModule, pythonWithSdk, withPython } from "../support/sdkPrograms";

const MINUTES = 60_000;

describe("programs in other languages", function () {
  this.timeout(10 * MINUTES);
  const cloud = useLocalCloud();

  async function upAndDown(project: PulumiProject): Promise<void> {
    const empty = await inventory(cloud);
    await project.run("stack", "init");
    await project.up();
    expect(await project.output("stateStore")).to.match(/^s3:\/\/quickstart-example-com-state-/);
    expect(JSON.parse(await project.exported())).to.have.nested.property(
      "deployment.resources[0].outputs.kubeconfig.ciphertext",
    );
    await project.unchanged();
    await project.destroy();
    expect(await inventory(cloud)).to.deep.equal(empty);
  }

  it("create, preview and destroy the Python example", async () => {
    const folder = join(cloud.dir, "python");
    cpSync(join(repository, "examples", "python"), folder, { recursive: true });
    writeFileSync(join(folder, "__main__.py"), pythonExample());
    await upAndDown(new PulumiProject(withPython(cloud, pythonWithSdk()), folder));
  });

  it("create, preview and destroy the Go example", async () => {
    const folder = goModule("go", join(cloud.dir, "go"), { "main.go": goExample() });
    await upAndDown(new PulumiProject(cloud, folder));
  });
});
