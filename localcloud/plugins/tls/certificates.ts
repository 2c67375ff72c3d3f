import { createHash, type KeyObject, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import {
  bitString,
  decode,
  decodeAll,
  encode,
  fromPem,
  integer,
  type Node,
  octetString,
  oid,
  pem,
  sequence,
  smallInteger,
  TAG,
  time,
  TRUE,
} from "./der";
import { encodeExplicit, publicKeyBits, publicKeyInfo, signature, signatureAlgorithm } from "./keys";

/* Certificates as Go's crypto/x509 writes them, which is what the real provider uses: the same extensions in the same order. */

export interface Subject {
  readonly commonName?: string | undefined;
  readonly country?: string | undefined;
  readonly emailAddress?: string | undefined;
  readonly locality?: string | undefined;
  readonly organization?: string | undefined;
  readonly organizationalUnit?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly province?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly streetAddresses?: readonly string[] | undefined;
}

/** Bits of the key-usage extension (RFC 5280, 4.2.1.3). */
const KEY_USAGES: Readonly<Record<string, number>> = {
  digital_signature: 0,
  content_commitment: 1,
  key_encipherment: 2,
  data_encipherment: 3,
  key_agreement: 4,
  cert_signing: 5,
  crl_signing: 6,
  encipher_only: 7,
  decipher_only: 8,
};

const EXTENDED_USAGES: Readonly<Record<string, string>> = {
  any_extended: "2.5.29.37.0",
  server_auth: "1.3.6.1.5.5.7.3.1",
  client_auth: "1.3.6.1.5.5.7.3.2",
  code_signing: "1.3.6.1.5.5.7.3.3",
  email_protection: "1.3.6.1.5.5.7.3.4",
  ipsec_end_system: "1.3.6.1.5.5.7.3.5",
  ipsec_tunnel: "1.3.6.1.5.5.7.3.6",
  ipsec_user: "1.3.6.1.5.5.7.3.7",
  timestamping: "1.3.6.1.5.5.7.3.8",
  ocsp_signing: "1.3.6.1.5.5.7.3.9",
  microsoft_server_gated_crypto: "1.3.6.1.4.1.311.10.3.3",
  netscape_server_gated_crypto: "2.16.840.1.113730.4.1",
  microsoft_commercial_code_signing: "1.3.6.1.4.1.311.2.1.22",
  microsoft_kernel_code_signing: "1.3.6.1.4.1.311.61.1.1",
};

/** Pulumi's documentation has these names in camel case, the provider itself with underscores; it takes the latter. */
export const KNOWN_USES: readonly string[] = [...Object.keys(KEY_USAGES), ...Object.keys(EXTENDED_USAGES)];

function text(value: string): Buffer {
  const printable = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(value);
  return encode(printable ? TAG.printable : TAG.utf8, Buffer.from(value));
}

/** The order of Go's pkix.Name. */
export function nameOf(subject: Subject): Buffer {
  const plain: [string, readonly (string | undefined)[]][] = [
    ["2.5.4.6", [subject.country]],
    ["2.5.4.10", [subject.organization]],
    ["2.5.4.11", [subject.organizationalUnit]],
    ["2.5.4.7", [subject.locality]],
    ["2.5.4.8", [subject.province]],
    ["2.5.4.9", subject.streetAddresses ?? []],
    ["2.5.4.17", [subject.postalCode]],
    ["2.5.4.3", [subject.commonName]],
    ["2.5.4.5", [subject.serialNumber]],
  ];
  const sets = plain.flatMap(([id, values]) => {
    const given = values.filter((value) => value !== undefined && value !== "");
    return given.length === 0 ? [] : [encode(TAG.set, ...given.map((value) => sequence(oid(id), text(value ?? ""))))];
  });
  const email = subject.emailAddress;
  const mail =
    email === undefined
      ? []
      : [encode(TAG.set, sequence(oid("1.2.840.113549.1.9.1"), encode(TAG.ia5, Buffer.from(email))))];
  return sequence(...sets, ...mail);
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [TRUE] : []), octetString(value));
}

