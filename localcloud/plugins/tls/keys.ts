import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { promisify } from "node:util";
import { decode, decodeAll, encode, NULL, oid, pem, sequence } from "./der";

export type Algorithm = "RSA" | "ECDSA" | "ED25519";

const CURVES: Readonly<Record<string, string>> = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
};
const SSH_CURVES: Readonly<Record<string, string>> = {
  prime256v1: "nistp256",
  secp384r1: "nistp384",
  secp521r1: "nistp521",
};

/** Away from the main thread: a cluster has a dozen RSA keys, each of which takes a good part of a second. */
const generatePair = promisify(generateKeyPair);

export async function generate(algorithm: Algorithm, rsaBits: number, curve: string): Promise<KeyObject> {
  switch (algorithm) {
    case "RSA":
      return (await generatePair("rsa", { modulusLength: rsaBits, publicExponent: 0x10001 })).privateKey;
    case "ECDSA":
      return (await generatePair("ec", { namedCurve: CURVES[curve] ?? curve })).privateKey;
    case "ED25519":
      return (await generatePair("ed25519")).privateKey;
  }
}

export function readPrivateKey(text: string): KeyObject {
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw new Error(`the private key cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

export function algorithmOf(key: KeyObject): Algorithm {
  const kind = key.asymmetricKeyType;
  if (kind === "rsa") return "RSA";
  if (kind === "ec") return "ECDSA";
  if (kind === "ed25519") return "ED25519";
  throw new Error(`keys of the kind ${kind} are not supported`);
}

export function privateKeyPem(key: KeyObject): string {
  const type = { RSA: "pkcs1", ECDSA: "sec1", ED25519: "pkcs8" }[algorithmOf(key)] as "pkcs1";
  return key.export({ format: "pem", type }).toString();
}

export function privateKeyPkcs8(key: KeyObject): string {
  return key.export({ format: "pem", type: "pkcs8" }).toString();
}

export function publicKeyInfo(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: "der", type: "spki" });
}

/** The bits of a public key inside its info structure: what key identifiers are hashed from. */
export function publicKeyBits(info: Buffer): Buffer {
  const bits = decodeAll(decode(info).content)[1];
  if (bits === undefined) throw new Error("the public key cannot be read");
  return bits.content.subarray(1);
}

/** Signs as Go's crypto/x509 would with this key (its choice of hash follows the curve). */
export function signature(key: KeyObject, data: Buffer): { algorithm: Buffer; bytes: Buffer } {
  const curve = key.asymmetricKeyDetails?.namedCurve;
  switch (algorithmOf(key)) {
    case "RSA":
      return { algorithm: sequence(oid("1.2.840.113549.1.1.11"), NULL), bytes: sign("sha256", data, key) };
    case "ED25519":
      return { algorithm: sequence(oid("1.3.101.112")), bytes: sign(null, data, key) };
    case "ECDSA": {
      const [hash, id]: readonly [string, string] =
        curve === "secp384r1" ? ["sha384", "3"] : curve === "secp521r1" ? ["sha512", "4"] : ["sha256", "2"];
      return { algorithm: sequence(oid(`1.2.840.10045.4.3.${id}`)), bytes: sign(hash, data, key) };
    }
  }
}

/** The algorithm identifier has to stand in the data that is signed. */
export function signatureAlgorithm(key: KeyObject): Buffer {
  return signature(key, Buffer.alloc(0)).algorithm;
}

function sshString(bytes: Uint8Array | string): Buffer {
  const body = Buffer.from(bytes as Uint8Array);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

/** Big numbers in SSH have a leading zero where the first bit is set. */
function sshNumber(base64url: string): Buffer {
  const bytes = Buffer.from(base64url, "base64url");
  return sshString((bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

interface SshKey {
  readonly name: string;
  readonly publicBlob: Buffer;
  readonly privateParts: Buffer;
}

/** SSH's own form of a key; undefined for curves that SSH does not have. */
function sshKey(key: KeyObject): SshKey | undefined {
  const curve = SSH_CURVES[key.asymmetricKeyDetails?.namedCurve ?? ""];
  if (algorithmOf(key) === "ECDSA" && curve === undefined) return undefined;
  const jwk = key.export({ format: "jwk" }) as Record<string, string>;
  const part = (name: string): string => jwk[name] ?? "";
  switch (algorithmOf(key)) {
    case "RSA": {
      const publicBlob = Buffer.concat([sshString("ssh-rsa"), sshNumber(part("e")), sshNumber(part("n"))]);
      const privateParts = Buffer.concat([
        sshString("ssh-rsa"),
        ...["n", "e", "d", "qi", "p", "q"].map((name) => sshNumber(part(name))),
      ]);
      return { name: "ssh-rsa", publicBlob, privateParts };
    }
    case "ED25519": {
      const point = Buffer.from(part("x"), "base64url");
      const head = Buffer.concat([sshString("ssh-ed25519"), sshString(point)]);
      const both = sshString(Buffer.concat([Buffer.from(part("d"), "base64url"), point]));
      return { name: "ssh-ed25519", publicBlob: head, privateParts: Buffer.concat([head, both]) };
    }
    case "ECDSA": {
      const name = `ecdsa-sha2-${curve}`;
      const head = Buffer.concat([
        sshString(name),
        sshString(curve ?? ""),
        sshString(publicKeyBits(publicKeyInfo(key))),
      ]);
      return { name, publicBlob: head, privateParts: Buffer.concat([head, sshNumber(part("d"))]) };
    }
  }
}

export interface SshTexts {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly md5: string;
  readonly sha256: string;
}

/** Texts for OpenSSH; empty for a key that SSH does not know, as the real provider has them. */
export function sshTexts(key: KeyObject): SshTexts {
  const ssh = sshKey(key);
  if (ssh === undefined) return { publicKey: "", privateKey: "", md5: "", sha256: "" };
  const hash = (name: string): Buffer => createHash(name).update(ssh.publicBlob).digest();
  return {
    publicKey: `${ssh.name} ${ssh.publicBlob.toString("base64")}\n`,
    privateKey: opensshPrivateKey(ssh),
    md5: (hash("md5").toString("hex").match(/../g) ?? []).join(":"),
    sha256: `SHA256:${hash("sha256").toString("base64").replace(/=+$/, "")}`,
  };
}

/** The unencrypted form of OpenSSH's PROTOCOL.key. */
function opensshPrivateKey(ssh: SshKey): string {
  const check = randomBytes(4);
  const inner = Buffer.concat([check, check, ssh.privateParts, sshString("")]);
  const padding = Buffer.from(Array.from({ length: (8 - (inner.length % 8)) % 8 }, (_, index) => index + 1));
  const one = Buffer.from([0, 0, 0, 1]);
  const body = [
    Buffer.from("openssh-key-v1\0"),
    sshString("none"),
    sshString("none"),
    sshString(""),
    one,
    sshString(ssh.publicBlob),
  ];
  return pem("OPENSSH PRIVATE KEY", Buffer.concat([...body, sshString(Buffer.concat([inner, padding]))]));
}

export function publicKeyPem(key: KeyObject): string {
  return pem("PUBLIC KEY", publicKeyInfo(key));
}

export function encodeExplicit(tag: number, content: Buffer): Buffer {
  return encode(0xa0 | tag, content);
}
