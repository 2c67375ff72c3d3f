/** The table of effects: it has every input, and its stops stop nothing else. */
import { expect } from "chai";
import { clusterToken } from "../../../../provider/src/model/tokens";
import { schemaShape, type ObjectShape, type TypeShape } from "../../../../provider/src/schema/shape.gen";
import { readInputs } from "../../../../provider/src/validate/inputs";
import { changeRows } from "../../../../provider/src/validate/changes/table";
import { exampleOf, examplePaths } from "../../../support/changes";
import { problemsOfChange } from "./judged";

/** Paths of the inputs: objects are opened, maps of objects too and stand for their names as well; lists are one input. */
function inputPaths(shape: ObjectShape, prefix = ""): readonly string[] {
  return Object.entries(shape).flatMap(([name, { type }]) => pathsOf(type, `${prefix}${name}`));
}

function pathsOf(type: TypeShape, path: string): readonly string[] {
  if (typeof type === "string" || "enum" in type || "array" in type) return [path];
  if ("object" in type) return inputPaths(schemaShape.objects[type.object]!, `${path}.`);
  const element = type.map.type;
  return typeof element === "object" && "object" in element ? [path, ...pathsOf(element, `${path}.*`)] : [path];
}

const inputs = inputPaths(schemaShape.components[clusterToken]!.inputs);
const sorted = (paths: readonly string[]): readonly string[] => [...paths].sort();

/** With `*` for the names of the examples: of a group, or of a keyset and of its key. */
function patternOf(path: string): string {
  return path.replace(/^(nodeGroups|pki\.keysets)\.[\w-]+/, "$1.*").replace(/^(pki\..*\.keys)\.\w+/, "$1.*");
}

describe("the table of effects", () => {
  it("has one row for each input of the schema, and no other", () => {
    expect(sorted(changeRows.map(({ path }) => path))).to.deep.equal(sorted(inputs));
  });

  it("has an example of a change for each row", () => {
    expect(sorted(examplePaths)).to.deep.equal(sorted(inputs));
  });

  for (const { path, effects, stops } of changeRows) {
    const isStopped = effects.some((effect) => effect === "refused" || effect === "needs acknowledgement");
    it(`${isStopped ? "stops" : "lets through"} an ordinary change of ${path}`, () => {
      const { from, to } = exampleOf(path);
      for (const program of [from, to]) expect(readInputs(program).problems).to.equal(undefined);
      const found = problemsOfChange(from, to);
      expect(found.map((problem) => patternOf(problem.path))).to.deep.equal(isStopped ? [path] : []);
      if (isStopped) expect(stops.some(({ when }) => when === undefined)).to.equal(true);
      expect(problemsOfChange(from, from)).to.deep.equal([]);
    });
  }

  it("says in each row what the effect comes from, in a phrase", () => {
    for (const { path, why } of changeRows) expect(why, path).to.match(/^[A-Za-z].*[^.]$/);
  });
});
