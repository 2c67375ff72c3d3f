import * as path from "node:path";
import { expect } from "chai";
import { ESLint } from "eslint";

const root = path.resolve(__dirname, "../../..");

/** The rules under test; the typed ones would need the text to be part of the project. */
const rules = [
  "no-restricted-imports",
  "@typescript-eslint/no-restricted-imports",
  "no-restricted-globals",
  "no-restricted-properties",
  "no-restricted-syntax",
];

async function problems(file: string, text: string): Promise<readonly (string | null)[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: [{ files: ["**/*.ts"], languageOptions: { parserOptions: { projectService: false } } }],
    ruleFilter: ({ ruleId }) => rules.includes(ruleId),
  });
  const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
  return (result?.messages ?? []).map((message) => message.ruleId);
}

describe("the floors of provider/src", function () {
  this.timeout(60_000);

  const up: readonly (readonly [string, string])[] = [
    ["provider/src/encode/x.ts", 'import "../model/names";'],
    ["provider/src/releases/1.36/x.ts", 'import type { Partition } from "../../model/cluster";'],
    ["provider/src/resolve/x.ts", 'import "../validate/inputs";'],
    ["provider/src/validate/rules/x.ts", 'import "../../plan/iam";'],
    ["provider/src/addons/cilium/x.ts", 'import "../../validate/inputs";'],
    ["provider/src/addons/cilium/x.ts", 'import "../../render/artifact";'],
    ["provider/src/plan/x.ts", 'import "../render/artifact";'],
    ["provider/src/render/nodeup/x.ts", 'import "../../plan/rows";'],
    ["provider/src/resources/x.ts", 'import "../components/cluster";'],
  ];
  for (const [file, text] of up) {
    it(`refuses ${text} in ${file}`, async () => {
      expect(await problems(file, text)).to.deep.equal(["@typescript-eslint/no-restricted-imports"]);
    });
  }

  const down: readonly (readonly [string, string])[] = [
    ["provider/src/model/x.ts", 'import "../encode/truncate";'],
    ["provider/src/validate/rules/x.ts", 'import "../../addons/catalog";'],
    ["provider/src/plan/x.ts", 'import "../addons/catalog";'],
    ["provider/src/render/nodeup/x.ts", 'import "../artifact";'],
    ["provider/src/components/parts/x.ts", 'import "../../plan/rows";'],
  ];
  for (const [file, text] of down) {
    it(`allows ${text} in ${file}`, async () => {
      expect(await problems(file, text)).to.deep.equal([]);
    });
  }
});

describe("facts of a release", function () {
  this.timeout(60_000);

  const refused: readonly (readonly [string, string])[] = [
    ["provider/src/plan/x.ts", 'export const x = "1.36.2";'],
    ["provider/src/components/parts/x.ts", 'export const x = "v1.18.6";'],
    ["provider/src/addons/cilium/x.ts", "export const x = (y: string) => `${y}/cilium:v1.18.6`;"],
    ["provider/src/addons/x.ts", 'export const x = { file: "k8s-1.12" };'],
    ["provider/src/model/x.ts", 'import "../releases";'],
    ["provider/src/validate/rules/x.ts", 'import "../../releases/index";'],
    ["provider/src/render/nodeup/x.ts", 'import "../../releases/1.36/containerImages";'],
    ["provider/src/components/x.ts", 'import { kops1_36 } from "../releases/1.36";'],
  ];
  for (const [file, text] of refused) {
    it(`refuses ${text} in ${file}`, async () => {
      expect(await problems(file, text)).to.have.length(1);
    });
  }

  const allowed: readonly (readonly [string, string])[] = [
    ["provider/src/releases/1.36/x.ts", 'export const x = "1.36.2";'],
    ["provider/src/releases/x.ts", 'import "./1.36";'],
    ["provider/src/resolve/x.ts", 'import "../releases";'],
    ["provider/src/model/x.ts", 'import type { KopsRelease } from "../releases/release";'],
    ["provider/src/plan/x.ts", 'export const x = ["0.0.0.0/0", "127.0.0.1", "10.10.100.1/32", "2012-10-17", "v1"];'],
  ];
  for (const [file, text] of allowed) {
    it(`allows ${text} in ${file}`, async () => {
      expect(await problems(file, text)).to.deep.equal([]);
    });
  }
});

describe("the purity rule", function () {
  this.timeout(60_000);

  const refused: readonly (readonly [string, string])[] = [
    ["provider/src/render/x.ts", 'import "@pulumi/pulumi";'],
    ["provider/src/releases/1.36/x.ts", 'import "node:fs";'],
    ["provider/src/model/x.ts", 'import "fs/promises";'],
    ["provider/src/plan/deep/x.ts", 'import "../../../../localcloud/cli/layout";'],
    ["provider/src/components/x.ts", 'import "../../../localcloud/cli/layout";'],
    ["provider/src/encode/hash.ts", 'import "node:zlib";'],
    ["provider/src/validate/x.ts", "export const x = Date.now();"],
    ["provider/src/validate/x.ts", "export const x = process.env;"],
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
    ["provider/src/schema/x.ts", 'import type { Input } from "@pulumi/pulumi";'],
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
