/** What becomes of each field of kOps's spec here. */

export type Verdict =
  | { readonly kind: "carried" }
  /** An input of the component says it. */
  | { readonly kind: "own"; readonly input: string }
  /** Why the component does not take it. */
  | { readonly kind: "refused"; readonly why: string };

/** By path in the spec; what is said of an object holds for its fields as well, save those that are listed too. */
export type Verdicts = Readonly<Record<string, Verdict>>;

export const carried: Verdict = { kind: "carried" };

export function own(input: string): Verdict {
  return { kind: "own", input };
}

export function refused(why: string): Verdict {
  return { kind: "refused", why };
}

/** The same verdict for several fields. */
export function each(prefix: string, names: string, verdict: Verdict): Verdicts {
  return Object.fromEntries(names.split(" ").map((name) => [`${prefix}${name}`, verdict]));
}

/** Of the nearest path that is listed; every field at the top is. */
export function verdictOf(path: string, verdicts: Verdicts): Verdict {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("."))) {
    const found = Object.hasOwn(verdicts, at) ? verdicts[at] : undefined;
    if (found !== undefined) return found;
    if (!at.includes(".")) throw new Error(`bug: no verdict on ${path} of kOps's spec`);
  }
}

/** As a problem says it; undefined for a field that is carried. */
export function objection(verdict: Verdict): string | undefined {
  switch (verdict.kind) {
    case "carried":
      return undefined;
    case "own":
      return `set ${verdict.input} instead`;
    case "refused":
      return verdict.why;
  }
}
