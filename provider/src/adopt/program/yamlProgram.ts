import { yaml, type YamlObject, type YamlValue } from "../../encode/yaml";
import { clusterToken } from "../../model/tokens";
import { fieldsOf } from "../fields";
import { description, outputNames, resourceName, type Files, type ProgramSettings } from "./settings";
import type { Entry, Node, ProgramTree } from "./tree";

const groups = "nodeGroups";

export function yamlProgram({ fields, secrets }: ProgramTree, { project, region }: ProgramSettings): Files {
  const head = yaml({ name: project, description, runtime: "yaml" });
  const config = yaml({
    config: {
      "aws:region": region,
      ...Object.fromEntries([...secrets.keys()].map((name) => [name, { type: "string", secret: true }])),
    },
  });
  const { [groups]: nodeGroups = {}, ...others } = objectOf(fields);
  const isApart = isMisread(nodeGroups);
  const variables = isApart ? yaml({ variables: { [groups]: nodeGroups } }) : "";
  const properties = isApart ? { ...others, [groups]: `\${${groups}}` } : objectOf(fields);
  const resources = yaml({ resources: { [resourceName]: { type: clusterToken, properties } } });
  const outputs = yaml({
    outputs: Object.fromEntries(outputNames.map((name) => [name, `\${${resourceName}.${name}}`])),
  });
  return new Map([["Pulumi.yaml", [head, config, variables, resources, outputs].join("")]]);
}

/**
 * Pulumi YAML takes a field that has the name of a group for the group, as `nodes` of a disruption budget, and rejects the
 * program (pulumi-yaml v1.28.0 pkg/pulumiyaml/analyser.go:401). It does not do so in a variable.
 */
function isMisread(nodeGroups: YamlValue): boolean {
  return Object.keys(fieldsOf(nodeGroups)).some((name) => Object.values(fieldsOf(nodeGroups)).some(hasField(name)));
}

const hasField =
  (name: string) =>
  (value: unknown): boolean =>
    Array.isArray(value)
      ? value.some(hasField(name))
      : Object.entries(fieldsOf(value)).some(([key, item]) => key === name || hasField(name)(item));

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
