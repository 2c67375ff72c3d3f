/** Which values of the inputs a message about them must not show. */
import { withoutCredentials } from "./display";
import { isOutput } from "../../schema/input";
import { nearest } from "../structure/nearest";
import { at, below } from "./problem";
import { schemaShape } from "../../schema/shape.gen";

const secretKeys = [
  ...Object.values(schemaShape.objects),
  ...Object.values(schemaShape.components).map(({ inputs }) => inputs),
].flatMap((shape) => Object.keys(shape).filter((key) => shape[key]?.secret === true));

/** Tells of a path whether its value is, or holds, what may be secret. */
export function confidential(raw: unknown): (path: string) => boolean {
  const paths = confidentialPaths(raw, "");
  return (path) =>
    paths.some((found) => found === path || found.startsWith(`${path}.`) || found.startsWith(`${path}[`));
}

function confidentialPaths(value: unknown, path: string): readonly string[] {
  // Whether an output is secret is known only when it settles.
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
