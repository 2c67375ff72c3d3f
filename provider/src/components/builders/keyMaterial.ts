/** Certificates and private keys: as kOps writes and numbers them, and what is wrong with the user's own. */
import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { initialKey } from "../../model/keysets";
import { keysetNames, type KeysetKey } from "../../model/runtime";
import { longestAuthority } from "../../model/userDataLimit";
import type { Problem } from "../../validate/inputs";

const path = "pki.keysets";
const tokenKeyset = "service-account";
const certificateRule = "must be one certificate in PEM";
const privateKeyRule = "must be one private key in PEM, RSA or ECDSA, without encryption";

/** A key of the user's own, as far as it is known. */
interface GivenKey {
  readonly certificate?: unknown;
  readonly privateKey?: unknown;
}

export function certificatePem(certificate: string): string {
  return new X509Certificate(certificate).toString();
}

/** kops pkg/pki/privatekey.go:130 */
export function privateKeyPem(privateKey: string): string {
  const key = createPrivateKey(privateKey);
  const type = key.asymmetricKeyType === "rsa" ? "pkcs1" : "sec1";
  return key.export({ type, format: "pem" }).toString();
}

/** `id`: the number that kOps has given the key. */
export function describeKey(
  { name, id }: { readonly name: string; readonly id?: string | undefined },
  certificate: string,
): Omit<KeysetKey, "distrustTimestamp"> {
  const parsed = new X509Certificate(certificate);
  const publicKey = parsed.publicKey.export({ type: "spki", format: "pem" }).toString();
  return { id: id ?? keyId(name, parsed).toString(10), certificate, publicKey };
}

/**
 * The first key of a keyset has the serial number of its certificate. That is a random one of up to 128 bits, and kOps takes
 * the highest number of a keyset for its newest key (kops cmd/kops/promote_keypair.go:163): so later keys have higher ones,
 * in the order of their times. An id never changes, whatever other keys come and go. People give many certificates the same
 * serial number, so the fingerprint tells those of one second apart.
 */
function keyId(name: string, certificate: X509Certificate): bigint {
  if (name === initialKey) return BigInt(`0x${certificate.serialNumber}`);
  const fingerprint = BigInt(`0x${certificate.fingerprint256.replaceAll(":", "")}`);
  return (BigInt(startSeconds(certificate)) << 128n) + BigInt.asUintN(128, fingerprint);
}

function startSeconds(certificate: X509Certificate): number {
  return Date.parse(certificate.validFrom) / 1000;
}

/** Of all keys whose certificates and private keys are known by now; whether they are of the right kind is said elsewhere. */
export function keyMaterialProblems(pki: unknown, now: Date): readonly Problem[] {
  const keysets = entries(field(pki, "keysets")).filter(([name]) => keysetNames.some((each) => each === name));
  return keysets.flatMap(([keyset, value]) => {
    const keys = entries(field(value, "keys"));
    return [
      ...keys.flatMap(([name, key]) => keyProblems(keyset, name, (key ?? {}) as GivenKey)),
      ...repeatedCertificates(keyset, keys),
      ...timeProblems(keyset, keys, now),
    ];
  });
}

export function keyProblems(keyset: string, name: string, given: GivenKey): readonly Problem[] {
  const keyPath = `${path}.${keyset}.keys.${name}`;
  const certificate = text(given.certificate);
  const privateKey = text(given.privateKey);
  const parsed = parseCertificate(certificate);
  const key = privateKey === undefined ? undefined : attempt(() => createPrivateKey(privateKey));
  const reasons: [input: keyof GivenKey, reason: string | undefined][] = [
    ["certificate", certificate === undefined ? undefined : certificateReason(keyset, certificate, parsed)],
    // Never shown.
    ["privateKey", privateKey === undefined || isUsable(key) ? undefined : `invalid private key; ${privateKeyRule}`],
  ];
  const isMismatch = parsed !== undefined && isUsable(key) && !parsed.checkPrivateKey(key);
  if (isMismatch) reasons.push(["privateKey", "not the key of the certificate; must be its private key"]);
  return reasons.flatMap(([input, reason]) => (reason === undefined ? [] : [{ path: `${keyPath}.${input}`, reason }]));
}

function certificateReason(keyset: string, pem: string, parsed: X509Certificate | undefined): string | undefined {
  const count = pem.split("-----BEGIN CERTIFICATE-----").length - 1;
  if (parsed === undefined || count !== 1) {
    return count > 1
      ? `${String(count)} certificates; ${certificateRule}, without a chain`
      : `invalid certificate; ${certificateRule}`;
  }
  if (parsed.toString().length > longestAuthority) {
    return `too long; must be at most ${String(longestAuthority)} bytes, because user data holds it`;
  }
  const type = parsed.publicKey.asymmetricKeyType ?? "unknown";
  if (keyset === tokenKeyset) {
    // AWS and the API server take RS256 alone from kOps, and kOps publishes only what has this name (pkg/model/issuerdiscovery.go:186).
    if (type !== "rsa") return `a key of type ${type}; must be RSA`;
    return commonName(parsed) === tokenKeyset ? undefined : `another common name; must be ${tokenKeyset}`;
  }
  if (!["rsa", "ec"].includes(type)) return `a key of type ${type}; must be RSA or ECDSA`;
  return parsed.ca ? undefined : "not a certificate authority; must have the basic constraint CA:TRUE";
}

/** A key's number comes of its certificate. */
function repeatedCertificates(keyset: string, keys: readonly (readonly [string, unknown])[]): readonly Problem[] {
  const first = new Map<string, string>();
  return keys.flatMap(([name, key]) => {
    const fingerprint = parseCertificate(text(field(key, "certificate")))?.fingerprint256;
    const other = fingerprint === undefined ? undefined : first.get(fingerprint);
    if (fingerprint !== undefined && other === undefined) first.set(fingerprint, name);
    return other === undefined
      ? []
      : [
          {
            path: `${path}.${keyset}.keys.${name}.certificate`,
            reason: `duplicate certificate; first used for key ${other}`,
          },
        ];
  });
}

/** One that signs nothing more may end: it is on its way out. */
function timeProblems(keyset: string, keys: readonly (readonly [string, unknown])[], now: Date): readonly Problem[] {
  const trusted = keys.filter(([, key]) => field(key, "distrustTimestamp") === undefined);
  const [only, ...others] = trusted;
  const parsed = parseCertificate(text(field(only?.[1], "certificate")));
  if (only === undefined || others.length > 0 || parsed === undefined) return [];
  const problem = (reason: string): readonly Problem[] => [
    { path: `${path}.${keyset}.keys.${only[0]}.certificate`, reason },
  ];
  if (Date.parse(parsed.validTo) <= now.getTime()) return problem(`ended on ${parsed.validTo}; must be valid now`);
  if (Date.parse(parsed.validFrom) > now.getTime()) return problem(`begins on ${parsed.validFrom}; must be valid now`);
  return [];
}

function commonName(certificate: X509Certificate): string | undefined {
  return /^CN=(.*)$/m.exec(certificate.subject)?.[1];
}

function isUsable(key: KeyObject | undefined): key is KeyObject {
  return key?.asymmetricKeyType === "rsa" || key?.asymmetricKeyType === "ec";
}

function parseCertificate(pem: string | undefined): X509Certificate | undefined {
  return pem === undefined ? undefined : attempt(() => new X509Certificate(pem));
}

function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function entries(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
