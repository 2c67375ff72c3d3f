/** The demo, whole, and on a bad day: ended in the middle, and on a machine that lacks a tool. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { DownloadSite, publishedVersions } from "../support/downloadSite";
import { repository } from "../support/localCloud";
import { processes } from "../support/processes";
import { finished } from "../support/pulumiProject";

const MINUTES = 60_000;
const demo = join(repository, "scripts", "demo");

describe("the demo", function () {
  this.timeout(3 * MINUTES);
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "demo-test-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("downloads its tools, creates a cluster, gets a pending pod a node, and leaves nothing behind", async () => {
    const site = await DownloadSite.start();
    const env = { ...process.env, ...machineWithoutTools(site), TMPDIR: folder, KEEP: "" };
    const command = ["--no-print-directory", "-C", repository, "demo"];
    const { code, output } = await finished(spawn("make", command, { env, stdio: ["ignore", "pipe", "pipe"] }));
    site.end();
    expect(code, output).to.equal(0);
    expect(output).to.contain("tools/build: downloaded pulumi ").and.to.contain("tools/build: downloaded karpenter ");
    expect(output).to.not.contain("tools/build: building");
    expect(output).to.match(/pod demo is on i-[0-9a-f]+/);
    // Half a processor needs no big instance.
    expect(output).to.match(
      /instance i-[0-9a-f]+ \([a-z0-9-]+\.(nano|micro|small|medium|large), (spot|on-demand)\) boots/,
    );
    expect(output).to.match(/Done in \d+ s; only the tools in the cache remain/);
    expect(readdirSync(folder).filter((name) => name.startsWith("kops-karpenter-demo"))).to.deep.equal([]);
  }).timeout(10 * MINUTES);

  /** An empty cache of tools, none of them on PATH, and a site that has those of the tier. */
  function machineWithoutTools(site: DownloadSite): NodeJS.ProcessEnv {
    const build = join(repository, "tools", "build");
    const run = (option: string): string => spawnSync(build, [option], { encoding: "utf8" }).stdout.trim();
    const bin = run("--print-bin-dir");
    const programs = [...publishedVersions(run("--list"))].map(
      ([name, version]) => [name, { version, file: join(bin, name) }] as const,
    );
    site.publish(Object.fromEntries(programs.filter(([, { file }]) => existsSync(file))));
    const [cache, warm] = [join(folder, "cache"), dirname(bin)];
    mkdirSync(cache);
    for (const name of readdirSync(warm).filter((each) => each !== "tools" && !each.startsWith("bin-"))) {
      symlinkSync(join(warm, name), join(cache, name));
    }
    const path = (process.env["PATH"] ?? "").split(":").filter((each) => dirname(each) !== warm);
    return { PATH: path.join(":"), KOPS_KARPENTER_CACHE: cache, KOPS_KARPENTER_DOWNLOADS: site.url };
  }

  it("cleans up after Ctrl-C", async () => {
    // A group of its own, which Ctrl-C reaches as a whole, as in a terminal.
    const env = { ...process.env, TMPDIR: folder };
    const child = spawn(demo, [], { env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    let interrupted = false;
    child.stdout.on("data", (data: Buffer) => {
      log += data.toString();
      if (interrupted || !/aws:\S+ \S+ created/.test(log)) return;
      interrupted = true;
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    });
    const { code, output } = await finished(child);
    expect(code, output).to.equal(130);
    expect(output).to.match(/stopped the local cloud and removed \S+\n$/);
    expect(readdirSync(folder).filter((name) => name.startsWith("kops-karpenter-demo"))).to.deep.equal([]);
    expect(processes().filter(({ command }) => command.includes(folder))).to.deep.equal([]);
  });

  it("reports a missing tool in one line", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    for (const tool of ["bash", "dirname", "node", "npm"]) symlinkSync(onPath(tool), join(bin, tool));
    const child = spawn(join(bin, "bash"), [demo], { env: { PATH: bin }, stdio: ["ignore", "pipe", "pipe"] });
    const { code, output } = await finished(child);
    expect(code).to.equal(1);
    expect(output).to.equal("demo: python3 is not on PATH: install Python 3.9 or later\n");
  });
});

function onPath(tool: string): string {
  const folders = (process.env["PATH"] ?? "").split(":");
  const found = folders.find((each) => readdirOrNone(each).includes(tool));
  if (found === undefined) throw new Error(`${tool} is not on PATH`);
  return join(found, tool);
}

function readdirOrNone(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
