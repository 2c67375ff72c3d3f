/** EC2's limit on user data. */

/** Bytes before base64: what RunInstances takes. */
export const userDataLimit = 16 * 1024;

/**
 * Bytes that user data may need beside the user's own parts: the script, the certificate authority, the addresses of
 * the API and of the stores, at their longest.
 */
export const bootstrapAllowance = 8 * 1024;

/** Bytes that each further certificate authority may add: one of 4096 bits has about 2 KiB. */
export const longestAuthority = 2560;

/** While one is on its way in, and another on its way out. */
export const mostTrustedAuthorities = 3;

/**
 * What is wrong with a group's own parts that would not fit, judged before anything is known that only AWS can tell.
 * `authorities`: how many the user data holds.
 */
export function userDataProblem(
  parts: readonly { readonly content: string }[],
  authorities: number,
): string | undefined {
  const own = parts.reduce((sum, { content }) => sum + Buffer.byteLength(content) + 256, 0);
  const left = userDataLimit - bootstrapAllowance - Math.max(0, authorities - 1) * longestAuthority;
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
