// The three generated files of the provider, as text: plain types, types with Pulumi inputs, and the run-time shape.
import type { EnumType, Model, Property, Slot, Type } from "./schema";

const banner = "// Generated from provider/schema.json by `make generate`. Do not edit.\n";

const identifier = /^[A-Za-z_$][\w$]*$/;

function key(name: string): string {
  return identifier.test(name) ? name : JSON.stringify(name);
}

function doc(...lines: readonly (string | undefined)[]): string {
  const text = lines.filter((line) => line !== undefined && line !== "").join("\n");
  if (text === "") {
    return "";
  }
  const body = text.replaceAll("*/", "*\\/").split("\n");
  return body.length === 1
    ? `/** ${String(body[0])} */\n`
    : `/**\n${body.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */\n`;
}

function propertyDoc(property: Property): string {
  const deprecation = property.deprecation === undefined ? undefined : `@deprecated ${property.deprecation}`;
  return doc(property.description, deprecation);
}

function enumType({ name, description, values }: EnumType): string {
  return `${doc(description)}export type ${name} = ${values.map((value) => JSON.stringify(value)).join(" | ")};\n`;
}

/** As pure code sees a slot: one that is not plain may hold a value that is known only later. */
function pureType({ type, plain }: Slot): string {
  return plain ? plainType(type) : `Late<${plainType(type)}>`;
}

/** The type of a value, readonly all the way down. */
function plainType(type: Type): string {
  switch (type.kind) {
    case "scalar":
      return { string: "string", integer: "number", number: "number", boolean: "boolean", any: "unknown" }[type.name];
    case "array":
      return `readonly (${pureType(type.element)})[]`;
    case "map":
      return `Readonly<Record<string, ${pureType(type.element)}>>`;
    case "object":
    case "enum":
      return type.name;
  }
}

function plainInterface(name: string, description: string, properties: readonly Property[]): string {
  const fields = properties.map((property) =>
    property.required
      ? `readonly ${key(property.name)}: ${pureType(property)};`
      : `readonly ${key(property.name)}?: ${pureType(property)} | undefined;`,
  );
  return `${doc(description)}export interface ${name} {\n${fields.join("\n")}\n}\n`;
}

/** provider/src/schema/types.gen.ts */
export function emitPlainTypes(model: Model): string {
  return [
    banner,
    'import type { Late } from "./input";\n',
    ...model.components.map((c) => plainInterface(`${c.shortName}Inputs`, c.description, c.inputs)),
    ...model.objects.map((object) => plainInterface(object.name, object.description, object.properties)),
    ...model.enums.map(enumType),
  ].join("\n");
}

/** The type a program may give for a slot: its value, or for one that is not plain also an output of it. */
function argsType({ type, plain }: Slot): string {
  const value = argsValue(type);
  return plain ? value : `pulumi.Input<${value}>`;
}

function argsValue(type: Type): string {
  switch (type.kind) {
    case "scalar":
    case "enum":
      return type.kind === "enum" ? `types.${type.name}` : plainType(type);
    case "array":
      return `readonly (${argsType(type.element)})[]`;
    case "map":
      return `Readonly<Record<string, ${argsType(type.element)}>>`;
    case "object":
      return `${type.name}Args`;
  }
}

function argsInterface(name: string, description: string, properties: readonly Property[]): string {
  const fields = properties.map((property) =>
    [
      propertyDoc(property),
      `readonly ${key(property.name)}${property.required ? "" : "?"}: ${argsType(property)}`,
      property.required ? ";" : " | undefined;",
    ].join(""),
  );
  return `${doc(description)}export interface ${name} {\n${fields.join("\n")}\n}\n`;
}

function outputType(type: Type): string {
  switch (type.kind) {
    case "scalar":
      return plainType(type);
    case "array":
      return `readonly (${outputType(type.element.type)})[]`;
    case "map":
      return `Readonly<Record<string, ${outputType(type.element.type)}>>`;
    case "object":
      return `Settled<types.${type.name}>`;
    case "enum":
      return `types.${type.name}`;
  }
}

function outputsInterface(name: string, properties: readonly Property[]): string {
  const fields = properties.map((property) => {
    const type = property.required ? outputType(property.type) : `${outputType(property.type)} | undefined`;
    return `${propertyDoc(property)}readonly ${key(property.name)}: pulumi.Output<${type}>;`;
  });
  return `${doc("What the component's properties hold, each one an output.")}export interface ${name} {\n${fields.join("\n")}\n}\n`;
}

/** provider/src/schema/inputs.gen.ts */
export function emitPulumiTypes(model: Model): string {
  return [
    banner,
    'import type * as pulumi from "@pulumi/pulumi";\nimport type { Settled } from "./input";\nimport type * as types from "./types.gen";\n',
    ...model.components.flatMap((component) => [
      argsInterface(`${component.name}Args`, component.description, component.inputs),
      outputsInterface(`${component.name}Outputs`, component.outputs),
    ]),
    ...model.objects.map((object) => argsInterface(`${object.name}Args`, object.description, object.properties)),
  ].join("\n");
}

function shapeType(type: Type): string {
  switch (type.kind) {
    case "scalar":
      return JSON.stringify(type.name);
    case "array":
    case "map":
      return `{ ${type.kind}: { type: ${shapeType(type.element.type)}, plain: ${String(type.element.plain)} } }`;
    case "object":
    case "enum":
      return `{ ${type.kind}: ${JSON.stringify(type.name)} }`;
  }
}

function shapeProperties(properties: readonly Property[]): string {
  const rows = properties.map(
    ({ name, type, plain, required, secret }) =>
      `${key(name)}: { type: ${shapeType(type)}, plain: ${String(plain)}, required: ${String(required)}, secret: ${String(secret)} },`,
  );
  return `{\n${rows.join("\n")}\n}`;
}

const shapeDeclarations = `
/** A type: a scalar, a list or map of something, or an object or enum by its name in schemaShape. */
export type TypeShape =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "any"
  | { readonly array: SlotShape }
  | { readonly map: SlotShape }
  | { readonly object: string }
  | { readonly enum: string };

/** A place for a value. A plain one takes no outputs. */
export interface SlotShape {
  readonly type: TypeShape;
  readonly plain: boolean;
}

export interface PropertyShape extends SlotShape {
  readonly required: boolean;
  readonly secret: boolean;
}

export type ObjectShape = Readonly<Record<string, PropertyShape>>;

export interface ComponentShape {
  readonly inputs: ObjectShape;
  readonly outputs: ObjectShape;
}

export interface SchemaShape {
  /** By type token. */
  readonly components: Readonly<Record<string, ComponentShape>>;
  readonly objects: Readonly<Record<string, ObjectShape>>;
  readonly enums: Readonly<Record<string, readonly string[]>>;
}
`;

/** provider/src/schema/shape.gen.ts */
export function emitShape(model: Model): string {
  const components = model.components.map(
    (c) =>
      `${JSON.stringify(c.token)}: { inputs: ${shapeProperties(c.inputs)}, outputs: ${shapeProperties(c.outputs)} },`,
  );
  const objects = model.objects.map((object) => `${key(object.name)}: ${shapeProperties(object.properties)},`);
  const enums = model.enums.map(({ name, values }) => `${key(name)}: ${JSON.stringify(values)},`);
  return [
    banner,
    "// What the schema allows, for checking inputs at run time.",
    shapeDeclarations,
    "export const schemaShape: SchemaShape = {",
    `components: {\n${components.join("\n")}\n},`,
    `objects: {\n${objects.join("\n")}\n},`,
    `enums: {\n${enums.join("\n")}\n},`,
    "};\n",
  ].join("\n");
}
