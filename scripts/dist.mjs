// Makes everything that a release publishes, all of the version in package.json: node scripts/dist.mjs [DIR]
//
//   pulumi-resource-kops-karpenter-v<version>-<os>-<arch>.tar.gz   the plugin, by the names that Pulumi downloads
//   kops-karpenter-pulumi-<version>.tgz                            npm: the component itself, for use in process
//   kops-karpenter-sdk-<version>.tgz                               npm: the SDK
//   pulumi_kops_karpenter-<version>-py3-none-any.whl               PyPI: the SDK
//   goproxy/                                                       the Go SDK as a module proxy serves it
//   SHA256SUMS
//
// The same sources give the same bytes. The Go SDK itself is published by the tag sdk/go/v<version>.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fixedTime, tarGz, zip } from "./archives.mjs";
import { pluginFiles } from "./pluginFiles.mjs";

const root = resolve(import.meta.dirname, "..");
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const systems = { linux: "unix", darwin: "unix", windows: "windows" };
const architectures = ["amd64", "arm64"];

function run(command, args, options = {}) {
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(fixedTime), ...options.env };
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: "utf8", ...options, env });
  if (error !== undefined) throw new Error(`cannot run ${command}: ${error.message}`);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: exit code ${status}\n${stdout}${stderr}`);
  return stdout;
}

async function plugin(out) {
  for (const kind of ["unix", "windows"]) {
    const archive = tarGz(await pluginFiles(kind));
    for (const system of Object.keys(systems).filter((each) => systems[each] === kind)) {
      for (const architecture of architectures) {
        const name = `pulumi-resource-kops-karpenter-v${version}-${system}-${architecture}.tar.gz`;
        writeFileSync(join(out, name), archive);
      }
    }
  }
}

function npm(out) {
  run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", out]);
  const sdk = run(join(root, "scripts", "pack-sdk-nodejs"), []).trim();
  cpSync(sdk, join(out, basename(sdk)));
}

function wheel(out) {
  // In a copy: setuptools leaves folders beside the sources.
  const copy = mkdtempSync(join(tmpdir(), "kops-karpenter-wheel-"));
  try {
    for (const file of tracked("sdk/python")) cpSync(join(root, "sdk/python", file), join(copy, file));
    run("python3", ["-m", "pip", "wheel", "--quiet", "--no-deps", "--disable-pip-version-check", "-w", out, copy]);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** The layout of a module proxy, so that `GOPROXY=file://…/goproxy` serves it; see `go help goproxy`. */
function goModule(out) {
  const module = /^module (\S+)$/m.exec(readFileSync(join(root, "sdk/go/go.mod"), "utf8"))[1];
  const folder = join(out, "goproxy", module, "@v");
  mkdirSync(folder, { recursive: true });
  const names = tracked("sdk/go").filter((name) => name !== ".gitattributes");
  const files = names.map((name) => [
    `${module}@v${version}/${name}`,
    { bytes: readFileSync(join(root, "sdk/go", name)) },
  ]);
  writeFileSync(join(folder, `v${version}.zip`), zip(new Map(files)));
  cpSync(join(root, "sdk/go/go.mod"), join(folder, `v${version}.mod`));
  const time = new Date(fixedTime * 1000).toISOString().replace(".000", "");
  writeFileSync(join(folder, `v${version}.info`), `${JSON.stringify({ Version: `v${version}`, Time: time })}\n`);
  writeFileSync(join(folder, "list"), `v${version}\n`);
}

/** What is committed, or about to be: no compiled files that lie about. */
function tracked(folder) {
  const list = run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "."], {
    cwd: join(root, folder),
  });
  return list.split("\0").filter((name) => name !== "" && existsSync(join(root, folder, name)));
}

function checksums(out) {
  const names = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
    .sort();
  const lines = names.map((name) => {
    const hash = createHash("sha256").update(readFileSync(join(out, name)));
    return `${hash.digest("hex")}  ${name}\n`;
  });
  writeFileSync(join(out, "SHA256SUMS"), lines.join(""));
  return names;
}

async function main(out) {
  if (!existsSync(join(root, "dist", "main.js"))) throw new Error("nothing is compiled yet: run 'make build'");
  if (existsSync(out) && readdirSync(out).length > 0 && !existsSync(join(out, "SHA256SUMS"))) {
    throw new Error(`${out} holds something else than a release: name an empty folder`);
  }
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await plugin(out);
  npm(out);
  wheel(out);
  goModule(out);
  for (const name of checksums(out)) console.log(name);
}

main(resolve(process.argv[2] ?? join(root, "release"))).catch((error) => {
  console.error(`scripts/dist.mjs: ${error.message}`);
  process.exitCode = 1;
});
