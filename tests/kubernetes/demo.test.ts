import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect } from "chai";
import { repository } from "../support/localCloud";

describe("make demo", function () {
  this.timeout(600_000);

  it("brings a cluster up, gets a pending pod its node, and leaves nothing", () => {
    const folders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("kops-karpenter-demo."));
    const before = folders();
    const { status, stdout, stderr } = spawnSync("make", ["--no-print-directory", "demo"], {
      cwd: repository,
      encoding: "utf8",
      env: { ...process.env, KEEP: "" },
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(status, stderr).to.equal(0);
    expect(stdout).to.match(/pod demo is on i-[0-9a-f]+/);
    expect(stdout).to.match(/Done in \d+ s; nothing is left/);
    expect(folders()).to.deep.equal(before);
  });
});
