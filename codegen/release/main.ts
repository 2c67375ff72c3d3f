/**
 * Writes what a program can read of a kOps release from its Go module, into provider/src/releases/<minor>/*.gen.ts, and
 * lists the hand-kept facts whose source differs from that of an earlier release: `make release KOPS=1.36.2 [FROM=1.36.1]`.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { changedSources } from "./changedSources";
import { compareVersions, KopsModule, type Found } from "./kopsModule";
import { readSpec, type KopsSpec } from "./specTypes";
import { definitionSources, hashSources, imageFacts, versionFacts, type SourcedFact } from "./sources";

const root = resolve(__dirname, "../..");
const releases = join(root, "provider/src/releases");
const versionsFile = "versions.gen.ts";
const architectures = ["amd64", "arm64"];
/** kOps supports its own Kubernetes minor version and the two before. */
const olderMinors = 2;
const header = "// Written by codegen/release from the Go module k8s.io/kops. Do not edit.";

function main(version: string | undefined, from: string | undefined): void {
  if (version === undefined || !/^\d+\.\d+\.\d+$/.test(version)) throw new Error("say which release: KOPS=1.36.2");
  const minor = version.split(".").slice(0, 2).join(".");
  const folder = join(releases, minor);
  const source = moduleFolder(version);
  mkdirSync(folder, { recursive: true });
  const written = {
    ...generated(version, minor, new KopsModule(source)),
    "spec.gen.ts": specFile(readSpec(join(source, "pkg/apis/kops"))),
  };
  for (const [file, text] of Object.entries(written)) {
    writeFileSync(join(folder, file), text);
    console.log(`wrote ${relative(root, join(folder, file))}`);
  }
  const earlier = from ?? earlierRelease(version);
  if (earlier === undefined) {
    console.log("no earlier release to compare with: name one with FROM=");
    return;
  }
  report(earlier, changedSources(root, moduleFolder(earlier), source));
}

/** The newest release with facts that is older than this one. */
function earlierRelease(version: string): string | undefined {
  const known = readdirSync(releases).flatMap((folder) => {
    const file = join(releases, folder, versionsFile);
    return existsSync(file) ? (/kopsVersion = "([^"]+)"/.exec(readFileSync(file, "utf8"))?.[1] ?? []) : [];
  });
  const older = known.filter((each) => compareVersions(each, version) < 0);
  return older.sort(compareVersions).at(-1);
}

/** Where Go keeps the module; downloaded unless it is there. */
function moduleFolder(version: string): string {
  const options = { cwd: join(root, "tools/kops"), encoding: "utf8" } as const;
  const answer = execFileSync("go", ["mod", "download", "-json", `k8s.io/kops@v${version}`], options);
  return (JSON.parse(answer) as { readonly Dir: string }).Dir;
}

function generated(version: string, minor: string, kops: KopsModule): Readonly<Record<string, string>> {
  const [major = 0, newest = 0] = minor.split(".").map(Number);
  const minors = Array.from({ length: olderMinors + 1 }, (_, back) => `${major}.${newest - olderMinors + back}`);
  const versions = found(kops, versionFacts);
  const values = Object.fromEntries(versions.map(([name, { value }]) => [name, value]));
  const hashes = hashSources(values, minors).flatMap(({ file, names }) => kops.hashes(file, names));
  const kubernetes = minors.map((each): readonly [string, readonly string[]] => [
    each,
    hashes.flatMap(({ url }) => new RegExp(`/v(${each}\\.\\d+)/bin/linux/amd64/kubelet$`).exec(url)?.[1] ?? []),
  ]);
  const machineImages = architectures.map((each) => [each, kops.machineImage(each, `${minors[0] ?? ""}.0`)] as const);
  return {
    [versionsFile]: lines(
      header,
      "",
      `export const kopsVersion = "${version}";`,
      "",
      "/** What the stable channel recommends for the release. */",
      `export const defaultKubernetesVersion = ${cited(kops.recommendedKubernetes(version))}`,
      "",
      "/** The patch releases with hashes in pkg/assets/assetdata, by minor version, oldest first. */",
      "export const kubernetesVersions = {",
      ...kubernetes.map(([each, patches]) => `  "${each}": [${patches.map((patch) => `"${patch}"`).join(", ")}],`),
      "} as const;",
      "",
      ...record("versions", versions),
      "",
      ...record("taggedImages", found(kops, imageFacts)),
      "",
      ...record("machineImages", machineImages),
      "",
    ),
    "definitions.gen.ts": definitionsFile(kops),
    "fileHashes.gen.ts": lines(
      header,
      "",
      "/** SHA-256, in hex, by canonical URL. */",
      "export const fileHashes: Readonly<Record<string, string>> = {",
      ...hashes.flatMap(({ url, value, citation }) => [`  // ${citation}`, `  "${url}":`, `    "${value}",`]),
      "};",
      "",
    ),
  };
}

function definitionsFile(kops: KopsModule): string {
  return lines(
    header,
    'import type { KopsRelease } from "../release";',
    "",
    'export const definitions: KopsRelease["addons"]["definitions"] = {',
    ...Object.entries(definitionSources).flatMap(([addon, file]) => [
      `  "${addon}": {`,
      `    path: "${file}",`,
      `    sha256: "${kops.fileHash(file)}",`,
      "  },",
    ]),
    "};",
    "",
  );
}

function specFile({ types, nodeupNames }: KopsSpec): string {
  const constant = (name: string, value: object): readonly string[] => [
    `export const ${name}: SpecFacts["${name}"] = {`,
    ...Object.entries(value).flatMap(([type, fields]) => [
      `  ${type}: {`,
      ...Object.entries(fields as Readonly<Record<string, string>>).map(
        ([field, text]) => `    "${field}": "${text}",`,
      ),
      "  },",
    ]),
    "};",
    "",
  ];
  return lines(
    header,
    'import type { SpecFacts } from "../release";',
    "",
    "/** pkg/apis/kops/v1alpha2: the fields that a spec can have. */",
    ...constant("types", types),
    "/** pkg/apis/kops: fields that nodeup's configuration calls something else. */",
    ...constant("nodeupNames", nodeupNames),
  );
}

function found(kops: KopsModule, facts: readonly SourcedFact[]): readonly (readonly [string, Found])[] {
  return facts.map((fact) => [fact.name, kops.find(fact)]);
}

function record(name: string, entries: readonly (readonly [string, Found])[]): readonly string[] {
  const fields = entries.flatMap(([key, { value, citation }]) => [`  // ${citation}`, `  ${key}: "${value}",`]);
  return [`export const ${name} = {`, ...fields, "} as const;"];
}

function cited({ value, citation }: Found): string {
  return `"${value}"; // ${citation}`;
}

function lines(...each: readonly string[]): string {
  return each.join("\n");
}

function report(earlier: string, changed: ReadonlyMap<string, readonly string[]>): void {
  if (changed.size === 0) {
    console.log(`no source of a hand-kept fact differs from kOps ${earlier}`);
    return;
  }
  console.log(`sources of hand-kept facts that differ from kOps ${earlier}; compare, and change what cites them:`);
  for (const [source, citing] of changed) console.log(`  ${source}\n    cited by ${citing.join(", ")}`);
}

try {
  main(process.argv[2], process.argv[3]);
} catch (error) {
  console.error(`release: ${(error as Error).message}`);
  process.exitCode = 1;
}
