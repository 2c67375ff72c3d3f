/** The goldens that kOps made, case by case. `make goldens` makes them anew. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { RuntimeFacts } from "../../provider/src/model/runtime";
import type { SettledCluster } from "../../provider/src/model/cluster";
import { resolveCluster } from "../../provider/src/resolve/cluster";
import type { ClusterInputs } from "../../provider/src/schema/types.gen";

const folder = join(__dirname, "cases");

export interface GoldenCase {
  readonly name: string;
  readonly cluster: SettledCluster;
  readonly facts: RuntimeFacts;
  /** Text by path below the cluster's folder of each store. */
  readonly state: ReadonlyMap<string, string>;
  readonly discovery: ReadonlyMap<string, string>;
  /** What user data is made of, by `<group>.<part>`. */
  readonly userData: ReadonlyMap<string, string>;
}

export function goldenCaseNames(): readonly string[] {
  return readdirSync(folder).sort();
}

export function goldenCase(name: string): GoldenCase {
  return {
    name,
    // Inputs read from a file hold no pending values.
    cluster: resolveCluster(goldenInputs(name)) as SettledCluster,
    facts: goldenFacts(name),
    state: readTree(join(folder, name, "state")),
    discovery: readTree(join(folder, name, "discovery")),
    userData: readTree(join(folder, name, "userdata")),
  };
}

export function goldenInputs(name: string): ClusterInputs {
  return readJson(name, "input.json") as ClusterInputs;
}

export function goldenFacts(name: string): RuntimeFacts {
  return readJson(name, "facts.json") as RuntimeFacts;
}

function readJson(name: string, file: string): unknown {
  return JSON.parse(readFileSync(join(folder, name, file), "utf8"));
}

function readTree(root: string): ReadonlyMap<string, string> {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((name) => join(root, name))
    .filter((path) => statSync(path).isFile());
  return new Map(files.map((path) => [relative(root, path), readFileSync(path, "utf8")]));
}
