/** Inputs as Go's literals. The SDK's types say of each place whether it takes a value, a pointer to one, or an input. */
import type { TypeShape } from "../../schema/shape.gen";
import type { Entry, Node, Slot } from "./tree";

export const sdkPackage = "kopskarpenter";

type Scalar = Extract<TypeShape, string>;

const valueTypes: Readonly<Record<Scalar, string>> = {
  string: "string",
  integer: "int",
  number: "float64",
  boolean: "bool",
  any: "pulumi.Input",
};
const inputTypes: Readonly<Record<Scalar, string>> = {
  string: "pulumi.String",
  integer: "pulumi.Int",
  number: "pulumi.Float64",
  boolean: "pulumi.Bool",
  any: "pulumi.",
};

/** The name that the SDK gives a property of the schema. */
export function goName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** JSON's strings are Go's, too. */
export const goString = (text: string): string => JSON.stringify(text);

/** Fields of a struct of the SDK, one a line. */
export function goFields(entries: readonly Entry[], indent: string): string {
  return entries
    .map((entry) => `${indent}${goName(entry.name)}: ${literal(entry.node, entry, !entry.required, indent)},\n`)
    .join("");
}

function literal(node: Node, slot: Slot, isOptional: boolean, indent: string): string {
  const pointed = (value: string): string => (slot.plain && isOptional ? `pointer(${value})` : value);
  const inner = `${indent}\t`;
  switch (node.kind) {
    case "secret":
      return `secrets.RequireSecret(${goString(node.name)})`;
    case "member":
      return pointed(`${sdkPackage}.${node.type}(${goString(node.value)})`);
    case "value":
      return scalar(node.value, slot, indent, pointed);
    case "list":
      return composite(
        typeName(slot),
        node.items.map((item) => literal(item, node.element, false, inner)),
        indent,
      );
    case "map":
      return composite(
        typeName(slot),
        node.entries.map((entry) => `${goString(entry.name)}: ${literal(entry.node, node.element, false, inner)}`),
        indent,
      );
    case "object": {
      const type = `${sdkPackage}.${node.type}Args`;
      const fields = node.fields.length === 0 ? "" : `\n${goFields(node.fields, inner)}${indent}`;
      return `${isOptional ? "&" : ""}${type}{${fields}}`;
    }
  }
}

function scalar(value: unknown, { type, plain }: Slot, indent: string, pointed: (value: string) => string): string {
  if (type === "any") return anyInput(value, indent);
  const written = typeof value === "string" ? goString(value) : String(value);
  const of = type as Scalar;
  if (!plain) return `${inputTypes[of]}(${written})`;
  return pointed(of === "number" ? `float64(${written})` : written);
}

/** JSON, of which every part is an input. */
function anyInput(value: unknown, indent: string): string {
  const inner = `${indent}\t`;
  if (typeof value === "string") return `pulumi.String(${goString(value)})`;
  if (typeof value === "boolean") return `pulumi.Bool(${String(value)})`;
  if (typeof value === "number") return `pulumi.${Number.isInteger(value) ? "Int" : "Float64"}(${String(value)})`;
  if (Array.isArray(value)) {
    return composite(
      "pulumi.Array",
      value.map((item) => anyInput(item, inner)),
      indent,
    );
  }
  if (typeof value !== "object" || value === null) return "nil";
  const entries = Object.entries(value).map(([key, item]) => `${goString(key)}: ${anyInput(item, inner)}`);
  return composite("pulumi.Map", entries, indent);
}

function composite(type: string, items: readonly string[], indent: string): string {
  if (items.length === 0) return `${type}{}`;
  return `${type}{\n${items.map((item) => `${indent}\t${item},\n`).join("")}${indent}}`;
}

/** Of a list or map, and of what is in it. */
function typeName({ type, plain }: Slot): string {
  if (typeof type === "string")
    return plain ? valueTypes[type] : type === "any" ? "pulumi.Input" : `${inputTypes[type]}Input`;
  if ("enum" in type) return `${sdkPackage}.${type.enum}`;
  if ("object" in type) return `${sdkPackage}.${type.object}Args`;
  const [element, opening, kind] = "array" in type ? [type.array, "[]", "Array"] : [type.map, "map[string]", "Map"];
  return plain ? `${opening}${typeName(element)}` : inputContainer(element.type, kind);
}

/** `pulumi.StringMap`, `pulumi.Array`: one whose whole may be an output. */
function inputContainer(element: TypeShape, kind: string): string {
  if (typeof element !== "string")
    throw new Error("bug: the schema has an input that is a list or map of its own types");
  return `${inputTypes[element]}${kind}`;
}
