import * as path from "node:path";
import { expect } from "chai";
import { ESLint } from "eslint";

const root = path.resolve(__dirname, "../../..");

/** The rules under test; the typed ones would need the text to be part of the project. */
const rules = ["no-restricted-imports", "no-restricted-globals", "no-restricted-properties"];

async function problems(file: string, text: string): Promise<readonly (string | null)[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: [{ files: ["**/*.ts"], languageOptions: { parserOptions: { projectService: false } } }],
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  });
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return (result?.messages ?? []).map((message) => message.ruleId);
}

describe("the purity rule", function () {
  this.timeout(60_000);

  const refused: readonly (readonly [string, string])[] = [
    ["provider/src/render/x.ts", 'import "@pulumi/pulumi";'],
    ["provider/src/facts/x.ts", 'import "node:fs";'],
    ["provider/src/spec/x.ts", 'import "fs/promises";'],
    ["provider/src/plan/deep/x.ts", 'import "../../../../localcloud/cli/layout";'],
    ["provider/src/components/x.ts", 'import "../../../localcloud/cli/layout";'],
    ["provider/src/encode/hash.ts", 'import "node:zlib";'],
    ["provider/src/encode/gzip.ts", 'import "node:crypto";'],
    ["provider/src/args/x.ts", "export const x = Date.now();"],
    ["provider/src/args/x.ts", "export const x = process.env;"],
    ["provider/src/render/x.ts", "export const x = Math.random();"],
    ["provider/src/render/x.ts", 'export const x = "a".localeCompare("b");'],
  ];
  for (const [file, text] of refused) {
    it(`refuses ${text} in ${file}`, async () => {
      expect(await problems(file, text)).to.have.length(1);
    });
  }

  const allowed: readonly (readonly [string, string])[] = [
    ["provider/src/encode/hash.ts", 'import "node:crypto";'],
    ["provider/src/encode/gzip.ts", 'import "node:zlib";'],
    ["provider/src/components/x.ts", 'import "@pulumi/pulumi";'],
    ["provider/src/main.ts", 'import "@pulumi/pulumi";\nimport "node:fs";'],
    ["provider/src/render/x.ts", 'import "../encode/yaml";'],
  ];
  for (const [file, text] of allowed) {
    it(`allows ${JSON.stringify(text)} in ${file}`, async () => {
      expect(await problems(file, text)).to.deep.equal([]);
    });
  }
});
