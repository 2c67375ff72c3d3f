import * as pulumi from "@pulumi/pulumi";

/** What the types of an output leave out. */
interface Settling {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<unknown>;
}

/** What stands in the place of a secret with this value; undefined: the secret stays what it is. */
export type Reveal = (value: unknown) => unknown;

const noSecret: Reveal = () => undefined;
export const everySecret: Reveal = (value) => value;

/**
 * The inputs with the values of outputs that are known by now in place of the outputs, to be checked as if they had been
 * written there. Secrets stay what they are, unless asked for: messages show the values that they complain of.
 */
export async function withKnownValues(value: unknown, reveal: Reveal = noSecret): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const output = value as unknown as Settling;
    if (!(await output.isKnown)) {
      return value;
    }
    const found = await output.promise();
    const shown = (await pulumi.isSecret(value)) ? reveal(found) : found;
    return shown === undefined && found !== undefined ? value : withKnownValues(shown, reveal);
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((element) => withKnownValues(element, reveal)));
  }
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) {
    return value;
  }
  const entries = Object.entries(value).map(
    async ([key, inner]) => [key, await withKnownValues(inner, reveal)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
