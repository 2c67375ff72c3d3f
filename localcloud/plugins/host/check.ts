import { createHash, randomBytes } from "node:crypto";
import type { Leaf, Naming } from "./rules";
import { hasUnknown, type Properties, UNKNOWN } from "./values";

export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** Unknown, unimplemented and missing properties, at every depth. */
export function failures(rules: Readonly<Record<string, Leaf>>, inputs: Properties, path = ""): Failure[] {
  const at = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const given = Object.keys(inputs).flatMap((name) => {
    const rule = rules[name];
    if (rule === undefined)
      return [{ property: at(name), reason: `unknown property; known are ${Object.keys(rules).join(", ")}` }];
    if (rule.change === "unsupported") {
      return [{ property: at(name), reason: "this property exists, but the stand-in provider does not implement it" }];
    }
    return rule.fields === undefined ? [] : inside(rule, inputs[name], at(name));
  });
  const missing = Object.entries(rules).filter(([name, rule]) => rule.required && inputs[name] === undefined);
  return [...given, ...missing.map(([name]) => ({ property: at(name), reason: "required property is missing" }))];
}

function inside(rule: Leaf, value: unknown, path: string): Failure[] {
  if (value === UNKNOWN) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => inside(rule, each, `${path}[${index}]`));
  if (typeof value !== "object" || value === null)
    return [{ property: path, reason: `must be an object, not ${JSON.stringify(value)}` }];
  return failures(rule.fields ?? {}, value as Properties, path);
}

/** Fills what the program left out: the last run's automatic name or a new one, and the type's defaults. */
export function completed(
  inputs: Properties,
  olds: Properties,
  options: { naming?: Naming | undefined; defaults?: object | undefined; urn: string; seed: Uint8Array },
): Properties {
  const { naming } = options;
  const full: Properties = { ...(options.defaults as Properties | undefined), ...inputs };
  const named =
    naming === undefined || full[naming.property] !== undefined || full[`${naming.property}Prefix`] !== undefined;
  if (naming !== undefined && !named)
    full[naming.property] = olds[naming.property] ?? automaticName(naming, options.urn, options.seed);
  return full;
}

function automaticName(naming: Naming, urn: string, seed: Uint8Array): string {
  const source = seed.length > 0 ? Buffer.from(seed) : randomBytes(32);
  const suffix = `-${createHash("sha256").update(source).update(urn).digest("hex").slice(0, 7)}${naming.suffix ?? ""}`;
  const name = urn.slice(urn.lastIndexOf("::") + 2).slice(0, naming.maxLength - suffix.length) + suffix;
  return naming.lowerCase === true ? name.toLowerCase() : name;
}

/** The cross-property rules of a type look at known values only. */
export function typeProblems(
  problems: ((inputs: never) => readonly Failure[]) | undefined,
  inputs: Properties,
): readonly Failure[] {
  if (problems === undefined || hasUnknown(inputs)) return [];
  return problems(inputs as never);
}
