import "reflect-metadata";
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  webcrypto,
} from "node:crypto";
import * as x509 from "@peculiar/x509";

x509.cryptoProvider.set(webcrypto);

const CURVE = { namedCurve: "P-256" };
const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const YEAR = 365 * 24 * 3600_000;

export interface Authority {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateRequest {
  /** For example `O=system:nodes, CN=system:node:i-1`. */
  readonly subject: string;
  readonly uses: readonly ("client" | "server")[];
  readonly names?: readonly string[];
  readonly addresses?: readonly string[];
}

/** Issues a certificate for a public key, in PEM. */
export async function issue(authority: Authority, request: CertificateRequest, publicKeyPem: string): Promise<string> {
  const issuer = new x509.X509Certificate(authority.certificate);
  const signingKey = await importPrivate(createPrivateKey(authority.key));
  const publicKey = await importPublic(publicKeyPem);
  const now = Date.now();
  const names = [
    ...(request.names ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(request.addresses ?? []).map((value) => ({ type: "ip" as const, value })),
  ];
  const uses = { client: x509.ExtendedKeyUsage.clientAuth, server: x509.ExtendedKeyUsage.serverAuth };
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: `01${randomBytes(15).toString("hex")}`,
    issuer: issuer.subject,
    subject: request.subject,
    // Clocks may differ.
    notBefore: new Date(now - 3600_000),
    notAfter: new Date(now + YEAR),
    publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension(request.uses.map((use) => uses[use])),
      await authorityOf(issuer),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
    ],
  });
  return `${certificate.toString("pem")}\n`;
}

/** OpenSSL looks for an issuer with exactly this identifier, and there is more than one way to make one of a key. */
function authorityOf(issuer: x509.X509Certificate): Promise<x509.Extension> | x509.Extension {
  const own = issuer.getExtension(x509.SubjectKeyIdentifierExtension);
  if (own !== null) return new x509.AuthorityKeyIdentifierExtension(own.keyId);
  return x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey);
}

/** A new key and its certificate. RSA keys would take a tenth of a second each, and a cluster needs several. */
export async function keyAndCertificate(authority: Authority, request: CertificateRequest): Promise<Authority> {
  const pair = generateKeyPairSync("ec", CURVE);
  const publicPem = pair.publicKey.export({ type: "spki", format: "pem" }) as string;
  const key = pair.privateKey.export({ type: "pkcs8", format: "pem" }) as string;
  return { certificate: await issue(authority, request, publicPem), key };
}

function importPrivate(key: KeyObject) {
  return webcrypto.subtle.importKey("pkcs8", key.export({ type: "pkcs8", format: "der" }), ALGORITHM, false, ["sign"]);
}

function importPublic(pem: string) {
  const der = spki(pem);
  const { asymmetricKeyType } = createPublicKey({ key: der, format: "der", type: "spki" });
  const algorithm = asymmetricKeyType === "ec" ? { name: "ECDSA", ...CURVE } : ALGORITHM;
  return webcrypto.subtle.importKey("spki", der, algorithm, true, ["verify"]);
}

/** kOps labels a PKIX public key "RSA PUBLIC KEY" (kops v1.36.2 nodetasks/bootstrap_client.go:98). */
function spki(pem: string): Buffer {
  const body = pem.replace(/-----[^-]+-----|\s/g, "");
  const key = createPublicKey({ key: Buffer.from(body, "base64"), format: "der", type: "spki" });
  return key.export({ type: "spki", format: "der" });
}

/** An authority of the local cloud's own. */
export async function newAuthority(): Promise<Authority> {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const der = {
    pkcs8: pair.privateKey.export({ type: "pkcs8", format: "der" }),
    spki: pair.publicKey.export({ type: "spki", format: "der" }),
  };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=local cloud",
    notBefore: new Date(Date.now() - 3600_000),
    notAfter: new Date(Date.now() + YEAR),
    signingAlgorithm: ALGORITHM,
    keys: {
      privateKey: await webcrypto.subtle.importKey("pkcs8", der.pkcs8, ALGORITHM, true, ["sign"]),
      publicKey: await webcrypto.subtle.importKey("spki", der.spki, ALGORITHM, true, ["verify"]),
    },
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const key = pair.privateKey.export({ type: "pkcs1", format: "pem" }) as string;
  return { certificate: `${certificate.toString("pem")}\n`, key };
}
