/** Reads kOps's API from the Go source of its module: the fields of a cluster's and an instance group's spec, with their types. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** By type, then by field. */
type ByField = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface KopsSpec {
  /** Types by the names of kOps's file format; `SpecFacts` of provider/src/releases/release.ts says how they are written. */
  readonly types: ByField;
  /** Fields that nodeup's configuration, which has kOps's internal types, calls something else. */
  readonly nodeupNames: ByField;
}

const roots = ["ClusterSpec", "InstanceGroupSpec"];

const scalars: Readonly<Record<string, string>> = {
  string: "string",
  bool: "bool",
  int: "int",
  int16: "int16",
  int32: "int32",
  int64: "int",
  uint8: "uint8",
  uint32: "uint32",
  float32: "number",
  float64: "number",
  "metav1.Duration": "duration",
  "resource.Quantity": "quantity",
  "intstr.IntOrString": "intOrString",
};

/** Types of Kubernetes's API that kOps passes on to pods. */
const anything = new Set(["corev1.Affinity", "corev1.Toleration"]);
/** kOps's own type of this name is the same as Kubernetes's, as far as its files go. */
const known: ByField = { EnvVar: { name: "string", value: "string" } };

interface Source {
  /** The body of each struct. */
  readonly structs: ReadonlyMap<string, string>;
  /** Other names for a scalar. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** The types that the specs of kOps's file format reach. `api`: the folder pkg/apis/kops of the module. */
export function readSpec(api: string): KopsSpec {
  const source = readSource(join(api, "v1alpha2"));
  const internal = readSource(api);
  const types = new Map<string, Record<string, string>>();
  const nodeupNames = new Map<string, Record<string, string>>();
  const pending = [...roots];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (types.has(name)) continue;
    const fields = structFields(source, name);
    const typed = fields.map(({ json, type }) => [json, typeOf(type, source, `${name}.${json}`)] as const);
    types.set(name, { ...known[name], ...Object.fromEntries(typed) });
    pending.push(...typed.flatMap(([, type]) => /#(\w+)$/.exec(type)?.[1] ?? []));
    const renamed = renames(fields, structFields(internal, name, true));
    if (renamed.length > 0) nodeupNames.set(name, Object.fromEntries(renamed));
  }
  return { types: sorted(types), nodeupNames: sorted(nodeupNames) };
}

/** By the name of the field in Go, which is the same on both sides. */
function renames(fields: readonly Field[], internal: readonly Field[]): readonly (readonly [string, string])[] {
  const names = new Map(internal.map(({ go, json }) => [go, json]));
  return fields.flatMap(({ go, json }) => {
    const other = names.get(go);
    return other === undefined || other === json ? [] : [[json, other] as const];
  });
}

function sorted(byName: ReadonlyMap<string, Readonly<Record<string, string>>>): ByField {
  return Object.fromEntries([...byName].sort(([left], [right]) => (left < right ? -1 : 1)));
}

function readSource(folder: string): Source {
  const files = readdirSync(folder).filter((file) => file.endsWith(".go") && !/^zz_|_test\.go$/.test(file));
  const text = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  const structs = new Map(
    [...text.matchAll(/^type (\w+) struct ?\{(?:\}|\n([\s\S]*?)^\})/gm)].map((m) => [m[1] ?? "", m[2] ?? ""]),
  );
  const aliases = new Map(
    [...text.matchAll(/^type (\w+) (string|bool|u?int\d*)$/gm)].map((m) => [m[1] ?? "", m[2] ?? ""]),
  );
  return { structs, aliases };
}

interface Field {
  readonly go: string;
  readonly type: string;
  readonly json: string;
}

function structFields({ structs }: Source, name: string, mayBeAbsent = false): readonly Field[] {
  if (known[name] !== undefined) return [];
  const body = structs.get(name) ?? (mayBeAbsent ? "" : undefined);
  if (body === undefined) throw new Error(`kOps's API has no type ${name}; mend codegen/release/specTypes.ts`);
  return [...body.matchAll(/^\t(\w+)\s+(\S+)\s+`[^`]*json:"([^",]*)/gm)].flatMap(([, go = "", type = "", json = ""]) =>
    json === "-" || json === "" ? [] : [{ go, type, json }],
  );
}

/** A pointer keeps a zero that was written; without one kOps's files leave it out. */
function typeOf(goType: string, source: Source, where: string): string {
  if (goType.startsWith("*")) return `?${typeOf(goType.slice(1), source, where)}`;
  if (goType.startsWith("[]")) return `[]${typeOf(goType.slice(2), source, where).replace(/^\?/, "")}`;
  if (goType.startsWith("map[string]")) return `{}${typeOf(goType.slice("map[string]".length), source, where)}`;
  const scalar = scalars[source.aliases.get(goType) ?? goType];
  if (scalar !== undefined) return scalar;
  if (anything.has(goType)) return "any";
  const name = goType.replace(/^corev1\./, "");
  if (source.structs.has(name) || known[name] !== undefined) return `#${name}`;
  throw new Error(`${where}: no type for ${goType}; mend codegen/release/specTypes.ts`);
}
