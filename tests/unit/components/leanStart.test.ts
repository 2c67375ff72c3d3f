import { spawnSync } from "node:child_process";
import { expect } from "chai";
import { repository } from "../../support/localCloud";

/** In a process of its own: this one has loaded everything already. */
function loadedBy(program: string): string {
  const run = spawnSync(process.execPath, ["--no-warnings", "--import", "tsx", "--eval", program], {
    cwd: repository,
    encoding: "utf8",
  });
  expect(run.stderr).to.equal("");
  return run.stdout.trim();
}

const costly = `Object.keys(require.cache).filter((file) => /node_modules.(typescript|@npmcli.arborist).lib./.test(file)).length`;
const plugin = `require("./provider/src/components/plugin/leanStart"); const pulumi = require("@pulumi/pulumi");`;

describe("what the plugin loads when it starts", function () {
  this.timeout(60_000);

  it("@pulumi/pulumi alone loads the TypeScript compiler and arborist", () => {
    expect(Number(loadedBy(`require("@pulumi/pulumi"); console.log(${costly})`))).to.be.above(10);
  });

  it("the plugin loads neither", () => {
    expect(loadedBy(`${plugin} console.log(${costly})`)).to.equal("0");
  });

  it("a function can still be turned into text, which then loads the compiler", () => {
    const program = `${plugin} pulumi.runtime.serializeFunction(() => 42).then(({ text }) => console.log(text.includes("42"), ${costly} > 0))`;
    expect(loadedBy(program)).to.equal("true true");
  });
});
