/** What the user says in kOps's own terms, as kOps writes it. */
import { canonicalDuration } from "../../encode/duration";
import { isFields } from "../../encode/fields";
import { canonicalQuantity } from "../../encode/quantity";
import type { YamlObject, YamlValue } from "../../encode/yaml";
import { specFields, specType, type SpecType } from "./types";
import type { SpecFacts } from "../../releases/release";

/** The value as it comes out of kOps, which reads it into its types and writes them. Validation has checked it. */
export function kopsValue(value: unknown, type: SpecType, facts: SpecFacts): YamlValue {
  switch (type.kind) {
    case "scalar":
      if (type.name === "duration") return canonicalDuration(String(value));
      if (type.name === "quantity") return canonicalQuantity(String(value));
      return value as YamlValue;
    case "list":
      return (value as readonly unknown[]).map((item) => kopsValue(item, type.element, facts));
    case "map":
      return Object.fromEntries(entriesOf(value).map(([key, item]) => [key, kopsValue(item, type.element, facts)]));
    case "object":
      return kopsFields(value, type.name, facts);
  }
}

/** Without the zeros that kOps takes for fields that were left out. */
export function kopsFields(value: unknown, name: string, facts: SpecFacts): YamlObject {
  const fields = specFields(facts, name);
  return Object.fromEntries(
    entriesOf(value).flatMap(([key, given]) => {
      const type = specType(fields[key] ?? "any");
      const written = kopsValue(given, type, facts);
      return !type.keepsZero && isZero(written) ? [] : [[key, written]];
    }),
  );
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return Object.entries(value as Readonly<Record<string, unknown>>).filter(([, given]) => given !== undefined);
}

function isZero(value: YamlValue): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return value === "" || value === 0 || value === false;
}

/** Fields of the second over those of the first; maps are merged, lists are replaced, as kOps merges its specs. */
export function merged(base: YamlObject, over: YamlObject): YamlObject {
  const entries = Object.entries(over).map(([key, value]) => {
    const before = base[key];
    return [key, isFields(before) && isFields(value) ? merged(before, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(entries) };
}

/** The fields of a type by the names that nodeup's configuration has for them. */
export function nodeupFields(fields: YamlObject, name: string, { nodeupNames }: SpecFacts): YamlObject {
  const names = nodeupNames[name] ?? {};
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [names[key] ?? key, value]));
}
