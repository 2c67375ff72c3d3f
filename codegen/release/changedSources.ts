/** Which of the upstream files that our code cites differ between two releases of kOps. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const sources = "provider/src";

/** A path below kOps's module, as a comment cites it: with a folder in front, or with a line number behind. */
const citation = /\b((?:[\w.-]+\/)+[\w.-]+\.(?:go|yaml|template)|channels\/stable)\b/g;

/** By cited file: the files of ours that cite it. A generated file is written anew and needs no second look. */
export function changedSources(root: string, earlier: string, later: string): ReadonlyMap<string, readonly string[]> {
  const citing = new Map<string, string[]>();
  const files = readdirSync(join(root, sources), { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => name.endsWith(".ts") && !name.endsWith(".gen.ts")).sort()) {
    const cited = [...readFileSync(join(root, sources, file), "utf8").matchAll(citation)].map(
      (match) => match[1] ?? "",
    );
    for (const source of new Set(cited)) citing.set(source, [...(citing.get(source) ?? []), file]);
  }
  const differing = [...citing].filter(([source]) => textOf(earlier, source) !== textOf(later, source));
  return new Map(differing.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** Undefined where the module has no such file: the citation is of something else, or the file is gone. */
function textOf(module: string, file: string): string | undefined {
  const path = join(module, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
