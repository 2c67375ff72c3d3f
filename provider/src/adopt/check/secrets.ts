/** Files and values that no message may show. */

/** Keys, tokens, and what holds the key of an S3-compatible store. */
export function stateStoreSecret(file: string, field: string, ...values: readonly unknown[]): boolean {
  if (file.startsWith("pki/private/") || file.startsWith("secrets/")) return true;
  return /privateMaterial|secret|password|token/i.test(field) || values.some(holdsSecret);
}

function holdsSecret(value: unknown): boolean {
  const text = JSON.stringify(value) as string | undefined;
  return text !== undefined && /PRIVATE KEY|SECRET_ACCESS_KEY/.test(text);
}
