/** What a failed call to AWS means, told by its text: the provider gives nothing else. */

/**
 * - `none`, `several`: AWS answered, and there is no such thing, or more than one.
 * - `denied`: the caller may not ask.
 * - `credentials`, `region`: nobody can be asked, whatever it is.
 * - `other`: the network, throttling, or what the provider may come to say.
 */
export type Failure = "none" | "several" | "denied" | "credentials" | "region" | "other";

/** Texts of terraform-provider-aws 6 and codes of AWS. In this order: a refusal may name what was not found. */
const signs: readonly (readonly [Failure, RegExp])[] = [
  [
    "credentials",
    /no valid credential sources|NoCredentialProviders|no AWS credentials|(failed to|unable to) (refresh|validate|retrieve|load).{0,20}credentials|static credentials are empty|get identity: get credentials|InvalidClientTokenId|UnrecognizedClient|AuthFailure|SignatureDoesNotMatch|ExpiredToken|InvalidAccessKeyId|no EC2 IMDS role found/i,
  ],
  ["region", /(missing|invalid|no) (aws )?region|region configuration/i],
  ["denied", /UnauthorizedOperation|AccessDenied|Forbidden|not authorized to perform|AuthorizationError/i],
  ["several", /multiple .{1,60} matched|query returned more than one result|too many results/i],
  [
    "none",
    /no matching .{1,60} found|empty result|couldn't find resource|query returned no results|ParameterNotFound|NoSuchHostedZone|NoSuchKey|NoSuchBucket|api error NotFound|NotFoundException|Invalid[A-Za-z]+\.(NotFound|Malformed)|InvalidSubnetID|InvalidGroupId/i,
  ],
];

export function failureOf(text: string): Failure {
  return signs.find(([, sign]) => sign.test(text))?.[0] ?? "other";
}

/** The action that AWS says is denied, where it says so. */
export function deniedAction(text: string): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(text)?.[1];
}
