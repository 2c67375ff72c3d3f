/** What is wrong with an input: where, and what. */
export interface Problem {
  /** In the caller's field path, for example `nodeGroups.gpu.rootVolume.size` or `zones[1]`. */
  readonly path: string;
  /** `<what is wrong>, got <value>; <what is allowed>`, lower case, without a final period. */
  readonly reason: string;
}

/** Collects problems in the order in which checks run, which is fixed. */
export class Problems {
  private readonly found: Problem[] = [];

  add(path: string, reason: string): void {
    this.found.push({ path, reason });
  }

  get all(): readonly Problem[] {
    return this.found;
  }
}

/** The path of a key below a path; keys that are no plain words, such as labels, go in brackets. */
export function below(path: string, key: string): string {
  const plain = /^[A-Za-z0-9_-]+$/.test(key);
  if (path === "") {
    return plain ? key : `[${JSON.stringify(key)}]`;
  }
  return plain ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

export function at(path: string, index: number): string {
  return `${path}[${index}]`;
}
