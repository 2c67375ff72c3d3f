// Installs the npm dependencies with `npm ci`, unless node_modules already holds what package-lock.json asks for.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const installedLock = join(root, "node_modules", ".package-lock.json");

function packages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : {};
}

const installed = packages(installedLock);
// npm leaves out optional packages that are made for another platform.
const missing = Object.entries(packages(join(root, "package-lock.json"))).filter(
  ([path, { version, optional }]) => path !== "" && optional !== true && installed[path]?.version !== version,
);

const [major] = process.versions.node.split(".").map(Number);
if (major < 20) {
  console.error(`Node.js ${process.versions.node} is too old: install Node.js 20 or later`);
  process.exit(1);
}
if (missing.length > 0) {
  console.error(`installing npm packages (${missing.length} are missing)`);
  // No install scripts: they would compile this package before it is asked for, and fetch Pulumi plugins.
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) {
    console.error("npm ci failed: check that the npm registry is reachable (npm ping), then run this again");
    process.exit(1);
  }
}
