import * as fs from "node:fs";
import * as http from "node:http";
import * as https from "node:https";
import { keyAndCertificate, newAuthority } from "./certificates";

const SYSTEM_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";

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
