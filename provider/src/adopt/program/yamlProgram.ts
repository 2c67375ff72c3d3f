import { yaml, type YamlObject, type YamlValue } from "../../encode/yaml";
import { clusterToken } from "../../model/tokens";
import { description, outputNames, resourceName, type Files, type ProgramSettings } from "./settings";
import type { Entry, Node, ProgramTree } from "./tree";

export function yamlProgram({ fields, secrets }: ProgramTree, { project, region }: ProgramSettings): Files {
  const head = yaml({ name: project, description, runtime: "yaml" });
  const config = yaml({
    config: {
      "aws:region": region,
      ...Object.fromEntries([...secrets.keys()].map((name) => [name, { type: "string", secret: true }])),
    },
  });
  const resources = yaml({
    resources: { [resourceName]: { type: clusterToken, properties: objectOf(fields) } },
  });
  const outputs = yaml({
    outputs: Object.fromEntries(outputNames.map((name) => [name, `\${${resourceName}.${name}}`])),
  });
  return new Map([["Pulumi.yaml", [head, config, resources, outputs].join("")]]);
}

function objectOf(entries: readonly Entry[]): YamlObject {
  return Object.fromEntries(entries.map(({ name, node }) => [name, valueOf(node)]));
}

function valueOf(node: Node): YamlValue {
  switch (node.kind) {
    case "secret":
      return `\${${node.name}}`;
    case "member":
      return node.value;
    case "value":
      return literal(node.value);
    case "list":
      return node.items.map(valueOf);
    case "map":
      return objectOf(node.entries);
    case "object":
      return objectOf(node.fields);
  }
}

/** `${` begins a reference. */
function literal(value: unknown): YamlValue {
  if (typeof value === "string") return value.replaceAll("${", () => "$${");
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== "object" || value === null) return value as YamlValue;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)]));
}
