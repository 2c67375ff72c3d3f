/** What is wrong with an input: where, and what. */
export interface Problem {
  /** In the caller's field path, for example `nodeGroups.gpu.rootVolume.size` or `zones[1]`. */
  readonly path: string;
  /** `<what is wrong>, got <value>; <what is allowed>`, lower case, without a final period. */
  readonly reason: string;
  /** It goes unsaid where AWS tells more of the same input: a zone that does not exist needs no range. */
  readonly unlessLookedUp?: true;
}

/** Collects problems in the order in which the rules run, which is fixed. */
export class Report {
  private readonly found: Problem[] = [];
  private readonly unusable: string[] = [];

  get problems(): readonly Problem[] {
    return this.found;
  }

  /** A problem of the value itself. Nothing more is said about one that structure could not use. */
  add(path: string, reason: string, also: Pick<Problem, "unlessLookedUp"> = {}): void {
    if (!this.unusable.some((other) => isWithin(path, other))) {
      this.found.push({ path, reason, ...also });
    }
  }

  /** For structure: a stand-in takes the place of the value, so no rule may be held against it. */
  addUnusable(path: string, reason: string): void {
    this.found.push({ path, reason });
    this.setUnusable(path);
  }

  /** For structure: what is wrong with the value is said elsewhere. */
  setUnusable(path: string): void {
    this.unusable.push(path);
  }

  /** Whether the values are the caller's own; a rule that compares several asks this first. */
  isUsable(...paths: readonly string[]): boolean {
    return !paths.some((path) => this.unusable.some((other) => isWithin(path, other) || isWithin(other, path)));
  }

  /** Whether nothing has been found at the paths or below them. */
  isSound(...paths: readonly string[]): boolean {
    return this.isUsable(...paths) && !paths.some((path) => this.found.some((other) => isWithin(other.path, path)));
  }
}

function isWithin(path: string, outer: string): boolean {
  return outer === "" || path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
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
