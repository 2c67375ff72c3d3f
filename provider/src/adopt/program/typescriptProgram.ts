import { yaml } from "../../encode/yaml";
import { literal, type Syntax } from "./literals";
import { packageVersion } from "./packageVersion";
import { description, outputNames, resourceName, type Files, type ProgramSettings } from "./settings";
import type { ProgramTree } from "./tree";

const name = (text: string): string => (/^[A-Za-z_$][\w$]*$/.test(text) ? text : JSON.stringify(text));

const syntax: Syntax = {
  string: (text) => JSON.stringify(text),
  scalar: (value) => String(value),
  secret: (key) => `config.requireSecret(${JSON.stringify(key)})`,
  field: name,
  key: name,
};

const compilerOptions = {
  target: "es2022",
  module: "commonjs",
  moduleResolution: "node10",
  ignoreDeprecations: "6.0",
  types: ["node"],
  strict: true,
  skipLibCheck: true,
};

export function typescriptProgram({ fields }: ProgramTree, { project, region }: ProgramSettings): Files {
  const inputs = literal({ kind: "object", type: "", fields }, syntax, "");
  const program = [
    'import * as pulumi from "@pulumi/pulumi";',
    'import { KopsKarpenterCluster } from "@kops-karpenter/sdk";',
    "",
    "const config = new pulumi.Config();",
    "",
    `const cluster = new KopsKarpenterCluster(${JSON.stringify(resourceName)}, ${inputs});`,
    "",
    ...outputNames.map((output) => `export const ${output} = cluster.${output};`),
  ];
  const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
  return new Map([
    ["Pulumi.yaml", yaml({ name: project, description, runtime: "nodejs", config: { "aws:region": region } })],
    ["index.ts", `${program.join("\n")}\n`],
    [
      "package.json",
      json({
        name: "cluster",
        private: true,
        main: "index.ts",
        dependencies: { "@kops-karpenter/sdk": packageVersion(), "@pulumi/pulumi": "^3" },
        devDependencies: { "@types/node": "^22", typescript: "~6.0" },
      }),
    ],
    ["tsconfig.json", json({ compilerOptions, files: ["index.ts"] })],
  ]);
}
