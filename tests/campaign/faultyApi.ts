/**
 * A way to the API servers of a local cloud's clusters on which a share of the requests goes wrong, as requests do on a bad
 * day. It ends TLS with a certificate of the cluster's own authority, which it finds in the state store, and asks as an
 * administrator.
 */
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Agent, createServer, request, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { parse } from "yaml";
import { type Authority, keyAndCertificate } from "../../localcloud/machines/certificates";
import { awsSettings, type LocalCloud, variable } from "../support/localCloud";
import { BadDay, passOn } from "./badDay";

/** What can happen to a request; the last two after the API server has done it. */
const faults = ["429", "500", "503", "cut before", "cut after", "late"] as const;
/** For how long the authority is taken for the same: a cluster that is created anew has another. */
const knownMilliseconds = 2000;

interface Identity {
  readonly authority: string;
  readonly context: SecureContext;
  /** Connections to the API server, as an administrator. */
  readonly agent: Agent;
}

export class FaultyApi {
  readonly day: BadDay<(typeof faults)[number]>;
  private readonly store: S3Client;
  private readonly known = new Map<string, { readonly since: number; readonly identity: Promise<Identity> }>();
  private last: Identity | undefined;

  private constructor(
    private readonly server: Server,
    private readonly cloud: LocalCloud,
    private readonly bucket: string,
    random: () => number,
  ) {
    this.day = new BadDay(faults, random);
    this.store = new S3Client({ ...awsSettings(cloud), forcePathStyle: true });
  }

  /** `bucket`: the state store of the clusters. */
  static async before(cloud: LocalCloud, bucket: string, random: () => number): Promise<FaultyApi> {
    const server = createServer({
      SNICallback: (name, give) => {
        api.identity(name).then(({ context }) => {
          give(null, context);
        }, give);
      },
    });
    const api = new FaultyApi(server, cloud, bucket, random);
    server.on("request", (asked: IncomingMessage, answer: ServerResponse) => {
      api.serve(asked, answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  /** For the input api.endpoint. */
  get url(): string {
    return `https://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  end(): void {
    this.server.closeAllConnections();
    this.server.close();
    this.last?.agent.destroy();
    this.store.destroy();
  }

  private identity(serverName: string): Promise<Identity> {
    const found = this.known.get(serverName);
    if (found !== undefined && Date.now() - found.since < knownMilliseconds) return found.identity;
    const identity = this.madeFor(serverName);
    this.known.set(serverName, { since: Date.now(), identity });
    // Of a cluster that is not there yet: the next one asks again.
    identity.catch(() => this.known.delete(serverName));
    return identity;
  }

  private async madeFor(serverName: string): Promise<Identity> {
    const cluster = serverName.replace(/^api\.(internal\.)?/, "");
    const authority = await this.authorityOf(cluster);
    if (this.last?.authority === authority.certificate) return this.last;
    const [serving, client] = await Promise.all([
      keyAndCertificate(authority, { subject: "CN=kube-apiserver", uses: ["server"], names: [serverName] }),
      keyAndCertificate(authority, { subject: "O=system:masters, CN=campaign", uses: ["client"] }),
    ]);
    const context = createSecureContext({ cert: serving.certificate, key: serving.key });
    const { certificate: ca } = authority;
    const agent = new Agent({ keepAlive: true, ca, cert: client.certificate, key: client.key, servername: serverName });
    this.last?.agent.destroy();
    this.last = { authority: ca, context, agent };
    return this.last;
  }

  private async authorityOf(cluster: string): Promise<Authority> {
    const Key = `${cluster}/pki/private/kubernetes-ca/keyset.yaml`;
    const { Body } = await this.store.send(new GetObjectCommand({ Bucket: this.bucket, Key }));
    const { spec } = parse((await Body?.transformToString()) ?? "") as {
      readonly spec: {
        readonly primaryID: string;
        readonly keys: readonly {
          readonly id: string;
          readonly publicMaterial: string;
          readonly privateMaterial: string;
        }[];
      };
    };
    const key = spec.keys.find(({ id }) => id === spec.primaryID) ?? spec.keys[0];
    const text = (base64 = ""): string => Buffer.from(base64, "base64").toString();
    return { certificate: text(key?.publicMaterial), key: text(key?.privateMaterial) };
  }

  private serve(asked: IncomingMessage, answer: ServerResponse): void {
    const fault = this.day.next();
    if (fault !== "none" && process.env["VERBOSE"] !== undefined) {
      console.log(`${fault}: ${asked.method ?? ""} ${asked.url ?? ""}`);
    }
    if (fault === "cut before") asked.socket.destroy();
    else if (fault === "429" || fault === "500" || fault === "503") refuse(answer, Number(fault));
    else this.forward(asked, answer, fault);
  }

  private forward(asked: IncomingMessage, answer: ServerResponse, fault: string): void {
    const door = new URL(variable(this.cloud, "LOCALCLOUD_API_ENDPOINT"));
    const name = (asked.socket as unknown as { readonly servername?: string | false }).servername;
    const agent = this.last?.agent;
    if (typeof name !== "string" || agent === undefined) {
      asked.socket.destroy();
      return;
    }
    const { method, url: path, headers } = asked;
    const onward = request(
      { hostname: door.hostname, port: door.port, servername: name, agent, method, path, headers },
      (received) => {
        received.on("error", () => asked.socket.destroy());
        passOn(received, asked, answer, fault);
      },
    );
    onward.on("error", () => asked.socket.destroy());
    // Somebody who watches and has seen enough.
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  }
}

const reasons: Readonly<Record<number, string>> = {
  429: "TooManyRequests",
  500: "InternalError",
  503: "ServiceUnavailable",
};

/** As an API server does it; one that has too much to do says when to ask again. */
function refuse(answer: ServerResponse, code: number): void {
  const again = code === 429 ? { "retry-after": "1" } : {};
  answer.writeHead(code, { "content-type": "application/json", connection: "close", ...again });
  const status = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message: "of the campaign" };
  answer.end(JSON.stringify({ ...status, reason: reasons[code], code }));
}
