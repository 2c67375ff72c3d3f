import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { yaml, yamlDocuments, type YamlValue } from "../../../provider/src/encode/yaml";

interface Case {
  readonly value: YamlValue;
  readonly yaml: string;
}

describe("yaml", () => {
  it("writes what sigs.k8s.io/yaml 1.6.0 writes", () => {
    // Values of every awkward shape with the bytes that Go made of them.
    const cases = JSON.parse(readFileSync(join(__dirname, "yaml-cases.json"), "utf8")) as Case[];
    expect(cases.length).to.be.greaterThan(500);
    for (const { value, yaml: want } of cases) expect(yaml(value)).to.equal(want);
  });

  it("leaves out absent fields and keeps null", () => {
    expect(yaml({ a: undefined, b: null, c: { d: undefined } })).to.equal("b: null\nc: {}\n");
  });

  it("separates documents as kOps does", () => {
    expect(yamlDocuments([{ a: 1 }, { b: 2 }])).to.equal("a: 1\n\n---\n\nb: 2\n");
  });

  it("refuses numbers that YAML would not keep exactly", () => {
    expect(() => yaml(2 ** 60)).to.throw("bug: no exact YAML number");
    expect(() => yaml(Number.NaN)).to.throw("bug: no exact YAML number");
  });
});
