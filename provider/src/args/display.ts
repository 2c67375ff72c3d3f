/** Values as messages show them: short, and never secret. */
import { isPending } from "./late";

const longest = 80;

export function show(value: unknown): string {
  if (isPending(value)) {
    return "an output";
  }
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.length > longest ? `${value.slice(0, longest)}…` : value);
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    case "undefined":
      return "nothing";
    default:
      return value === null
        ? "null"
        : Array.isArray(value)
          ? "a list"
          : typeof value === "object"
            ? "an object"
            : `a ${typeof value}`;
  }
}

/** `"a", "b", "c"` */
export function showList(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(", ");
}

/** What a type error says was given, where the value itself must not be shown. */
export function showKind(value: unknown): string {
  return typeof value === "object" ? show(value) : `a ${typeof value}`;
}