function keyUsage(uses: readonly string[]): Buffer[] {
  const bits = uses.flatMap((use) => (KEY_USAGES[use] === undefined ? [] : [KEY_USAGES[use]]));
  if (bits.length === 0) return [];
  const highest = Math.max(...bits);
  const bytes = Buffer.alloc(highest > 7 ? 2 : 1);
  for (const bit of bits) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  return [extension("2.5.29.15", true, bitString(bytes, 7 - (highest & 7)))];
}

function extendedUsage(uses: readonly string[]): Buffer[] {
  const ids = uses.flatMap((use) => (EXTENDED_USAGES[use] === undefined ? [] : [oid(EXTENDED_USAGES[use])]));
  return ids.length === 0 ? [] : [extension("2.5.29.37", false, sequence(...ids))];
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split(".").map(Number));
  if (isIP(address) !== 6) throw new Error(`${address} is not an IP address`);
  const [head = "", tail] = address.toLowerCase().split("::");
  const groups = (part: string | undefined): number[] =>
    part === undefined || part === "" ? [] : part.split(":").map((group) => parseInt(group, 16));
  const left = groups(head);
  const right = groups(tail);
  const all =
    tail === undefined ? left : [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}

export interface AlternativeNames {
  readonly dnsNames?: readonly string[] | undefined;
  readonly ipAddresses?: readonly string[] | undefined;
  readonly uris?: readonly string[] | undefined;
}

/** Go's order: names, then addresses, then URIs. */
function alternativeNames(names: AlternativeNames): Buffer | undefined {
  const all = [
    ...(names.dnsNames ?? []).map((name) => encode(0x82, Buffer.from(name))),
    ...(names.ipAddresses ?? []).map((address) => encode(0x87, addressBytes(address))),
    ...(names.uris ?? []).map((uri) => encode(0x86, Buffer.from(uri))),
  ];
  return all.length === 0 ? undefined : sequence(...all);
}

