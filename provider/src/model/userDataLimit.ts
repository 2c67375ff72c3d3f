/** EC2's limit on user data. */

/** Bytes before base64: what RunInstances takes. */
export const userDataLimit = 16 * 1024;

/**
 * Bytes that user data may need beside the user's own parts: the script, the certificate authority, the addresses of
 * the API and of the stores, at their longest.
 */
export const bootstrapAllowance = 8 * 1024;

/** What is wrong with a group's own parts that would not fit, judged before anything is known that only AWS can tell. */
export function userDataProblem(parts: readonly { readonly content: string }[]): string | undefined {
  const own = parts.reduce((sum, { content }) => sum + Buffer.byteLength(content) + 256, 0);
  const left = userDataLimit - bootstrapAllowance;
  if (own <= left) return undefined;
  return `user data too long, got ${String(own)} bytes; must be at most ${String(left)}, because EC2 allows ${String(userDataLimit)} including the bootstrap script`;
}

export function checkUserDataSize(groupName: string, text: string): void {
  const size = Buffer.byteLength(text);
  if (size > userDataLimit) {
    throw new Error(
      `bug: user data of group ${groupName} has ${String(size)} bytes, more than ${String(userDataLimit)}`,
    );
  }
}
