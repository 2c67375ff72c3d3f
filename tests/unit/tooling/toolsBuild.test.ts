import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { Sandbox, workingGo } from "./toolsSandbox";

describe("tools/build", function () {
  this.timeout(20_000);
  let sandbox: Sandbox;

  beforeEach(() => {
    sandbox = new Sandbox();
  });
  afterEach(() => {
    sandbox.end();
  });

  it("builds a tool once, keyed by version, and links it", async () => {
    sandbox.program("go", workingGo);
    expect(await sandbox.run("etcd")).to.include({ code: 0 });
    expect(await sandbox.run("etcd")).to.deep.include({ code: 0, err: "" });
    expect(sandbox.builds()).to.equal(1);
    expect(fs.readdirSync(path.join(sandbox.cache, "tools"))).to.deep.equal(["etcd-v3.6.16"]);
    expect(await sandbox.links()).to.deep.equal(["etcd"]);
  });

  it("says how long a tool took before, and names a failed build by its error", async () => {
    sandbox.program("go", workingGo);
    expect((await sandbox.run("etcd")).err).to.match(/building etcd v3\.6\.16 \(the first time takes minutes\)\n/);
    fs.rmSync(path.join(sandbox.cache, "tools"), { recursive: true });
    sandbox.program("go", "printf 'a/package\\nx.go:1: wrong\\nanother/package\\n' >&2; exit 1");
    const { err } = await sandbox.run("etcd");
    expect(err).to.match(/building etcd v3\.6\.16 \(took \d+ s the last time\)\n/);
    expect(err).to.match(/cannot build etcd: x\.go:1: wrong \(log: /);
  });

  it("builds once when two runs want the same tool", async () => {
    sandbox.program("go", workingGo);
    const results = await Promise.all([sandbox.run("etcd"), sandbox.run("etcd")]);
    expect(results.map(({ code }) => code)).to.deep.equal([0, 0]);
    expect(sandbox.builds()).to.equal(1);
  });

  it("takes over the lock of a run that died", async () => {
    sandbox.program("go", workingGo);
    const lock = path.join(sandbox.cache, "tools", "etcd.lock");
    fs.mkdirSync(lock, { recursive: true });
    fs.writeFileSync(path.join(lock, "pid"), "4194305\n");
    expect(await sandbox.run("etcd")).to.include({ code: 0 });
  });

  it("says in one line that Go is missing", async () => {
    expect(await sandbox.run("etcd")).to.deep.equal({
      code: 1,
      out: "",
      err: "tools/build: cannot build etcd: go is not on PATH; install Go 1.26 or later\n",
    });
  });

  it("says that the module proxy is unreachable, and leaves nothing half made", async () => {
    sandbox.program("go", "echo 'go: x@v1: Get \"p\": dial tcp 127.0.0.1:9: connect: connection refused' >&2; exit 1");
    const { code, err } = await sandbox.run("etcd");
    const log = path.join(sandbox.cache, "tools", "etcd-v3.6.16.log");
    expect(code).to.equal(1);
    expect(err.trimEnd().split("\n").at(-1)).to.equal(
      `tools/build: cannot build etcd: the Go module proxy is unreachable; check the network and 'go env GOPROXY' (log: ${log})`,
    );
    expect(fs.readdirSync(path.join(sandbox.cache, "tools"))).to.deep.equal(["etcd-v3.6.16.log"]);
  });

  it("prefers an installed pulumi that is new enough", async () => {
    sandbox.program("go", workingGo);
    sandbox.program("pulumi", "echo v3.200.0");
    expect(await sandbox.run("pulumi")).to.deep.equal({
      code: 0,
      out: "",
      err: `tools/build: using the installed ${sandbox.bin}/pulumi\n`,
    });
    expect(await sandbox.links()).to.deep.equal([]);
  });

  it("builds beside an installed pulumi that is too old", async () => {
    sandbox.program("go", workingGo);
    sandbox.program("pulumi", "echo v3.199.9");
    expect(await sandbox.run("pulumi")).to.include({ code: 0 });
    expect(await sandbox.links()).to.deep.equal(["pulumi"]);
  });

  it("names the tools there are when asked for another", async () => {
    const { code, err } = await sandbox.run("kopps");
    expect(code).to.equal(1);
    expect(err).to.match(/^tools\/build: no tool is called 'kopps'; there are: pulumi .* kops nodeup /);
  });
});
