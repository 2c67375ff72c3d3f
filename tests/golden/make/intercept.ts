/**
 * The network that kOps sees while goldens are made: an HTTP proxy that answers for AWS, for kOps's own sites and for
 * the mirrors of the cases. So kOps runs with `--channel stable`, with its own base URLs, and with or without an
 * S3-compatible store, and writes the bytes it would write for real.
 */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import type * as net from "node:net";
import * as tls from "node:tls";
import * as x509 from "@peculiar/x509";

/** Answers a request for `host`, or returns false when nobody here plays that host. */
export type Answer = (host: string, request: http.IncomingMessage, response: http.ServerResponse) => boolean;

export interface Intercept {
  readonly proxyUrl: string;
  /** PEM file with the authority that signed every certificate of the intercepted hosts. */
  readonly authorityFile: string;
  /** Requests that nobody answered. */
  readonly unanswered: readonly string[];
  close(): void;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY = 24 * 3600 * 1000;

export async function startIntercept(authorityFile: string, answer: Answer): Promise<Intercept> {
  x509.cryptoProvider.set(webcrypto);
  const authority = await makeAuthority();
  fs.writeFileSync(authorityFile, authority.certificate.toString("pem") + "\n");
  const unanswered: string[] = [];
  const serve = (host: string, request: http.IncomingMessage, response: http.ServerResponse): void => {
    if (answer(host, request, response)) return;
    unanswered.push(`${request.method ?? ""} ${host}${request.url ?? ""}`);
    response.writeHead(502).end(`nobody here plays ${host}\n`);
  };

  const contexts = new Map<string, Promise<tls.SecureContext>>();
  const contextOf = (host: string): Promise<tls.SecureContext> => {
    const made = contexts.get(host) ?? makeContext(authority, host);
    contexts.set(host, made);
    return made;
  };
  const secure = https.createServer(
    { SNICallback: (host, done) => void contextOf(host).then((context) => done(null, context), done) },
    (request, response) => serve(hostOf(request), request, response),
  );
  // Plain requests come with the whole URL, TLS ones as a tunnel to the host.
  const proxy = http.createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://nowhere");
    request.url = url.pathname + url.search;
    serve(url.hostname, request, response);
  });
  const tunnels = new Set<net.Socket>();
  proxy.on("connect", (_request, socket: net.Socket) => {
    tunnels.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => tunnels.delete(socket));
    socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
    secure.emit("connection", socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as net.AddressInfo;
  const close = (): void => {
    proxy.close();
    for (const socket of tunnels) socket.destroy();
  };
  return { proxyUrl: `http://127.0.0.1:${port}`, authorityFile, unanswered, close };
}

function hostOf(request: http.IncomingMessage): string {
  return (request.headers.host ?? "").replace(/:\d+$/, "");
}

interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

async function makeAuthority(): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=golden intercept",
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + DAY),
    signingAlgorithm: algorithm,
    keys: keys,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return { certificate, keys: keys };
}

async function makeContext(authority: Authority, host: string): Promise<tls.SecureContext> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: "02",
    subject: "CN=intercepted",
    issuer: authority.certificate.subject,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + DAY),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "dns", value: host }])],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return tls.createSecureContext({
    cert: certificate.toString("pem"),
    key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
  });
}
