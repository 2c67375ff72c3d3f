// What a release archive of the plugin holds: its compiled code, and of its dependencies the files that it can reach.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { build } from "esbuild";

const root = resolve(import.meta.dirname, "..");
const executable = "pulumi-resource-kops-karpenter";

/** Loaded by a path that is put together at run time: Pulumi's TypeScript, where none is installed beside it. */
const loadedByPath = ["node_modules/@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js"];

/** Asked for in a try block or for another's use only: a plugin does without. */
const leftOut = ["typescript", "node-gyp/*"];

const windowsLauncher = `@echo off
where node >nul 2>nul
if errorlevel 1 (
  echo ${executable}: node is not on PATH: install Node.js 20 or later 1>&2
  exit /b 1
)
node "%~dp0dist\\main.js" %*
`;

/** @param {"unix" | "windows"} kind */
export async function pluginFiles(kind) {
  const paths = new Set([...(await reachable()), ...loadedByPath]);
  const native = [...paths].filter((path) => path.endsWith(".node"));
  if (native.length > 0) throw new Error(`made for one platform only: ${native.join(", ")}`);
  for (const path of [...paths]) {
    for (const beside of descriptions(path)) paths.add(beside);
  }
  const files = new Map([...paths].map((path) => [path, { bytes: readFileSync(join(root, path)) }]));
  files.set("LICENSE", { bytes: readFileSync(join(root, "LICENSE")) });
  files.set("schema.json", { bytes: readFileSync(join(root, "provider", "schema.json")) });
  files.set("package.json", { bytes: Buffer.from(packageJson()) });
  if (kind === "windows") {
    files.set(`${executable}.cmd`, { bytes: Buffer.from(windowsLauncher.replaceAll("\n", "\r\n")) });
  } else {
    files.set(executable, { bytes: readFileSync(join(root, "bin", executable)), executable: true });
  }
  return files;
}

/** The files that dist/main.js requires, directly or not, also late. */
async function reachable() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["dist/main.js"],
    bundle: true,
    write: false,
    metafile: true,
    treeShaking: false,
    outdir: "never-written",
    platform: "node",
    format: "cjs",
    // As Node resolves: no field or condition that only bundlers know.
    mainFields: ["main"],
    conditions: [],
    // Also where node_modules is a link.
    preserveSymlinks: true,
    external: leftOut,
    logLevel: "error",
  });
  return Object.keys(metafile.inputs);
}

/** Each package.json above a file, which tells Node how to read it, and the licence of its package. */
function descriptions(path) {
  const found = [];
  for (let folder = dirname(path); folder.startsWith("node_modules/"); folder = dirname(folder)) {
    if (!existsSync(join(root, folder, "package.json"))) continue;
    found.push(`${folder}/package.json`);
    const legal = readdirSync(join(root, folder), { withFileTypes: true }).filter(
      (entry) => entry.isFile() && /^(licen[cs]e|notice)[^.]*(\.(md|txt))?$/i.test(entry.name),
    );
    found.push(...legal.map(({ name }) => `${folder}/${name}`));
  }
  return found;
}

function packageJson() {
  const { name, version, description, license, dependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const kept = {
    name,
    version,
    description,
    license,
    private: true,
    type: "commonjs",
    main: "dist/main.js",
    dependencies,
  };
  return `${JSON.stringify(kept, undefined, 2)}\n`;
}
