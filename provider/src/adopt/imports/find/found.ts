import type { AwsClients } from "../clients";
import type { Existing, Inputs } from "../registrations";

/**
 * What the engine takes over in place of what a provider reads (pulumi v3.259.0 pkg/cmd/pulumi/operations/import.go:218). One
 * that does not know of it, such as 3.219, reads.
 */
export interface ImportedState {
  readonly inputs: Inputs;
  /** All of them. */
  readonly outputs: Inputs;
}

/** A resource of AWS that a registration describes, or why there is none. */
export type Found =
  | (Existing & {
      readonly id: string;
      /** In the form that `pulumi import` expects; by default, the id. */ readonly importId?: string;
      /** Where a provider could not read all of it. */ readonly state?: ImportedState;
    })
  | {
      readonly reason: string;
      /** AWS was asked, and has none. */ readonly isAbsent?: true;
    };

/** Finds the resources of one type. A finder is made for each cluster, and asks AWS for each list once. */
export type Finder = (inputs: Inputs) => Promise<Found>;

export interface Place {
  readonly clusterName: string;
  readonly aws: AwsClients;
}

export type Finders = Readonly<Record<string, Finder>>;

/** The only one of the candidates. */
export function only<T>(
  candidates: readonly T[],
  what: string,
  found: (one: T) => Extract<Found, { readonly id: string }>,
): Found {
  const [first, ...others] = candidates.map(found);
  if (first === undefined) return { reason: `${what} does not exist`, isAbsent: true };
  if (others.length === 0) return first;
  const ids = [first, ...others].map(({ id }) => id);
  return { reason: `${what} exists ${String(ids.length)} times: ${ids.join(", ")}` };
}

/** What cannot exist, since what it belongs to does not. */
export const ofNothing: Found = { reason: "belongs to a resource that does not exist", isAbsent: true };

export function text(inputs: Inputs, name: string): string | undefined {
  const value = inputs[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function count(inputs: Inputs, name: string): number | undefined {
  const value = inputs[name];
  return typeof value === "number" ? value : undefined;
}

/** The answer, or undefined where AWS says that the thing does not exist. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (/NotFound|NoSuch|DoesNotExist|NonExistent|^404$/.test(name)) return undefined;
    throw error;
  }
}

/** Asks once, when it is first needed. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= ask());
}

/** Asks once for each key. */
export function oncePer<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
}

/** All pages of a list. */
export async function all<Page, T>(
  pages: AsyncIterable<Page>,
  items: (page: Page) => readonly T[] | undefined,
): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}
