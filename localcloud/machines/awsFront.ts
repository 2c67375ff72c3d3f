import { generateKeyPairSync, webcrypto } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import * as x509 from "@peculiar/x509";
import { type Authority, keyAndCertificate } from "./certificates";

const SYSTEM_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
const YEAR = 365 * 24 * 3600_000;

/** What programs need to find the simulated AWS under AWS's own name. */
export interface AwsFront {
  /** The names that are served. */
  readonly names: readonly string[];
  readonly socket: string;
  /** The machine's certificate authorities, and the local cloud's own. */
  readonly bundle: string;
}

/**
 * STS under its own name, with TLS: AWS's SDKs look for it there, whatever endpoint they are given, when they exchange a
 * service account's token for a role's keys. The certificate is from an authority that only the machines here trust.
 */
export async function awsFront(region: string, port: number, socket: string, bundle: string): Promise<AwsFront> {
  const names = [`sts.${region}.amazonaws.com`, "sts.amazonaws.com"];
  const authority = await newAuthority();
  const { certificate, key } = await keyAndCertificate(authority, {
    subject: `CN=${names[0] ?? ""}`,
    uses: ["server"],
    names,
  });
  const system = fs.existsSync(SYSTEM_BUNDLE) ? fs.readFileSync(SYSTEM_BUNDLE, "utf8") : "";
  fs.writeFileSync(bundle, `${system}\n${authority.certificate}`);
  const server = https.createServer({ cert: certificate, key }, (request, response) =>
    forward(port, request, response),
  );
  fs.rmSync(socket, { force: true });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socket, resolve));
  return { names, socket, bundle };
}

function forward(port: number, request: http.IncomingMessage, response: http.ServerResponse): void {
  const { method, url: path, headers } = request;
  const onward = http.request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", (error) => response.writeHead(502).end(error.message));
  request.pipe(onward);
}

async function newAuthority(): Promise<Authority> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
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
    signingAlgorithm: algorithm,
    keys: {
      privateKey: await webcrypto.subtle.importKey("pkcs8", der.pkcs8, algorithm, true, ["sign"]),
      publicKey: await webcrypto.subtle.importKey("spki", der.spki, algorithm, true, ["verify"]),
    },
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  const key = pair.privateKey.export({ type: "pkcs1", format: "pem" }) as string;
  return { certificate: `${certificate.toString("pem")}\n`, key };
}
