import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect } from "chai";

const repository = resolve(__dirname, "../../..");

/** Modules whose tools share much of what they compile: Go compiles a package once if its versions agree, and all below it. */
const families: readonly (readonly string[])[] = [
  ["tools/pulumi", "tools/pulumi-resource-aws", "codegen/sdk"],
  ["tools/kube-apiserver", "tools/helm", "tools/etcd", "tools/etcdutl"],
];

describe("the versions of what tools are built from", () => {
  for (const [first = "", ...others] of families) {
    for (const other of others) {
      it(`agree between ${first} and ${other}`, () => {
        const [mine, theirs] = [versions(first), versions(other)];
        const shared = [...mine.keys()].filter((name) => theirs.has(name));
        expect(shared).to.not.deep.equal([]);
        const different = shared.filter((name) => mine.get(name) !== theirs.get(name));
        const listed = different.map((name) => `${name}: ${mine.get(name) ?? ""} and ${theirs.get(name) ?? ""}`);
        expect(listed).to.deep.equal([]);
      });
    }
  }
});

/** What a go.mod requires, and the version that it puts in the place of another. */
function versions(folder: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(repository, folder, "go.mod"), "utf8");
  const replaced = new Map(matches(text, /^\s*(?:replace )?(\S+) => \1 (v\S+)$/gm));
  return new Map(
    matches(text, /^\s*(?:require )?(\S+\.\S+) (v\S+)/gm).map(([name, version]) => [
      name,
      replaced.get(name) ?? version,
    ]),
  );
}

function matches(text: string, pattern: RegExp): [string, string][] {
  return [...text.matchAll(pattern)].map(([, name = "", version = ""]) => [name, version]);
}
