/** Objects whose fields are read by name: what JSON, YAML or a program gives. */

export type Fields = Readonly<Record<string, unknown>>;

/** An object: no list, and not null. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
