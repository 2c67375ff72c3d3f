/** A program's inputs by their types in the schema, in its order, with secrets taken out. */
import { clusterToken } from "../../model/tokens";
import { schemaShape, type ObjectShape, type TypeShape } from "../../schema/shape.gen";
import type { Fields } from "../../encode/fields";
import { fieldsOf, listOf } from "../fields";

export type Node =
  /** JSON that the schema says nothing more of. */
  | { readonly kind: "value"; readonly value: unknown }
  /** Of an enumeration of the schema. */
  | { readonly kind: "member"; readonly type: string; readonly value: string }
  /** A value of the stack's configuration. */
  | { readonly kind: "secret"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Node[]; readonly element: Slot }
  | { readonly kind: "map"; readonly entries: readonly Entry[]; readonly element: Slot }
  | { readonly kind: "object"; readonly type: string; readonly fields: readonly Entry[] };

export interface Entry extends Slot {
  readonly name: string;
  /** False of a property that may be left out. */
  readonly required: boolean;
  readonly node: Node;
}

export interface Slot {
  readonly type: TypeShape;
  readonly plain: boolean;
}

export interface ProgramTree {
  readonly fields: readonly Entry[];
  /** By their names in the stack's configuration. */
  readonly secrets: ReadonlyMap<string, string>;
}

export function programTree(inputs: Fields): ProgramTree {
  const shape = schemaShape.components[clusterToken]?.inputs;
  if (shape === undefined) throw new Error(`bug: the schema has no component ${clusterToken}`);
  const secrets = new Map<string, string>();
  return { fields: fieldsIn(inputs, shape, [], secrets), secrets };
}

function fieldsIn(
  fields: Fields,
  shape: ObjectShape,
  path: readonly string[],
  secrets: Map<string, string>,
): readonly Entry[] {
  return Object.entries(shape).flatMap(([name, { type, plain, required, secret }]) => {
    const value = fields[name];
    if (value === undefined) return [];
    return [{ name, type, plain, required, node: nodeOf(value, type, [...path, name], secret, secrets) }];
  });
}

function nodeOf(
  value: unknown,
  type: TypeShape,
  path: readonly string[],
  isSecret: boolean,
  secrets: Map<string, string>,
): Node {
  if (typeof type === "string") {
    if (!isSecret || typeof value !== "string") return { kind: "value", value };
    const name = secretName(path);
    secrets.set(name, value);
    return { kind: "secret", name };
  }
  if ("enum" in type) return { kind: "member", type: type.enum, value: String(value) };
  if ("array" in type) {
    const items = listOf(value).map((item, index) =>
      nodeOf(item, type.array.type, [...path, String(index)], isSecret, secrets),
    );
    return { kind: "list", items, element: type.array };
  }
  if ("map" in type) {
    const entries = Object.entries(fieldsOf(value)).map(([name, item]) => ({
      name,
      ...type.map,
      required: true,
      node: nodeOf(item, type.map.type, [...path, name], isSecret, secrets),
    }));
    return { kind: "map", entries, element: type.map };
  }
  const shape = schemaShape.objects[type.object];
  if (shape === undefined) throw new Error(`bug: the schema has no type ${type.object}`);
  return { kind: "object", type: type.object, fields: fieldsIn(fieldsOf(value), shape, path, secrets) };
}

/** Words of a path that a name is as clear without. */
const droppedWords = ["pki", "keysets", "keys"];

/** `kubernetesCaInitialPrivateKey` of `pki.keysets.kubernetes-ca.keys.initial.privateKey`. */
function secretName(path: readonly string[]): string {
  const words = path
    .filter((step) => !droppedWords.includes(step))
    .flatMap((step) => step.split(/[^A-Za-z0-9]+/))
    .filter((word) => word !== "");
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}
