/** The inputs of a program, as plain values. */
export type ProgramInputs = Readonly<Record<string, unknown>>;

export function merged(one: ProgramInputs, other: ProgramInputs): ProgramInputs {
  const entries = Object.entries(other).map(([key, value]) => {
    const before = one[key];
    return [key, isObject(before) && isObject(value) ? merged(before, value) : value] as const;
  });
  return { ...one, ...Object.fromEntries(entries) };
}

export function isObject(value: unknown): value is ProgramInputs {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
