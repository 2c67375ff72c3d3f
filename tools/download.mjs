// Downloads a tool that its own project publishes, checked against the checksum that is published beside it.
//
//   node tools/download.mjs NAME VERSION OUTPUT FOLDER
//
// Writes the program to OUTPUT and prints where it is from; or fails, and prints why there is none. What takes long is
// reported on standard error. FOLDER keeps archives that hold several tools, and the names of hosts that were out of reach,
// for the next call. Needs curl and tar.
// With KOPS_KARPENTER_DOWNLOADS=URL everything is asked of that mirror, as URL/<host>/<path>.
import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { clearInterval, setInterval } from "node:timers";

const os = process.platform;
const arch = process.arch === "x64" ? "amd64" : process.arch;

/** Whatever goes wrong here is a reason to build the tool. */
class Unavailable extends Error {}

/**
 * A published tool: a file, or the member of an archive, which may have a script beside it. `sums` is a list of checksums or
 * a single one, `probe` makes the program say its version.
 * @typedef {{ url: string, sums?: string, member?: string, script?: string, probe?: string[] }} Published
 */

/** @type {(name: string, version: string) => Published | undefined} */
function published(name, version) {
  const number = version.replace(/^v/, "");
  const kubernetes = { url: `https://dl.k8s.io/release/${version}/bin/${os}/${arch}/${name}`, probe: ["--version"] };
  const kops = { url: `https://artifacts.k8s.io/binaries/kops/${number}/${os}/${arch}/${name}` };
  const etcd = `https://github.com/etcd-io/etcd/releases/download/${version}`;
  const sdk = "https://get.pulumi.com/releases";
  switch (name) {
    case "pulumi":
    case "pulumi-language-nodejs":
    case "pulumi-language-python":
    case "pulumi-language-go":
    case "pulumi-language-yaml":
      return {
        url: `${sdk}/sdk/pulumi-v${number}-${os}-${process.arch}.tar.gz`,
        sums: `${sdk}/sdk/pulumi-${number}-checksums.txt`,
        member: `pulumi/${name}`,
        ...(name === "pulumi" ? { probe: ["version"] } : {}),
        ...(name === "pulumi-language-python" ? { script: `pulumi/${name}-exec` } : {}),
      };
    case "pulumi-resource-tls":
      // Pulumi publishes no checksum there; its own CLI downloads plugins in the same way.
      return { url: `${sdk}/plugins/${name}-v${number}-${os}-${arch}.tar.gz`, member: name };
    case "kops":
    case "nodeup":
    case "channels":
      return { ...kops, sums: `${kops.url}.sha256` };
    case "kube-apiserver":
    case "kube-controller-manager":
    case "kube-scheduler":
      return { ...kubernetes, sums: `${kubernetes.url}.sha256` };
    case "helm": {
      const url = `https://get.helm.sh/helm-${version}-${os}-${arch}.tar.gz`;
      return { url, sums: `${url}.sha256sum`, member: `${os}-${arch}/helm`, probe: ["version"] };
    }
    case "etcd":
    case "etcdutl": {
      const archive = `etcd-${version}-${os}-${arch}`;
      const probe = name === "etcd" ? ["--version"] : ["version"];
      return { url: `${etcd}/${archive}.tar.gz`, sums: `${etcd}/SHA256SUMS`, member: `${archive}/${name}`, probe };
    }
    default:
      return undefined;
  }
}

/** Karpenter publishes its controller in an image only. */
const images = {
  karpenter: { registry: "public.ecr.aws", repository: "karpenter/controller", member: "ko-app/controller" },
};

const [name = "", version = "", output = "", folder = ""] = process.argv.slice(2);

