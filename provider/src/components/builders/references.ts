/** What is made of each row, by the ref that other rows know it by. */
export function byRef<Row extends { readonly ref: string }, T>(
  rows: readonly Row[],
  make: (row: Row) => T,
): Readonly<Record<string, T>> {
  return Object.fromEntries(rows.map((row) => [row.ref, make(row)]));
}

/** What a row's reference points at. A dangling one is a mistake of planning, never of the user. */
export function requireRef<T>(made: Readonly<Record<string, T>>, ref: string): T {
  const found = made[ref];
  if (found === undefined) {
    throw new Error(`bug: nothing was planned under the reference ${ref}`);
  }
  return found;
}
