/** What stops an adoption: the command prints the message and no stack. */
export class AdoptionFailure extends Error {}
