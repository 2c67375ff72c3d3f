/** The goldens that kOps made, by release and case. `make goldens` makes those of the pinned release anew. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { RuntimeFacts } from "../../provider/src/model/runtime";
import type { UnwrappedCluster } from "../../provider/src/model/cluster";
import { definitionsOfModule, withDefinitions } from "./definitions";
import { resolveCluster } from "../../provider/src/resolve/cluster";
import { releaseOf } from "../../provider/src/resolve/release";
import type { ClusterInputs } from "../../provider/src/schema/types.gen";

/** A folder beside this file for each release. */
export const goldenReleases: readonly string[] = readdirSync(__dirname).filter((name) => /^\d/.test(name));

const defaultVersion = releaseOf(undefined).version;

export interface GoldenCase {
  readonly name: string;
  readonly cluster: UnwrappedCluster;
  readonly facts: RuntimeFacts;
  /** Text by path below the cluster's folder of each store. */
  readonly state: ReadonlyMap<string, string>;
  readonly discovery: ReadonlyMap<string, string>;
  /** What user data is made of, by `<group>.<part>`. */
  readonly userData: ReadonlyMap<string, string>;
}

export function goldenCaseNames(release = defaultVersion): readonly string[] {
  return readdirSync(join(__dirname, release)).sort();
}

export function goldenCase(name: string, release = defaultVersion): GoldenCase {
  const folder = goldenFolder(name, release);
  return {
    name,
    // Inputs read from a file hold no pending values.
    cluster: resolveCluster(goldenInputs(name, release)) as UnwrappedCluster,
    facts: goldenFacts(name, release),
    state: withDefinitions(readTree(join(folder, "state")), release),
    discovery: readTree(join(folder, "discovery")),
    userData: readTree(join(folder, "userdata")),
  };
}

/** For the release that the goldens are of, whichever is the default one. */
export function goldenInputs(name: string, release = defaultVersion): ClusterInputs {
  return { kopsVersion: release, ...(readJson(goldenFolder(name, release), "input.json") as ClusterInputs) };
}

export function goldenFacts(name: string, release = defaultVersion): RuntimeFacts {
  const settled = readJson(goldenFolder(name, release), "facts.json") as RuntimeFacts;
  const addonDefinitions = definitionsOfModule(
    readdirSync(join(goldenFolder(name, release), "state", "addons")),
    release,
  );
  return Object.keys(addonDefinitions).length === 0 ? settled : { ...settled, addonDefinitions };
}

export function goldenFolder(name: string, release = defaultVersion): string {
  return join(__dirname, release, name);
}

function readJson(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, file), "utf8"));
}

function readTree(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile());
  return new Map(files.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
}
