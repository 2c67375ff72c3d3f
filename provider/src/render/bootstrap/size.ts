/** EC2's limit on user data. */

/** Bytes before base64: what RunInstances takes. */
export const userDataLimit = 16 * 1024;

/**
 * Bytes that user data may need beside the user's own parts: the script, the certificate authority, the addresses of
 * the API and of the stores, at their longest.
 */
export const bootstrapAllowance = 8 * 1024;

interface GroupWithUserData {
  readonly name: string;
  readonly additionalUserData: readonly { readonly name: string; readonly type: string; readonly content: string }[];
}

/** Of a group whose user data would not fit, judged before anything is known that only AWS can tell. */
export function userDataProblem(group: GroupWithUserData): string | undefined {
  const own = group.additionalUserData.reduce((sum, { content }) => sum + Buffer.byteLength(content) + 256, 0);
  const left = userDataLimit - bootstrapAllowance;
  if (own <= left) return undefined;
  return `takes ${String(own)} bytes of user data; at most ${String(left)} of ${String(userDataLimit)} are left beside the bootstrap script`;
}

export function checkUserDataSize(groupName: string, text: string): void {
  const size = Buffer.byteLength(text);
  if (size > userDataLimit) {
    throw new Error(
      `bug: user data of group ${groupName} has ${String(size)} bytes, more than ${String(userDataLimit)}`,
    );
  }
}
