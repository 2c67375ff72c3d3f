import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";

const module_ = pathToFileURL(path.resolve(__dirname, "../../../scripts/toolsAhead.mjs")).href;
const run = promisify(execFile);

describe("the tools of later tiers", function () {
  this.timeout(20_000);
  let folder: string;
  const written = (name: string): string => fs.readFileSync(path.join(folder, name), "utf8").trim();

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "tools-ahead-"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** What a program says that has them built by a script, and does this with the build. */
  async function said(build: string, use: string): Promise<string> {
    const script = path.join(folder, "build");
    fs.writeFileSync(script, `#!/bin/bash\n${build}\n`, { mode: 0o755 });
    const program = `
      import { existsSync } from "node:fs";
      import { ToolsAhead } from ${JSON.stringify(module_)};
      const appears = async (file) => {
        while (!existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
      };
      const ahead = new ToolsAhead(${JSON.stringify(script)}, ["one", "two"]);
      ${use}`;
    const { stdout, stderr } = await run("node", ["--input-type=module", "-e", program], { cwd: folder });
    return stdout + stderr;
  }

  it("are built in order, behind everything else; what is said of it is shown while something waits", async () => {
    const build = `
      nice >nice
      echo "$@" >asked
      echo before >&2
      until [[ -f wanted ]]; do sleep 0.02; done
      echo building >&2
      touch built`;
    const shown = await said(
      build,
      `
      import { writeFileSync } from "node:fs";
      await appears("asked");
      await new Promise((resolve) => setTimeout(resolve, 300));
      await ahead.during(async () => {
        writeFileSync("wanted", "");
        await appears("built");
        await new Promise((resolve) => setTimeout(resolve, 300));
      });
      await ahead.end();`,
    );
    expect([written("nice"), written("asked"), shown]).to.deep.equal(["19", "one two", "building\n"]);
  });

  it("are left where they are at the end, with nothing that still runs", async () => {
    const build = `
      trap 'echo removed >lock; exit 143' TERM
      sleep 100 &
      echo $! >child
      wait`;
    await said(build, `await appears("child");\nawait ahead.end();`);
    expect(written("lock")).to.equal("removed");
    const child = Number(written("child"));
    const isAlive =
      fs.existsSync(`/proc/${child}`) && !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${child}/status`, "utf8"));
    expect(isAlive).to.equal(false);
  });
});