export interface CertificateTemplate {
  readonly uses: readonly string[];
  readonly isCa: boolean;
  readonly maxPathLength: number | undefined;
  readonly setSubjectKeyId: boolean;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

function keyId(info: Buffer): Buffer {
  return createHash("sha1").update(publicKeyBits(info)).digest();
}

function basicConstraints(template: CertificateTemplate): Buffer {
  const { isCa, maxPathLength } = template;
  // A negative length means "no limit", and outside a CA it says nothing.
  const limit = isCa && maxPathLength !== undefined && maxPathLength >= 0 ? [smallInteger(maxPathLength)] : [];
  return extension("2.5.29.19", true, sequence(...(isCa ? [TRUE] : []), ...limit));
}

interface Parts {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly info: Buffer;
  /** The encoded list of alternative names. */
  readonly names: Buffer | undefined;
  readonly authorityKeyId: Buffer | undefined;
  readonly signer: KeyObject;
}

function certificate(template: CertificateTemplate, parts: Parts): Buffer {
  const { subject, issuer, info, names, authorityKeyId, signer } = parts;
  const emptySubject = decode(subject).content.length === 0;
  const subjectKeyId =
    template.isCa || template.setSubjectKeyId ? [extension("2.5.29.14", false, octetString(keyId(info)))] : [];
  const extensions = [
    ...keyUsage(template.uses),
    ...extendedUsage(template.uses),
    basicConstraints(template),
    ...subjectKeyId,
    ...(authorityKeyId === undefined ? [] : [extension("2.5.29.35", false, sequence(encode(0x80, authorityKeyId)))]),
    ...(names === undefined ? [] : [extension("2.5.29.17", emptySubject, names)]),
  ];
  const body = sequence(
    encodeExplicit(0, smallInteger(2)),
    integer(randomBytes(16)),
    signatureAlgorithm(signer),
    issuer,
    sequence(time(template.notBefore), time(template.notAfter)),
    subject,
    info,
    encodeExplicit(3, sequence(...extensions)),
  );
  const signed = signature(signer, body);
  return sequence(body, signed.algorithm, bitString(signed.bytes));
}

export function selfSigned(
  template: CertificateTemplate & { setAuthorityKeyId: boolean },
  subject: Subject,
  names: AlternativeNames,
  key: KeyObject,
): string {
  const info = publicKeyInfo(key);
  const name = nameOf(subject);
  const authorityKeyId = template.setAuthorityKeyId ? keyId(info) : undefined;
  return pem(
    "CERTIFICATE",
    certificate(template, {
      subject: name,
      issuer: name,
      info,
      names: alternativeNames(names),
      authorityKeyId,
      signer: key,
    }),
  );
}

export function certificateRequest(subject: Subject, names: AlternativeNames, key: KeyObject): string {
  const list = alternativeNames(names);
  const wanted =
    list === undefined
      ? []
      : [sequence(oid("1.2.840.113549.1.9.14"), encode(TAG.set, sequence(extension("2.5.29.17", false, list))))];
  const body = sequence(smallInteger(0), nameOf(subject), publicKeyInfo(key), encode(0xa0, ...wanted));
  const signed = signature(key, body);
  return pem("CERTIFICATE REQUEST", sequence(body, signed.algorithm, bitString(signed.bytes)));
}

function child(node: Node, index: number): Node {
  const found = decodeAll(node.content)[index];
  if (found === undefined) throw new Error("the encoded data is not what it should be");
  return found;
}

interface Request {
  readonly subject: Buffer;
  readonly info: Buffer;
  readonly names: Buffer | undefined;
}

/** The value of an extension in an encoded list of them. */
function extensionValue(list: Node | undefined, id: string): Buffer | undefined {
  const wanted = oid(id);
  for (const each of list === undefined ? [] : decodeAll(list.content)) {
    const fields = decodeAll(each.content);
    if (fields[0]?.raw.equals(wanted) === true) return fields.at(-1)?.content;
  }
  return undefined;
}

function readRequest(text: string): Request {
  const body = child(decode(fromPem(text, "CERTIFICATE REQUEST")), 0);
  const attributes = decodeAll(body.content)[3];
  const wanted = oid("1.2.840.113549.1.9.14");
  const attribute =
    attributes === undefined
      ? undefined
      : decodeAll(attributes.content).find((each) => child(each, 0).raw.equals(wanted));
  const extensions = attribute === undefined ? undefined : child(child(attribute, 1), 0);
  return { subject: child(body, 1).raw, info: child(body, 2).raw, names: extensionValue(extensions, "2.5.29.17") };
}

interface Authority {
  readonly subject: Buffer;
  readonly keyId: Buffer | undefined;
}

function readAuthority(text: string): Authority {
  const fields = decodeAll(child(decode(fromPem(text, "CERTIFICATE")), 0).content);
  // The version is optional; with it, the subject is the sixth field.
  const versioned = fields[0]?.tag === 0xa0 ? 1 : 0;
  const subject = fields[versioned + 4]?.raw;
  if (subject === undefined) throw new Error("the authority's certificate cannot be read");
  const extensions = fields.find((field) => field.tag === 0xa3);
  const id = extensionValue(extensions === undefined ? undefined : child(extensions, 0), "2.5.29.14");
  return { subject, keyId: id === undefined ? undefined : decode(id).content };
}

export function locallySigned(
  template: CertificateTemplate,
  requestPem: string,
  authorityPem: string,
  authorityKey: KeyObject,
): string {
  const request = readRequest(requestPem);
  const authority = readAuthority(authorityPem);
  // Go names the authority's key unless the certificate is its own issuer.
  const authorityKeyId = request.subject.equals(authority.subject) ? undefined : authority.keyId;
  return pem(
    "CERTIFICATE",
    certificate(template, { ...request, issuer: authority.subject, authorityKeyId, signer: authorityKey }),
  );
}
