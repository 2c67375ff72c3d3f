import type * as pulumi from "@pulumi/pulumi";

/**
 * A value that may be known only while the engine runs. Pure code checks its presence and passes it on; only
 * `components/` waits for it.
 */
export type Input<T> = pulumi.Input<T>;

type Output = Promise<unknown> | pulumi.OutputInstance<unknown>;

/** A type with every input replaced by its value, as `render/` sees it. */
export type Unwrapped<T> = T extends Output
  ? never
  : T extends readonly (infer Element)[]
    ? readonly Unwrapped<Element>[]
    : T extends object
      ? { readonly [Key in keyof T]: Unwrapped<T[Key]> }
      : T;

/** What `pulumi.Output.isInstance` tests, for code that must not import Pulumi; a promise is an input as well. */
export function isOutput(value: unknown): value is Output {
  return typeof value === "object" && value !== null && ("__pulumiOutput" in value || value instanceof Promise);
}
