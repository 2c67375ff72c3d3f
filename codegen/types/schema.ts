// Reads provider/schema.json into what the emitters need. Whatever they cannot express is an error here, so that no
// part of the schema is left out of the generated types unnoticed.

export type Scalar = "string" | "integer" | "number" | "boolean" | "any";

export type Type =
  | { readonly kind: "scalar"; readonly name: Scalar }
  | { readonly kind: "array" | "map"; readonly element: Slot }
  | { readonly kind: "object" | "enum"; readonly name: string };

/** A place for a value. A plain one takes no outputs. */
export interface Slot {
  readonly type: Type;
  readonly plain: boolean;
}

export interface Property extends Slot {
  readonly name: string;
  readonly description: string;
  readonly deprecation: string | undefined;
  readonly required: boolean;
  readonly secret: boolean;
}

export interface ObjectType {
  readonly name: string;
  readonly description: string;
  readonly properties: readonly Property[];
}

export interface EnumType {
  readonly name: string;
  readonly description: string;
  readonly values: readonly string[];
  /** What each value means. */
  readonly meanings: Readonly<Record<string, string>>;
}

export interface Component {
  readonly name: string;
  /** The name without the package's: KopsKarpenterCluster of kops-karpenter is the Cluster. */
  readonly shortName: string;
  readonly token: string;
  readonly description: string;
  readonly inputs: readonly Property[];
  readonly outputs: readonly Property[];
}

export interface Model {
  readonly objects: readonly ObjectType[];
  readonly enums: readonly EnumType[];
  readonly components: readonly Component[];
}

interface TypeSpec {
  type?: string;
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  plain?: boolean;
}

interface PropertySpec extends TypeSpec {
  description?: string;
  deprecationMessage?: string;
  secret?: boolean;
}

interface ComplexTypeSpec {
  type: string;
  description?: string;
  properties?: Record<string, PropertySpec>;
  required?: string[];
  enum?: { value: unknown; description?: string }[];
}

interface ResourceSpec {
  isComponent?: boolean;
  description?: string;
  inputProperties?: Record<string, PropertySpec>;
  requiredInputs?: string[];
  properties?: Record<string, PropertySpec>;
  required?: string[];
}

export interface PackageSpec {
  name: string;
  version?: string;
  types?: Record<string, ComplexTypeSpec>;
  resources?: Record<string, ResourceSpec>;
}

const typeKeys = new Set(["type", "$ref", "items", "additionalProperties", "plain"]);
const propertyKeys = new Set([...typeKeys, "description", "deprecationMessage", "secret"]);
const scalars: readonly string[] = ["string", "integer", "number", "boolean"] satisfies Scalar[];

/** `kops-karpenter:index:NodeGroup` is called NodeGroup. */
function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}

function shortName(token: string, packageName: string): string {
  const prefix = packageName.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const name = nameOf(token);
  return name.startsWith(prefix) && name !== prefix ? name.slice(prefix.length) : name;
}

function readType(spec: TypeSpec, path: string, types: Record<string, ComplexTypeSpec>): Type {
  if (spec.$ref === "pulumi.json#/Any") {
    return { kind: "scalar", name: "any" };
  }
  if (spec.$ref !== undefined) {
    const token = decodeURIComponent(spec.$ref.replace(/^#\/types\//, ""));
    const target = types[token];
    if (target === undefined) {
      throw new Error(`${path}: no type ${spec.$ref} in the schema`);
    }
    return { kind: target.enum === undefined ? "object" : "enum", name: nameOf(token) };
  }
  if (spec.type === "array" && spec.items !== undefined) {
    return { kind: "array", element: readSlot(spec.items, `${path}[]`, types) };
  }
  if (spec.type === "object" && spec.additionalProperties !== undefined) {
    return { kind: "map", element: readSlot(spec.additionalProperties, `${path}.*`, types) };
  }
  if (spec.type !== undefined && scalars.includes(spec.type)) {
    return { kind: "scalar", name: spec.type as Scalar };
  }
  throw new Error(`${path}: cannot generate a type for ${JSON.stringify(spec)}`);
}

function readSlot(spec: TypeSpec, path: string, types: Record<string, ComplexTypeSpec>, keys = typeKeys): Slot {
  const unknown = Object.keys(spec).filter((key) => !keys.has(key));
  if (unknown.length > 0) {
    throw new Error(`${path}: the generator does not know ${unknown.join(", ")}`);
  }
  return { type: readType(spec, path, types), plain: spec.plain === true };
}

function readProperties(
  properties: Record<string, PropertySpec> | undefined,
  required: readonly string[] | undefined,
  path: string,
  types: Record<string, ComplexTypeSpec>,
): readonly Property[] {
  const absent = (required ?? []).filter((name) => properties?.[name] === undefined);
  if (absent.length > 0) {
    throw new Error(`${path}: required, but not a property: ${absent.join(", ")}`);
  }
  return Object.entries(properties ?? {}).map(([name, spec]) => ({
    ...readSlot(spec, `${path}.${name}`, types, propertyKeys),
    name,
    description: spec.description ?? "",
    deprecation: spec.deprecationMessage,
    required: required?.includes(name) === true,
    secret: spec.secret === true,
  }));
}

function readEnum(token: string, spec: ComplexTypeSpec): EnumType {
  const values = (spec.enum ?? []).map(({ value }) => {
    if (typeof value !== "string") {
      throw new Error(`${token}: only enums of strings are supported, not ${JSON.stringify(value)}`);
    }
    return value;
  });
  const meanings = Object.fromEntries(values.map((value, i) => [value, spec.enum?.[i]?.description ?? ""]));
  return { name: nameOf(token), description: spec.description ?? "", values, meanings };
}

/** Everything is sorted by name or kept in the schema's order, so that the same schema gives the same bytes. */
export function readModel(spec: PackageSpec): Model {
  const types = spec.types ?? {};
  const tokens = Object.keys(types).sort();
  const of = (token: string): ComplexTypeSpec => types[token] ?? { type: "object" };
  return {
    objects: tokens
      .filter((token) => of(token).enum === undefined)
      .map((token) => ({
        name: nameOf(token),
        description: of(token).description ?? "",
        properties: readProperties(of(token).properties, of(token).required, token, types),
      })),
    enums: tokens.filter((token) => of(token).enum !== undefined).map((token) => readEnum(token, of(token))),
    components: Object.entries(spec.resources ?? {})
      .filter(([, resource]) => resource.isComponent === true)
      .map(([token, resource]) => ({
        name: nameOf(token),
        shortName: shortName(token, spec.name),
        token,
        description: resource.description ?? "",
        inputs: readProperties(resource.inputProperties, resource.requiredInputs, token, types),
        outputs: readProperties(resource.properties, resource.required, token, types),
      })),
  };
}
