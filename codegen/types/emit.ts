// The generated files of the provider, as text: types, the names that programs import, and the run-time shape.
import type { Component, EnumType, Model, Property, Slot, Type } from "./schema";

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

/** The type of what a slot holds: its value, or for one that is not plain also an output of it. */
function slotType({ type, plain }: Slot): string {
  return plain ? valueType(type, slotType) : `Input<${valueType(type, slotType)}>`;
}

/** The type of a value, readonly all the way down. */
function valueType(type: Type, element: (slot: Slot) => string): string {
  switch (type.kind) {
    case "scalar":
      return { string: "string", integer: "number", number: "number", boolean: "boolean", any: "unknown" }[type.name];
    case "array":
      return `readonly (${element(type.element)})[]`;
    case "map":
      return `Readonly<Record<string, ${element(type.element)}>>`;
    case "object":
    case "enum":
      return type.name;
  }
}

function inputsInterface(name: string, description: string, properties: readonly Property[]): string {
  const fields = properties.map((property) =>
    [
      propertyDoc(property),
      `readonly ${key(property.name)}${property.required ? "" : "?"}: ${slotType(property)}`,
      property.required ? ";" : " | undefined;",
    ].join(""),
  );
  return `${doc(description)}export interface ${name} {\n${fields.join("\n")}\n}\n`;
}

/** An output's value holds no outputs. */
function outputType(type: Type): string {
  return type.kind === "object" ? `Unwrapped<${type.name}>` : valueType(type, (slot) => outputType(slot.type));
}

function outputsInterface(name: string, properties: readonly Property[]): string {
  const fields = properties.map((property) => {
    const type = property.required ? outputType(property.type) : `${outputType(property.type)} | undefined`;
    return `${propertyDoc(property)}readonly ${key(property.name)}: Output<${type}>;`;
  });
  return `${doc("The component's properties, each of them an output.")}export interface ${name} {\n${fields.join("\n")}\n}\n`;
}

function inputsName(component: Component): string {
  return `${component.shortName}Inputs`;
}

/** provider/src/schema/types.gen.ts */
export function emitTypes(model: Model): string {
  return [
    banner,
    'import type { Output } from "@pulumi/pulumi";\nimport type { Input, Unwrapped } from "./input";\n',
    ...model.components.flatMap((component) => [
      inputsInterface(inputsName(component), component.description, component.inputs),
      outputsInterface(`${component.name}Outputs`, component.outputs),
    ]),
    ...model.objects.map((object) => inputsInterface(object.name, object.description, object.properties)),
    ...model.enums.map(enumType),
  ].join("\n");
}

/** provider/src/schema/inputs.gen.ts: the same types by the names that a Pulumi program knows them by. */
export function emitPublicNames(model: Model): string {
  const names = [
    ...model.components.flatMap((component) => [
      `${inputsName(component)} as ${component.name}Args`,
      `${component.name}Outputs`,
    ]),
    ...model.objects.map(({ name }) => `${name} as ${name}Args`),
  ];
  return [banner, `export type { ${names.join(", ")} } from "./types.gen";\n`].join("\n");
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
