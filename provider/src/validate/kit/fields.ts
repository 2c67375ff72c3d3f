import { isFields, type Fields } from "../../encode/fields";
import { isOutput } from "../../schema/input";

/** An object whose fields are known now: no output. */
export function isKnown(value: unknown): value is Fields {
  return isFields(value) && !isOutput(value);
}
