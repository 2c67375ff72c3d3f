/** The release archives of the plugin: what they hold, and that the engine installs and runs one. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { repository } from "../support/localCloud";
import { readProgram, yamlProject } from "../support/pulumiProject";
import {
  useCloudWithInstalledPlugin,
  executable,
  listed,
  makeRelease,
  pluginArchive,
  release,
  version,
} from "./support";

const MINUTES = 60_000;
const megabyte = 1 << 20;

describe("the release archives of the plugin", function () {
  this.timeout(5 * MINUTES);

  before(() => {
    release();
  });

  it("exist for every platform, under the names that Pulumi downloads", () => {
    const archives = readdirSync(release()).filter((name) => name.startsWith(executable));
    expect(archives).to.deep.equal(
      ["darwin", "linux", "windows"].flatMap((system) =>
        ["amd64", "arm64"].map((architecture) => `${executable}-v${version}-${system}-${architecture}.tar.gz`),
      ),
    );
  });

  it("hold a launcher, compiled code and only the dependencies' files that it needs", () => {
    const unix = listed(pluginArchive("linux", "amd64"));
    const top = new Set(unix.map((name) => name.split("/")[0]));
    expect([...top].sort()).to.deep.equal([
      "LICENSE",
      "dist",
      "node_modules",
      "package.json",
      executable,
      "schema.json",
    ]);
    const needless = /\.(d\.[cm]?ts|ts|map)$|^node_modules\/(@aws-sdk\/client-iam|eslint|mocha|typescript|chai)\//;
    expect(unix.filter((name) => needless.test(name))).to.deep.equal([]);
    expect(statSync(pluginArchive("linux", "amd64")).size).to.be.lessThan(5 * megabyte);
    const windows = listed(pluginArchive("windows", "arm64"));
    expect(windows.filter((name) => !unix.includes(name))).to.deep.equal([`${executable}.cmd`]);
  });

  it("have the same bytes when built again, like everything else in the release", () => {
    const again = mkdtempSync(join(tmpdir(), "kops-karpenter-release-"));
    try {
      makeRelease(again);
      const sums = (folder: string): string => readFileSync(join(folder, "SHA256SUMS"), "utf8");
      expect(sums(again)).to.equal(sums(release()));
    } finally {
      rmSync(again, { recursive: true, force: true });
    }
  });
});

describe("the plugin installed from an archive", function () {
  this.timeout(8 * MINUTES);
  const cloud = useCloudWithInstalledPlugin();

  it("is the only one that the engine lists, at the release's version", () => {
    const list = execFileSync("pulumi", ["plugin", "ls", "--json"], {
      env: cloud.env,
      cwd: cloud.dir,
      encoding: "utf8",
    });
    const plugins = JSON.parse(list) as { name: string; kind: string; version: string }[];
    expect(plugins.map(({ name, kind, version: installed }) => ({ name, kind, installed }))).to.deep.equal([
      { name: "kops-karpenter", kind: "resource", installed: version },
    ]);
  });

  it("previews, creates and destroys the YAML example", async () => {
    const example = readFileSync(join(repository, "examples", "yaml", "Pulumi.yaml"), "utf8");
    const project = await yamlProject(cloud, readProgram(example));
    expect(await project.run("preview", "--diff")).to.include("+ aws:autoscaling/group:Group");
    await project.up();
    await project.unchanged();
    await project.destroy();
  });

  it("includes the clients that find and terminate Karpenter's instances and that delete etcd's backups, also with an assumed role", () => {
    const installed = join(cloud.env["PULUMI_HOME"] ?? "", "plugins", `resource-kops-karpenter-v${version}`);
    const program = `
      const { ec2Client, s3Client } = require("./dist/resources/aws/awsSettings.js");
      const { KarpenterInstances } = require("./dist/resources/karpenter/karpenterInstances.js");
      const assumeRoles = [{ roleArn: "arn:aws:iam::123456789012:role/deployer" }];
      s3Client("us-east-1", { assumeRoles }).then((client) => client.destroy());
      ec2Client("us-east-1", { assumeRoles })
        .then((client) => new KarpenterInstances(client, "c.example.com").find())
        .then((found) => console.log(JSON.stringify(found)));
    `;
    const found = execFileSync("node", ["-e", program], { cwd: installed, env: cloud.env, encoding: "utf8" });
    expect(JSON.parse(found)).to.deep.equal({ alive: [], ending: [] });
  });
});
