import { yaml } from "../../encode/yaml";
import { literal, type Syntax } from "./literals";
import { packageVersion } from "./packageVersion";
import { description, outputNames, resourceName, type Files, type ProgramSettings } from "./settings";
import type { ProgramTree } from "./tree";

/** JSON's strings are Python's, too. */
const string = (text: string): string => JSON.stringify(text);

const syntax: Syntax = {
  string,
  scalar: (value) =>
    value === null ? "None" : typeof value === "boolean" ? (value ? "True" : "False") : String(value),
  secret: (key) => `config.require_secret(${string(key)})`,
  field: (name) => string(pythonName(name)),
  key: string,
};

/** Of the schema's properties, those that Pulumi takes for words of Python. */
const reserved = ["exec"];

/** A property's name in the SDK for Python: `kubeAPIServer` as `kube_api_server`. */
export function pythonName(name: string): string {
  if (reserved.includes(name)) return `${name}_`;
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

export function pythonProgram({ fields }: ProgramTree, { project, region }: ProgramSettings): Files {
  const step = "    ";
  const program = [
    "import pulumi",
    "from pulumi_kops_karpenter import KopsKarpenterCluster",
    "",
    "config = pulumi.Config()",
    "",
    `${resourceName} = KopsKarpenterCluster(`,
    `${step}${string(resourceName)},`,
    ...fields.map(({ name, node }) => `${step}${pythonName(name)}=${literal(node, syntax, step)},`),
    ")",
    "",
    ...outputNames.map((output) => `pulumi.export(${string(output)}, ${resourceName}.${pythonName(output)})`),
  ];
  return new Map([
    ["Pulumi.yaml", yaml({ name: project, description, runtime: "python", config: { "aws:region": region } })],
    ["__main__.py", `${program.join("\n")}\n`],
    ["requirements.txt", `pulumi>=3,<4\npulumi-kops-karpenter==${packageVersion()}\n`],
  ]);
}
