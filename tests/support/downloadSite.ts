/** The sites where the tools' projects publish them, on one mirror: `<url>/<host>/<path>`. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, createReadStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { repository } from "./localCloud";

/** Each tool's version, under which it is published, and the file of its program. */
export type Programs = Readonly<Record<string, { readonly version: string; readonly file: string }>>;

/** The versions of `tools/build --list`, but that of a provider plugin's SDK. */
export function publishedVersions(list: string): ReadonlyMap<string, string> {
  const { dependencies } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const versions = new Map(
    list
      .trim()
      .split("\n")
      .map((line) => line.split(" ") as [string, string]),
  );
  versions.set("pulumi-resource-tls", dependencies["@pulumi/tls"] ?? "");
  return versions;
}

const arch = process.arch === "x64" ? "amd64" : process.arch;
const platform = `${process.platform}-${arch}`;

export class DownloadSite {
  /** The paths that were asked for, in order. */
  readonly asked: string[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "download-site-"));
  private readonly served = new Map<string, string>();
  private server: Server | undefined;

  static async start(): Promise<DownloadSite> {
    const site = new DownloadSite();
    const server = createServer((request, response) => {
      const path = (request.url ?? "").slice(1);
      site.asked.push(path);
      const file = site.served.get(path);
      response.writeHead(file === undefined ? 404 : 200);
      if (file === undefined) response.end();
      else createReadStream(file).pipe(response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    site.server = server;
    return site;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server?.address() as AddressInfo).port)}`;
  }

  end(): void {
    this.server?.close();
    this.server?.closeAllConnections();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Other bytes than those whose checksum is published. */
  damage(path: string): void {
    const file = this.served.get(path);
    if (file === undefined) throw new Error(`the site has no ${path}`);
    this.put(path, Buffer.concat([readFileSync(file), Buffer.from("x")]));
  }

  /** As each project publishes its tools; those that the programs lack are not there. */
  publish(programs: Programs): void {
    for (const [name, { version, file }] of Object.entries(programs)) {
      const number = version.replace(/^v/, "");
      if (name.startsWith("kube-")) {
        this.file(`dl.k8s.io/release/${version}/bin/${platform.replace("-", "/")}/${name}`, file);
      } else if (["kops", "nodeup", "channels"].includes(name)) {
        this.file(`artifacts.k8s.io/binaries/kops/${number}/${platform.replace("-", "/")}/${name}`, file);
      } else if (name === "helm") {
        const archive = `helm-${version}-${platform}.tar.gz`;
        const served = this.archive(`get.helm.sh/${archive}`, { [`${platform}/helm`]: file });
        this.put(`get.helm.sh/${archive}.sha256sum`, `${sha256(served)}  ${archive}\n`);
      } else if (name === "pulumi-resource-tls") {
        this.archive(`get.pulumi.com/releases/plugins/${name}-v${number}-${platform}.tar.gz`, { [name]: file });
      } else if (name === "karpenter") {
        this.image("public.ecr.aws", "karpenter/controller", number, { "ko-app/controller": file });
      }
    }
    this.publishEtcd(programs);
    this.publishPulumi(programs);
  }

  private publishEtcd(programs: Programs): void {
    const version = programs["etcd"]?.version;
    if (version === undefined) return;
    const folder = `etcd-${version}-${platform}`;
    const base = `github.com/etcd-io/etcd/releases/download/${version}`;
    const served = this.archive(`${base}/${folder}.tar.gz`, members(programs, ["etcd", "etcdutl"], folder));
    this.put(`${base}/SHA256SUMS`, `${"0".repeat(64)}  other.zip\n${sha256(served)}  ${folder}.tar.gz\n`);
  }

  private publishPulumi(programs: Programs): void {
    const number = programs["pulumi"]?.version.replace(/^v/, "");
    if (number === undefined) return;
    const archive = `pulumi-v${number}-${process.platform}-${process.arch}.tar.gz`;
    const base = "get.pulumi.com/releases/sdk";
    const names = ["pulumi", ...["nodejs", "yaml", "python", "go"].map((language) => `pulumi-language-${language}`)];
    const python = programs["pulumi-language-python"];
    const script = python === undefined ? {} : { "pulumi/pulumi-language-python-exec": python.file };
    const served = this.archive(`${base}/${archive}`, { ...members(programs, names, "pulumi"), ...script });
    this.put(`${base}/pulumi-${number}-checksums.txt`, `${sha256(served)}  ${archive}\n${"0".repeat(64)}  other\n`);
  }

  /** An image for this platform, whose program is in the last of its layers. */
  private image(registry: string, repository: string, tag: string, files: Readonly<Record<string, string>>): void {
    const base = `${registry}/v2/${repository}`;
    const layers = [{ "etc/os-release": this.put("unnamed", "NAME=base\n") }, files].map((each) => {
      const layer = this.archive("unnamed", each);
      const digest = `sha256:${sha256(layer)}`;
      this.served.set(`${base}/blobs/${digest}`, layer);
      return { digest };
    });
    const manifest = this.put("unnamed", JSON.stringify({ layers }));
    const digest = `sha256:${sha256(manifest)}`;
    this.served.set(`${base}/manifests/${digest}`, manifest);
    const other = { digest: `sha256:${"0".repeat(64)}`, platform: { os: "plan9", architecture: "mips" } };
    const own = { digest, platform: { os: process.platform, architecture: arch } };
    this.put(`${base}/manifests/${tag}`, JSON.stringify({ manifests: [other, own] }));
    this.put(`${registry}/token/?service=${registry}&scope=repository:${repository}:pull`, '{"token":"anonymous"}');
  }

  /** A program by itself, with its checksum beside it. */
  private file(path: string, file: string): void {
    this.served.set(path, file);
    this.put(`${path}.sha256`, sha256(file));
  }

  private archive(path: string, files: Readonly<Record<string, string>>): string {
    const content = mkdtempSync(join(this.folder, "content-"));
    for (const [member, file] of Object.entries(files)) {
      mkdirSync(join(content, dirname(member)), { recursive: true });
      cpSync(file, join(content, member), { dereference: true });
    }
    const archive = `${content}.tar.gz`;
    const folders = [...new Set(Object.keys(files).map((member) => member.split("/")[0] ?? member))];
    const { status, stderr } = spawnSync("tar", ["-I", "gzip -1", "-cf", archive, "-C", content, ...folders]);
    if (status !== 0) throw new Error(`tar: ${stderr.toString()}`);
    rmSync(content, { recursive: true });
    this.served.set(path, archive);
    return archive;
  }

  private put(path: string, content: string | Buffer): string {
    const file = join(mkdtempSync(join(this.folder, "file-")), basename(path));
    writeFileSync(file, content);
    this.served.set(path, file);
    return file;
  }
}

function members(programs: Programs, names: readonly string[], folder: string): Record<string, string> {
  const there = names.flatMap((name) => {
    const file = programs[name]?.file;
    return file === undefined ? [] : [[`${folder}/${name}`, file] as const];
  });
  return Object.fromEntries(there);
}

function sha256(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
