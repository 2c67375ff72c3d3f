import { expect } from "chai";
import { hiddenPaths } from "../../../provider/src/validate/report/hidden";
import { output } from "./badInputs";

const script = { type: "text/x-shellscript", content: "x".repeat(200) };

const hidden: readonly { readonly name: string; readonly raw: unknown; readonly path: string }[] = [
  { name: "an output, which may be secret", raw: { zones: ["a", output("b")] }, path: "zones[1]" },
  { name: "what holds an output", raw: { accesss: { key: output("k") } }, path: "accesss" },
  { name: "a list that holds an output", raw: { zones: [output("b")] }, path: "zones" },
  { name: "the inputs as a whole, if they hold an output", raw: output({}), path: "" },
  { name: "a secret", raw: { stateStoreAccess: { secretAccessKey: 5 } }, path: "stateStoreAccess.secretAccessKey" },
  { name: "a secret at the wrong place", raw: { secretAccessKey: "k" }, path: "secretAccessKey" },
  { name: "a secret by a misspelt name", raw: { access: { secretAccesKey: "k" } }, path: "access.secretAccesKey" },
  { name: "a password in a URL", raw: { assets: { kopsBaseUrl: "ftp://me:word@host" } }, path: "assets.kopsBaseUrl" },
  { name: "a value of several lines", raw: { data: [script] }, path: "data[0].content" },
  { name: "what holds such a value", raw: { data: [script] }, path: "data" },
  { name: "a key in brackets", raw: { tags: { "a/b": output("c") } }, path: 'tags["a/b"]' },
];

describe("the engine, beside a message about the inputs,", () => {
  for (const { name, raw, path } of hidden) {
    it(`is kept from printing ${name}`, () => {
      expect(hiddenPaths(raw)(path)).to.equal(true);
    });
  }

  it("prints all else", () => {
    const raw = {
      clusterName: "Bad",
      zones: ["a", output("b")],
      zonesOfOthers: ["c"],
      assets: { kopsBaseUrl: "ftp://host/@scope" },
      stateStoreAccess: { accessKeyId: 5, endpoint: null },
    };
    const shown = ["clusterName", "zones[0]", "zonesOfOthers", "assets.kopsBaseUrl", "stateStoreAccess.accessKeyId"];
    expect(shown.filter(hiddenPaths(raw))).to.deep.equal([]);
  });
});
