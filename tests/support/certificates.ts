/** Certificates for tests, signed here and now. */
import "reflect-metadata";
import { createPrivateKey, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

x509.cryptoProvider.set(webcrypto);

export interface Pair {
  /** PEM, ending in a newline, as the tls provider writes it. */
  readonly certificate: string;
  /** PKCS #1 PEM, or SEC 1 for ECDSA. */
  readonly key: string;
}

const algorithm = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: Uint8Array.of(1, 0, 1),
  modulusLength: 2048,
};

const ecAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export interface PairSettings {
  readonly isAuthority?: boolean;
  readonly isEcdsa?: boolean;
  /** Signs certificates and lists of revoked ones, as kOps wants its authorities. */
  readonly signsOnly?: boolean;
  /** Hours from now, the beginning and the end. */
  readonly hours?: readonly [number, number];
}

/** A certificate that signed itself, good as an authority and for a server with these names. */
export async function selfSigned(
  commonName: string,
  names: readonly string[] = [],
  { isAuthority = true, isEcdsa = false, signsOnly = false, hours: [from, to] = [-1, 1] }: PairSettings = {},
): Promise<Pair> {
  const signing = isEcdsa ? ecAlgorithm : algorithm;
  const keys = await webcrypto.subtle.generateKey(signing, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: `CN=${commonName}`,
    notBefore: new Date(Date.now() + from * 3_600_000),
    notAfter: new Date(Date.now() + to * 3_600_000),
    signingAlgorithm: signing,
    keys: keys,
    extensions: [
      new x509.BasicConstraintsExtension(isAuthority),
      ...(signsOnly
        ? [new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true)]
        : []),
      new x509.SubjectAlternativeNameExtension(names.map((value) => ({ type: "dns", value }))),
    ],
  });
  return {
    certificate: `${certificate.toString("pem")}\n`,
    key: await pem(keys.privateKey, isEcdsa ? "sec1" : "pkcs1"),
  };
}

/** A server's certificate from an authority with an RSA key. */
export async function signed(authority: Pair, name: string): Promise<Pair> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const pkcs8 = createPrivateKey(authority.key).export({ type: "pkcs8", format: "der" });
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: "02",
    subject: `CN=${name}`,
    issuer: new x509.X509Certificate(authority.certificate).subjectName,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + 3_600_000),
    signingAlgorithm: algorithm,
    signingKey: await webcrypto.subtle.importKey("pkcs8", pkcs8, algorithm, false, ["sign"]),
    publicKey: keys.publicKey,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }])],
  });
  return { certificate: `${certificate.toString("pem")}\n`, key: await pem(keys.privateKey, "pkcs1") };
}

async function pem(privateKey: webcrypto.CryptoKey, type: "pkcs1" | "sec1"): Promise<string> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", privateKey));
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  return key.export({ type, format: "pem" }).toString();
}
