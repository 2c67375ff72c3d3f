/** Inputs as literals of a programming language, one field a line. */
import type { Node } from "./tree";

export interface Syntax {
  string(text: string): string;
  scalar(value: number | boolean | null): string;
  /** A value of the stack's configuration that is secret. */
  secret(name: string): string;
  /** A field of an object of the schema, or a key of any map; `: ` follows. */
  field(name: string): string;
  key(name: string): string;
}

const step = "    ";

export function literal(node: Node, syntax: Syntax, indent: string): string {
  switch (node.kind) {
    case "secret":
      return syntax.secret(node.name);
    case "member":
      return syntax.string(node.value);
    case "value":
      return jsonLiteral(node.value, syntax, indent);
    case "list":
      return listLiteral(
        node.items.map((item) => literal(item, syntax, indent + step)),
        indent,
      );
    case "map":
      return mapLiteral(
        node.entries.map((entry) => [syntax.key(entry.name), literal(entry.node, syntax, indent + step)]),
        indent,
      );
    case "object":
      return mapLiteral(
        node.fields.map((entry) => [syntax.field(entry.name), literal(entry.node, syntax, indent + step)]),
        indent,
      );
  }
}

function jsonLiteral(value: unknown, syntax: Syntax, indent: string): string {
  if (typeof value === "string") return syntax.string(value);
  if (Array.isArray(value)) {
    return listLiteral(
      value.map((item) => jsonLiteral(item, syntax, indent + step)),
      indent,
    );
  }
  if (typeof value !== "object" || value === null) return syntax.scalar(value as number | boolean | null);
  const entries = Object.entries(value).map(
    ([name, item]) => [syntax.key(name), jsonLiteral(item, syntax, indent + step)] as const,
  );
  return mapLiteral(entries, indent);
}

function listLiteral(items: readonly string[], indent: string): string {
  if (items.length === 0) return "[]";
  return `[\n${items.map((item) => `${indent}${step}${item},\n`).join("")}${indent}]`;
}

function mapLiteral(entries: readonly (readonly [string, string])[], indent: string): string {
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([name, value]) => `${indent}${step}${name}: ${value},\n`).join("")}${indent}}`;
}
