/** The secrets of a cluster, as an exported state with `--show-secrets` has them. */
export interface Secrets {
  /** The body of each private key, its first line. */
  readonly privateKeys: readonly string[];
  readonly tokens: readonly string[];
}

export function secretsOf(state: string): Secrets {
  const { deployment } = JSON.parse(state) as {
    deployment: { resources: { urn: string; outputs?: Record<string, unknown> }[] };
  };
  const revealed = deployment.resources.map(({ urn, outputs }) => ({ urn, text: JSON.stringify(outputs ?? {}) }));
  const keys = revealed.flatMap(({ text }) => [
    ...text.matchAll(/BEGIN (?:RSA )?PRIVATE KEY-----[\\n]+([A-Za-z0-9+/]{60})/g),
  ]);
  const tokens = revealed
    .filter(({ urn }) => urn.includes("-secrets-"))
    .flatMap(({ text }) => [...text.matchAll(/\\+"Data\\+": ?\\+"([A-Za-z0-9+/=]{16,})/g)]);
  const found = (matches: RegExpMatchArray[]): string[] => [...new Set(matches.map((match) => match[1] ?? ""))];
  return { privateKeys: found(keys), tokens: found(tokens) };
}
