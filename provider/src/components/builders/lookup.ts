/** What a row's reference points at. A dangling one is a mistake of planning, never of the user. */
export function requireRef<T>(made: Readonly<Record<string, T>>, ref: string): T {
  const found = made[ref];
  if (found === undefined) {
    throw new Error(`bug: nothing was planned under the reference ${ref}`);
  }
  return found;
}

/** The entries that have a value; resources tell an absent property from an undefined one in their types. */
export function defined<T extends Record<string, number | undefined>>(entries: T): { [Key in keyof T]?: number } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: number;
  };
}
