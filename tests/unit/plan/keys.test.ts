import { expect } from "chai";
import { resolveCluster } from "../../../provider/src/resolve/cluster";
import { allRows } from "./allRows";
import { cases } from "./fixtures/cases";

/** Every logical suffix in the rows; the provider's own arguments have keys of other kinds. */
function keysIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([field, entry]) => {
    if (field === "args") return [];
    return /^key$|Key$/.test(field) && typeof entry === "string" ? [entry] : keysIn(entry);
  });
}

describe("logical names of rows", () => {
  for (const { name, inputs } of cases) {
    const keys = keysIn(allRows(resolveCluster({ ...inputs, sshPublicKey: undefined })));

    it(`${name}: are unique`, () => {
      expect(keys).to.have.length.above(70);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).to.deep.equal([]);
    });

    it(`${name}: hold neither slash nor colon nor the cluster's name`, () => {
      expect(keys.filter((key) => /[/:\s]/.test(key) || key.includes(inputs.clusterName))).to.deep.equal([]);
    });
  }

  it("stay the same when zones and access lists grow", () => {
    const small = keysIn(allRows(resolveCluster({ clusterName: "c.example.com", zones: ["us-east-1b"] })));
    const grown = keysIn(
      allRows(
        resolveCluster({
          clusterName: "c.example.com",
          zones: ["us-east-1a", "us-east-1b"],
          controlPlane: { zones: ["us-east-1b"] },
          api: { access: ["10.0.0.0/8", "0.0.0.0/0", "::/0"] },
        }),
      ),
    );
    expect(grown).to.include.members(small);
  });
});
