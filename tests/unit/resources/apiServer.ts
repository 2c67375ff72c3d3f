/** A Kubernetes API server as far as the plugin's operations talk to one: HTTPS with its own certificate. */
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { KubernetesObject } from "../../../provider/src/resources/kubernetes/kubernetesApi";
import { selfSigned, type Pair } from "../../support/certificates";

const serverName = "api.internal.c.example.com";
let made: Promise<Pair> | undefined;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** The connection is closed without an answer. */
export const cut: Answer = { status: 0 };

/** Answers by path; what is not there is 404. A function is asked anew each time. */
export type Answers = Record<string, Answer | (() => Answer)>;

export class ApiServer {
  readonly asked: Asked[] = [];

  private constructor(
    private readonly server: Server,
    private readonly pair: Pair,
  ) {}

  static async start(answers: Answers): Promise<ApiServer> {
    made ??= selfSigned("kubernetes-ca", [serverName]);
    const pair = await made;
    const server = createServer({ key: pair.key, cert: pair.certificate });
    const api = new ApiServer(server, pair);
    server.on("request", (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const path = request.url ?? "";
        api.asked.push({ method: request.method ?? "", path, body: text === "" ? undefined : JSON.parse(text) });
        const found = answers[path] ?? { status: 404 };
        const { status, body } = typeof found === "function" ? found() : found;
        if (status === 0) {
          request.socket.destroy();
          return;
        }
        response.writeHead(status, { "content-type": "application/json", connection: "close" });
        response.end(JSON.stringify(body ?? {}));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  get url(): string {
    return `https://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** An administrator's, with the name that the certificate is for; `changes` go into the cluster's part. */
  kubeconfig(changes: Readonly<Record<string, unknown>> = {}): string {
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const cluster = {
      server: this.url,
      "tls-server-name": serverName,
      "certificate-authority-data": base64(this.pair.certificate),
      ...changes,
    };
    const user = {
      "client-certificate-data": base64(this.pair.certificate),
      "client-key-data": base64(this.pair.key),
    };
    return JSON.stringify({ clusters: [{ cluster }], users: [{ user }] });
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }
}

export function items(...objects: readonly KubernetesObject[]): Answer {
  return { status: 200, body: { items: objects } };
}
