/**
 * A value that may be known only while the engine runs. Pure code never looks inside: it checks presence, passes it
 * on, and leaves the settling to `components/`.
 */
export type Late<T> = T | PendingValue<T>;

/** What a Pulumi output looks like to code that must not import Pulumi. */
export interface PendingValue<T> {
  readonly __pulumiOutput: true;
  // Never called from pure code; keeps the value's type in the signature.
  apply<U>(func: (value: T) => U): unknown;
}

/** A type with every late value replaced by the value itself, as `render/` sees it. */
export type Settled<T> =
  T extends PendingValue<unknown>
    ? never
    : T extends readonly (infer Element)[]
      ? readonly Settled<Element>[]
      : T extends object
        ? { readonly [Key in keyof T]: Settled<T[Key]> }
        : T;

export function isPending(value: unknown): value is PendingValue<unknown> {
  return typeof value === "object" && value !== null && "__pulumiOutput" in value;
}
