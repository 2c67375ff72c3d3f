/** Shapes of the objects in the cluster that Karpenter works from. Their schemas are Karpenter's own CRDs. */

export type ManifestValue =
  string | number | boolean | readonly ManifestValue[] | { readonly [key: string]: ManifestValue };

export type ManifestFields = Readonly<Record<string, ManifestValue>>;

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: ManifestFields;
}

/** The fields that have a value: Kubernetes tells an absent field from an empty one. */
export function present(fields: Readonly<Record<string, ManifestValue | undefined>>): ManifestFields {
  const entries = Object.entries(fields).filter((entry): entry is [string, ManifestValue] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

/** A list or map that says nothing is left out. */
export function unlessEmpty<T extends ManifestValue>(value: T | undefined): T | undefined {
  return value === undefined || Object.keys(value).length === 0 ? undefined : value;
}
