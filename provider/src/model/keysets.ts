/** What nodes and clients are told of a keyset. */
import type { Keyset, KeysetKey } from "./runtime";

/** The key that every keyset starts with, unless the user says otherwise. */
export const initialKey = "initial";

/** Oldest first, as kOps lists them: kops upup/pkg/fi/ca.go:137. */
export function inOrderOfIds(keys: readonly KeysetKey[]): readonly KeysetKey[] {
  return [...keys].sort((left, right) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1));
}

export function isTrusted({ distrustTimestamp }: { readonly distrustTimestamp?: string | undefined }): boolean {
  return distrustTimestamp === undefined;
}

export function trustedKeys({ keys }: Keyset): readonly KeysetKey[] {
  return keys.filter(isTrusted);
}

/** The trust bundle: kops upup/pkg/fi/ca.go:153. */
export function trustedCertificates(keyset: Keyset): string {
  return trustedKeys(keyset)
    .map(({ certificate }) => certificate)
    .join("");
}

/** kOps labels each block so although it holds a SubjectPublicKeyInfo: kops upup/pkg/fi/ca.go:177. */
export function trustedPublicKeys(keyset: Keyset): string {
  return trustedKeys(keyset)
    .map(({ publicKey }) => publicKey.replaceAll(" PUBLIC KEY-----", " RSA PUBLIC KEY-----"))
    .join("");
}
