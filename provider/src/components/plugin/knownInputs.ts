import * as pulumi from "@pulumi/pulumi";

/** What the types of an output leave out. */
interface Settling {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<unknown>;
}

const noSecrets = { secrets: false };

/**
 * The inputs with the values of outputs that are known by now in place of the outputs, to be checked as if they had been
 * written there. Secrets stay what they are, unless asked for: messages show the values that they complain of.
 */
export async function withKnownValues(
  value: unknown,
  also: { readonly secrets: boolean } = noSecrets,
): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const output = value as unknown as Settling;
    const readable = (await output.isKnown) && (also.secrets || !(await pulumi.isSecret(value)));
    return readable ? withKnownValues(await output.promise(), also) : value;
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((element) => withKnownValues(element, also)));
  }
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) {
    return value;
  }
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await withKnownValues(inner, also)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
