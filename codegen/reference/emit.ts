// docs/reference.md as text: every input, output, type and value of the schema.
import type { ChangeRow } from "../../provider/src/validate/changes/effects";
import {
  effectText,
  mergedText,
  propertyKey,
  rowsOfProperties,
  type RowsOfProperties,
  withoutEffect,
} from "../effects/text";
import type { Component, EnumType, Model, ObjectType, Property, Type } from "../types/schema";

const banner = "<!-- Generated from provider/schema.json by `make generate`. Do not edit. -->\n";

const introduction = `An input marked _plain_ does not accept outputs, because it decides which resources exist. All other inputs accept outputs
of other resources, whose values may be known only during the update. The component checks every input before it registers
a resource, and reports all problems at once, each with its path.

The last column states what a change of the input does to a running cluster; see [Safe change](how-to/safe-change.md).`;

const spelling = `Names are as in TypeScript and YAML. Python uses snake case (\`cluster_name\`), and Go an initial capital
(\`ClusterName\`).`;

function anchor(name: string): string {
  return name.toLowerCase();
}

function typeText(type: Type): string {
  switch (type.kind) {
    case "scalar":
      return type.name === "any" ? "any value" : type.name;
    case "array":
      return `list of ${typeText(type.element.type)}`;
    case "map":
      return `map of ${typeText(type.element.type)}`;
    case "object":
    case "enum":
      return `[${type.name}](#${anchor(type.name)})`;
  }
}

/** A cell of a table: on one line, and without what would end it. */
function cell(text: string): string {
  const parts = text.replaceAll("|", "\\|").replaceAll("\n", " ").split("`");
  // What stands between backticks is shown as it is.
  return parts
    .map((part, index) => (index % 2 === 0 ? part.replaceAll("<", "&lt;").replaceAll("*", "\\*") : part))
    .join("`");
}

/** The description and the default that its last sentence states. */
function splitDefault(description: string): readonly [string, string] {
  const match = /^(.*?)\s*Default: (.*?)\.?$/s.exec(description);
  return match === null ? [description, ""] : [match[1] ?? "", match[2] ?? ""];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(header), row(header.map(() => "---")), ...rows.map(row)].join("\n");
}

function inputsTable(owner: string, properties: readonly Property[], effects: RowsOfProperties): string {
  const rows = properties.map((property) => {
    const [meaning, fallback] = splitDefault(withoutEffect(property.description));
    const marks = [property.plain ? "plain" : "", property.secret ? "secret" : ""].filter((mark) => mark !== "");
    const type = [typeText(property.type), ...marks.map((mark) => `_${mark}_`)].join(", ");
    const otherwise = property.required ? "**required**" : cell(fallback);
    const effect = mergedText(effects.get(propertyKey(owner, property.name)) ?? [], effectAndWhy);
    return [`\`${property.name}\``, type, cell(meaning), otherwise, cell(effect)];
  });
  return table(["field", "type", "meaning", "default", "effect of a change"], rows);
}

function effectAndWhy(row: ChangeRow): string {
  return `${effectText(row)} (${row.why})`;
}

function outputsTable(properties: readonly Property[]): string {
  const rows = properties.map(({ name, type, description, required, secret }) => {
    const marks = [secret ? ", _secret_" : "", required ? "" : ", _may be absent_"].join("");
    return [`\`${name}\``, `${typeText(type)}${marks}`, cell(description)];
  });
  return table(["output", "type", "meaning"], rows);
}

/** Names of the objects and enums that a type leads to, itself included. */
function mentioned(type: Type): readonly string[] {
  switch (type.kind) {
    case "scalar":
      return [];
    case "array":
    case "map":
      return mentioned(type.element.type);
    case "object":
    case "enum":
      return [type.name];
  }
}

interface Use {
  readonly path: string;
  readonly text: string;
}

/** Where a type is used: paths from the component, with \`*\` for a name and \`[]\` for a place in a list. */
function uses(model: Model, component: Component): ReadonlyMap<string, readonly Use[]> {
  const found = new Map<string, Use[]>();
  const suffix = (type: Type): string =>
    type.kind === "array"
      ? `[]${suffix(type.element.type)}`
      : type.kind === "map"
        ? `.*${suffix(type.element.type)}`
        : "";
  const visit = (properties: readonly Property[], prefix: string): void => {
    for (const { name, type } of properties) {
      for (const target of mentioned(type)) {
        const path = `${prefix}${name}${suffix(type)}`;
        found.set(target, [...(found.get(target) ?? []), { path, text: `\`${path}\`` }]);
        const object = model.objects.find((each) => each.name === target);
        if (object !== undefined) visit(object.properties, `${path}.`);
      }
    }
  };
  visit(component.inputs, "");
  visit(component.outputs, "");
  return found;
}

function usedIn(name: string, found: ReadonlyMap<string, readonly Use[]>): string {
  const paths = (found.get(name) ?? []).map(({ text }) => text);
  return paths.length === 0 ? "" : `Used in ${paths.join(", ")}.\n\n`;
}

function objectSection(
  { name, description, properties }: ObjectType,
  found: ReadonlyMap<string, readonly Use[]>,
  effects: RowsOfProperties,
): string {
  return `### ${name}\n\n${description}\n\n${usedIn(name, found)}${inputsTable(name, properties, effects)}\n`;
}

function enumSection(type: EnumType, found: ReadonlyMap<string, readonly Use[]>): string {
  const rows = type.values.map((value) => [`\`${value}\``, cell(type.meanings[value] ?? "")]);
  return `### ${type.name}\n\n${type.description}\n\n${usedIn(type.name, found)}${table(["value", "meaning"], rows)}\n`;
}

export function emitReference(model: Model): string {
  const component = model.components[0];
  if (component === undefined || model.components.length > 1) {
    throw new Error("the reference is for one component");
  }
  const found = uses(model, component);
  const effects = rowsOfProperties(model, component);
  const objects = [...model.objects].sort((a, b) => (a.name < b.name ? -1 : 1));
  const enums = [...model.enums].sort((a, b) => (a.name < b.name ? -1 : 1));
  const links = (names: readonly { readonly name: string }[]): string =>
    names.map(({ name }) => `[${name}](#${anchor(name)})`).join(", ");
  return [
    banner,
    `# Reference: ${component.name}\n`,
    `Type token: \`${component.token}\`.\n`,
    `${component.description}\n`,
    `${spelling}\n`,
    `Objects: ${links(objects)}.\n`,
    `Enums: ${links(enums)}.\n`,
    "## Inputs\n",
    `${introduction}\n`,
    `${inputsTable("", component.inputs, effects)}\n`,
    "## Outputs\n",
    `${outputsTable(component.outputs)}\n`,
    "## Objects\n",
    ...objects.map((object) => objectSection(object, found, effects)),
    "## Enums\n",
    ...enums.map((type) => enumSection(type, found)),
  ].join("\n");
}
