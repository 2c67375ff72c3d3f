/** What EC2 answers where it does not do what it was asked. */

/** An answer of EC2 that another attempt would get again, as opposed to a failure of the service or of the network. */
export function isAboutRequest(error: unknown): boolean {
  return error instanceof Error && "$fault" in error && error.$fault === "client";
}

/** EC2's codes are InvalidInstanceID.NotFound, InvalidLaunchTemplateId.NotFound and the like. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && /\.NotFound(Exception)?$/.test(error.name);
}

export function failure(operation: string, error: unknown): Error {
  return new Error(`EC2 ${operation}: ${described(error)}`, { cause: error });
}

export function described(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
