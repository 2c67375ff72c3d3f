/** Values as messages show them: short, and never secret. */
import { isOutput } from "../../schema/input";

const longest = 80;

export function show(value: unknown): string {
  if (isOutput(value)) {
    return "an output";
  }
  switch (typeof value) {
    case "string":
      return JSON.stringify(shorten(withoutCredentials(value)));
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

function shorten(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** A URL's user and password are secret wherever a URL is given. */
export function withoutCredentials(text: string): string {
  return text.replace(/:\/\/[^/\s]*@/g, "://…@");
}

/** What is allowed: `"a", "b", "c"`, all of them. */
export function showList(values: readonly string[]): string {
  return values.map(show).join(", ");
}

/** What was given: as many as fit, and how many more there are. */
export function showSome(values: readonly string[]): string {
  const shown: string[] = [];
  for (const value of values) {
    const next = show(value);
    if (shown.length > 0 && [...shown, next].join(", ").length > longest) {
      return `${shown.join(", ")} and ${values.length - shown.length} more`;
    }
    shown.push(next);
  }
  return shown.length === 0 ? "none" : shown.join(", ");
}

/** What a type error says was given, where the value itself must not be shown. */
export function showKind(value: unknown): string {
  return typeof value === "object" ? show(value) : `a ${typeof value}`;
}
