/** The inputs of a program, as plain values. */
import { isFields, type Fields } from "../../provider/src/encode/fields";

export type ProgramInputs = Fields;

export function merged(one: ProgramInputs, other: ProgramInputs): ProgramInputs {
  const entries = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    return [key, isFields(before) && isFields(value) ? merged(before, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(entries) };
}
