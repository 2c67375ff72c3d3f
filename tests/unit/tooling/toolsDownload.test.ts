/** tools/build where the tools' projects publish them: on a mirror of their sites, with scripts for programs. */
import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "chai";
import { DownloadSite, publishedVersions } from "../../support/downloadSite";
import { Sandbox, workingGo } from "./toolsSandbox";

describe("tools/build with download sites", function () {
  this.timeout(60_000);
  let site: DownloadSite;
  let sandbox: Sandbox;

  beforeEach(async () => {
    site = await DownloadSite.start();
    sandbox = new Sandbox(site.url);
    sandbox.program("go", workingGo);
  });
  afterEach(() => {
    sandbox.end();
    site.end();
  });

  /** Publishes scripts that say their version. */
  async function publish(...names: readonly string[]): Promise<void> {
    const { out } = await sandbox.run("--list");
    const versions = publishedVersions(out);
    const programs = names.map((name) => {
      const version = versions.get(name)!;
      const file = path.join(sandbox.folder, `published-${name}`);
      fs.writeFileSync(file, `#!/bin/bash\necho "${name} ${version.replace(/^v/, "")} $*"\n`, { mode: 0o755 });
      return [name, { version, file }] as const;
    });
    site.publish(Object.fromEntries(programs));
  }

  const all = [
    ...["pulumi", "pulumi-language-nodejs", "pulumi-language-yaml", "pulumi-resource-tls"],
    ...["pulumi-language-python", "pulumi-language-go"],
    ...["kops", "nodeup", "channels", "etcd", "etcdutl", "helm", "karpenter"],
    ...["kube-apiserver", "kube-controller-manager", "kube-scheduler"],
  ];

  it("downloads all that are published, and builds none", async () => {
    await publish(...all);
    const { code, err } = await sandbox.run(...all);
    expect(code, err).to.equal(0);
    expect(sandbox.builds()).to.equal(0);
    expect(await sandbox.links()).to.have.members([...all, "pulumi-language-python-exec"]);
    const bin = (await sandbox.run("--print-bin-dir")).out.trim();
    for (const name of all) {
      const program = path.join(bin, name);
      expect(fs.readFileSync(program, "utf8"), name).to.contain(`echo "${name} `);
      expect(fs.statSync(program).mode & 0o111, name).to.equal(0o111);
    }
    expect(err).to.match(/downloaded karpenter v\S+ from https:\/\/public\.ecr\.aws\/v2\/karpenter\/controller\//);
    expect(fs.readdirSync(path.join(sandbox.cache, "tools")).filter((name) => name.startsWith("."))).to.deep.equal([]);
  });

  it("asks for an archive of several tools once, and for nothing that the cache has", async () => {
    await publish("pulumi", "pulumi-language-nodejs", "pulumi-language-yaml");
    const tools = ["pulumi", "pulumi-language-nodejs", "pulumi-language-yaml"];
    expect(await sandbox.run(...tools)).to.include({ code: 0 });
    expect(site.asked.filter((each) => each.endsWith(".tar.gz"))).to.have.length(1);
    const asked = site.asked.length;
    expect(await sandbox.run(...tools)).to.deep.include({ code: 0, err: "" });
    expect(site.asked).to.have.length(asked);
  });

  it("builds what is not published, and says why", async () => {
    const { code, err } = await sandbox.run("helm");
    expect(code, err).to.equal(0);
    expect(sandbox.builds()).to.equal(1);
    expect(err).to.match(/building helm v\S+ \(no download: curl: \(22\) .*404.*; the first time takes minutes\)\n/);
  });

  for (const [name, damaged] of [
    ["nodeup", /\/nodeup$/],
    ["helm", /\.tar\.gz$/],
    ["karpenter", /\/blobs\//],
  ] as const) {
    it(`builds ${name} where the bytes are not those of the checksum`, async () => {
      await publish(name);
      await sandbox.run(name);
      const wanted = site.asked.find((each) => damaged.test(each))!;
      fs.rmSync(sandbox.cache, { recursive: true });
      site.damage(wanted);
      const { code, err } = await sandbox.run(name);
      expect(code, err).to.equal(0);
      expect(err).to.match(/\(no download: .*(does not have the checksum|serves other bytes)/);
      expect(sandbox.builds()).to.equal(1);
    });
  }

  it("builds a tool whose published program is of another version", async () => {
    await publish("etcd");
    fs.writeFileSync(path.join(sandbox.folder, "published-etcd"), "#!/bin/bash\necho etcd Version: 3.5.0\n");
    site.publish({ etcd: { version: "v3.6.16", file: path.join(sandbox.folder, "published-etcd") } });
    const { err } = await sandbox.run("etcd");
    expect(err).to.contain("(no download: what is published as etcd v3.6.16 does not say so itself; ");
    expect(sandbox.builds()).to.equal(1);
  });

  it("asks a host that is out of reach once", async () => {
    site.end();
    const { code, err } = await sandbox.run("kube-apiserver", "kube-scheduler");
    expect(code, err).to.equal(0);
    expect(sandbox.builds()).to.equal(2);
    expect(err).to.match(/building kube-scheduler v\S+ \(no download: dl\.k8s\.io is out of reach; /);
  });
});

describe("tools/build without downloads", function () {
  this.timeout(20_000);

  it("builds, and asks no site", async () => {
    const sandbox = new Sandbox("off");
    sandbox.program("go", workingGo);
    const { code, err } = await sandbox.run("nodeup");
    expect(code, err).to.equal(0);
    expect(err).to.match(/building nodeup v\S+ \(the first time takes minutes\)\n/);
    sandbox.end();
  });
});
