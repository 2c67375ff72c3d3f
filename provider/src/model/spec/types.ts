/** Types of kOps's spec, read from the text that the release's facts have them as. */
import type { SpecFacts } from "../../releases/release";

type SpecInteger = "int" | "int16" | "int32" | "uint8" | "uint32";
export type SpecScalar = SpecInteger | "string" | "bool" | "number" | "duration" | "quantity" | "intOrString" | "any";

export type SpecType = { readonly keepsZero: boolean } & (
  | { readonly kind: "scalar"; readonly name: SpecScalar }
  | { readonly kind: "list" | "map"; readonly element: SpecType }
  | { readonly kind: "object"; readonly name: string }
);

export type SpecFields = Readonly<Record<string, string>>;

export function specType(text: string): SpecType {
  if (text.startsWith("?")) return { ...specType(text.slice(1)), keepsZero: true };
  if (text.startsWith("[]")) return { kind: "list", element: specType(text.slice(2)), keepsZero: false };
  if (text.startsWith("{}")) return { kind: "map", element: specType(text.slice(2)), keepsZero: false };
  // Go leaves out no object that is not behind a pointer.
  if (text.startsWith("#")) return { kind: "object", name: text.slice(1), keepsZero: true };
  return { kind: "scalar", name: text as SpecScalar, keepsZero: false };
}

export function specFields({ types }: SpecFacts, name: string): SpecFields {
  const fields = types[name];
  if (fields === undefined) throw new Error(`bug: kOps's API has no type ${name}`);
  return fields;
}