function mirrored(url) {
  const mirror = process.env.KOPS_KARPENTER_DOWNLOADS ?? "";
  return mirror === "" ? url : url.replace(/^https:\/\//, `${mirror.replace(/\/+$/, "")}/`);
}

/** curl's exit codes for a host that cannot be reached, as opposed to a file that is not there. */
const unreachable = [5, 6, 7, 28, 35];

/** Gets a file. A host that is out of reach is asked once: a network that drops packets takes 3 s to say so. */
async function get(url, file, headers = []) {
  const { host } = new URL(url);
  const mark = join(folder, `unreachable-${host}`);
  if (existsSync(mark)) throw new Unavailable(`${host} is out of reach`);
  const limits = ["--connect-timeout", "3", "--speed-limit", "10000", "--speed-time", "15"];
  const options = ["--fail", "--silent", "--show-error", "--location", ...limits, "--output", file];
  const { code, stderr } = await curl(
    [...options, ...headers.flatMap((each) => ["--header", each]), mirrored(url)],
    () => {
      const megabytes = existsSync(file) ? Math.round(statSync(file).size / 2 ** 20) : 0;
      console.error(`tools/build: downloading ${name}: ${megabytes} MiB of ${url}`);
    },
  );
  if (code === 0) return;
  if (unreachable.includes(code)) writeFileSync(mark, "");
  throw new Unavailable(stderr.trim().split("\n").at(-1) || `curl ended with ${code} at ${url}`);
}

/** Reports after 3 s, then every 20 s. */
function curl(args, report) {
  return new Promise((done) => {
    const end = (error, _stdout, stderr) => {
      clearTimeout(first);
      clearInterval(further);
      done({ code: error === null ? 0 : error.code, stderr });
    };
    const first = setTimeout(report, 3000);
    const further = setInterval(report, 20_000);
    execFile("curl", args, end);
  });
}

async function text(url, headers) {
  const file = join(folder, "text");
  await get(url, file, headers);
  return readFileSync(file, "utf8");
}

function sha256(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** The checksum of a file in a list of them, or the only one there is. */
async function sumOf(url, file) {
  const lines = (await text(url)).trim().split("\n");
  const line = lines.length === 1 ? lines[0] : lines.find((each) => basename(each.split(/\s+/).at(-1) ?? "") === file);
  const sum = line?.split(/\s+/)[0] ?? "";
  if (!/^[0-9a-f]{64}$/.test(sum)) throw new Unavailable(`${url} has no SHA-256 of ${file}`);
  return sum;
}

function extract(archive, member, to) {
  const from = join(folder, "member");
  mkdirSync(from, { recursive: true });
  const { status } = spawnSync("tar", ["-xzf", archive, "-C", from, member], { stdio: "ignore" });
  if (status !== 0) throw new Unavailable(`${basename(archive)} holds no ${member}`);
  renameSync(join(from, member), to);
}

async function download({ url, sums, member, script }, to) {
  // The archive of a tool that came before may hold this one, too; it was checked then.
  const file = join(folder, basename(url));
  if (!existsSync(file)) {
    const expected = sums === undefined ? undefined : await sumOf(sums, basename(url));
    await get(url, `${file}.part`);
    if (expected !== undefined && sha256(`${file}.part`) !== expected) {
      throw new Unavailable(`${url} does not have the checksum that ${sums} names`);
    }
    renameSync(`${file}.part`, file);
  }
  if (member === undefined) copyFileSync(file, to);
  else extract(file, member, to);
  if (script !== undefined) extract(file, script, `${to}-exec`);
  return url;
}

/** The program of an image: each part is named by its digest, from the manifest on. */
async function fromImage({ registry, repository, member }, tag, to) {
  const scope = `service=${registry}&scope=repository:${repository}:pull`;
  const { token } = JSON.parse(await text(`https://${registry}/token/?${scope}`));
  const headers = [
    `Authorization: Bearer ${token}`,
    "Accept: application/vnd.oci.image.index.v1+json",
    "Accept: application/vnd.oci.image.manifest.v1+json",
    "Accept: application/vnd.docker.distribution.manifest.list.v2+json",
    "Accept: application/vnd.docker.distribution.manifest.v2+json",
  ];
  const base = `https://${registry}/v2/${repository}`;
  const part = async (kind, digest) => {
    const file = join(folder, "part");
    await get(`${base}/${kind}/${digest}`, file, headers);
    if (`sha256:${sha256(file)}` !== digest) throw new Unavailable(`${repository} serves other bytes than ${digest}`);
    return file;
  };
  const index = JSON.parse(await text(`${base}/manifests/${tag}`, headers));
  const entry = index.manifests?.find(({ platform }) => platform?.os === os && platform?.architecture === arch);
  if (entry === undefined) throw new Unavailable(`${repository}:${tag} has no image for ${os}/${arch}`);
  const { layers } = JSON.parse(readFileSync(await part("manifests", entry.digest), "utf8"));
  // The program is in the last layer, above the base image.
  extract(await part("blobs", layers.at(-1).digest), member, to);
  return `${base}/manifests/${tag}`;
}

/** A program of another version, or one that does not run here, is none. */
function check(program, probe) {
  chmodSync(program, 0o755);
  if (probe === undefined) return;
  const { status, stdout, stderr } = spawnSync(program, probe, { encoding: "utf8", timeout: 30_000 });
  if (status !== 0 || !`${stdout}${stderr}`.includes(version.replace(/^v/, ""))) {
    throw new Unavailable(`what is published as ${name} ${version} does not say so itself`);
  }
}

try {
  const tool = published(name, version);
  const image = images[name];
  if (tool === undefined && image === undefined) throw new Unavailable(`${name} is not published`);
  const from = await (tool === undefined
    ? fromImage(image, version.replace(/^v/, ""), output)
    : download(tool, output));
  check(output, tool?.probe);
  console.log(from);
} catch (error) {
  if (!(error instanceof Unavailable)) throw error;
  console.log(error.message);
  process.exitCode = 1;
}
