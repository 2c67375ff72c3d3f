import * as pulumi from "@pulumi/pulumi";

/** What the types of an output leave out. */
interface Settling {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<unknown>;
}

/**
 * The inputs with the values of outputs that are known by now in place of the outputs, to be checked as if they had been
 * written there. Secrets stay what they are: messages show the values that they complain of.
 */
export async function withKnownValues(value: unknown): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const output = value as unknown as Settling;
    const readable = (await output.isKnown) && !(await pulumi.isSecret(value));
    return readable ? withKnownValues(await output.promise()) : value;
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map(withKnownValues));
  }
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) {
    return value;
  }
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await withKnownValues(inner)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
