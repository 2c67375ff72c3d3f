import { isOutput } from "../../schema/input";

export type Fields = Readonly<Record<string, unknown>>;

/** An object whose fields are known now: no list, and no output. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isOutput(value);
}
