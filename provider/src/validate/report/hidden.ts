/** Which values of the inputs the engine must not print beside a message about them. */
import { withoutCredentials } from "./display";
import { isOutput } from "../../schema/input";
import { nearest } from "../structure/nearest";
import { at, below } from "./report";
import { schemaShape } from "../../schema/shape.gen";

const secretKeys = [
  ...Object.values(schemaShape.objects),
  ...Object.values(schemaShape.components).map(({ inputs }) => inputs),
].flatMap((shape) => Object.keys(shape).filter((key) => shape[key]?.secret === true));

/** About two lines of a terminal, as the engine prints a value. */
const longestShown = 160;

/** Tells whether the value at a path is or holds what may be secret, or is too long for a message. */
export function hiddenPaths(raw: unknown): (path: string) => boolean {
  const secret = confidentialPaths(raw, "");
  const long = new Set<string>();
  measure(raw, "", long);
  return (path) =>
    long.has(path) ||
    secret.some((found) => found === path || found.startsWith(`${path}.`) || found.startsWith(`${path}[`));
}

function confidentialPaths(value: unknown, path: string): readonly string[] {
  // Whether an output is secret is known only when it has a value.
  if (isOutput(value) || (typeof value === "string" && withoutCredentials(value) !== value)) {
    return [path];
  }
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => confidentialPaths(element, at(path, index)));
  }
  if (typeof value !== "object" || value === null) {
    return [];
  }
  // A misspelt name of a secret holds the secret all the same.
  return Object.entries(value).flatMap(([key, inner]) =>
    nearest(key, secretKeys) === undefined ? confidentialPaths(inner, below(path, key)) : [below(path, key)],
  );
}

/** About how long a value is as text; collects the paths of those that are too long. */
function measure(value: unknown, path: string, long: Set<string>): number {
  const length = isOutput(value)
    ? 0
    : Array.isArray(value)
      ? value.reduce((sum: number, element, index) => sum + 3 + measure(element, at(path, index), long), 0)
      : typeof value === "object" && value !== null
        ? Object.entries(value).reduce(
            (sum, [key, inner]) => sum + key.length + 3 + measure(inner, below(path, key), long),
            0,
          )
        : String(value).length;
  if (length > longestShown) {
    long.add(path);
  }
  return length;
}
