import type * as http from "node:http";
import * as https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "yaml";

/** How to reach a Kubernetes API server. */
export interface KubeAccess {
  readonly ca: string;
  /** Of a client that is known by its certificate. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** Of one that is known by a token. */
  readonly token?: string;
  /** The name in the server's certificate. */
  readonly servername: string;
  readonly socketPath?: string;
  readonly host?: string;
  readonly port?: number;
}

export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly deletionTimestamp?: string;
    readonly deletionGracePeriodSeconds?: number;
    readonly finalizers?: readonly string[];
  };
  // Objects of any kind: each reader knows what it asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly [field: string]: any;
}

/** Of client-go: how often it asks again where the answer says when. */
const ATTEMPTS = 10;

export class KubeError extends Error {
  /** Seconds, where the server says when to ask again. */
  readonly retryAfter: number | undefined;

  constructor(
    readonly status: number,
    message: string,
    retryAfter?: string,
  ) {
    super(message);
    const seconds = Number(retryAfter);
    this.retryAfter = retryAfter === undefined || Number.isNaN(seconds) ? undefined : seconds;
  }
}

type PatchKind = "merge" | "strategic" | "json" | "apply";
const patchTypes: Readonly<Record<PatchKind, string>> = {
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  json: "application/json-patch+json",
  apply: "application/apply-patch+yaml",
};

/** A Kubernetes client over plain HTTPS. */
export class Kube {
  private readonly agent = new https.Agent({ keepAlive: true, maxSockets: 8 });

  constructor(private readonly access: KubeAccess) {}

  /** The access that a kubeconfig's current context gives, with changes. */
  static fromKubeconfig(kubeconfig: string, changes: Partial<KubeAccess> = {}): Kube {
    return new Kube({ ...accessOf(kubeconfig), ...changes });
  }

  /** The same server, to a client with a token in place of its certificate. */
  withToken(token: string): Kube {
    return new Kube({ ...this.access, cert: undefined, key: undefined, token });
  }

  get<T = KubeObject>(path: string): Promise<T> {
    return this.request("GET", path) as Promise<T>;
  }

  async list(path: string): Promise<KubeObject[]> {
    return ((await this.request("GET", path)) as { items?: KubeObject[] }).items ?? [];
  }

  /** Undefined where there is no such thing. */
  async find(path: string): Promise<KubeObject | undefined> {
    try {
      return await this.get(path);
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return undefined;
      throw error;
    }
  }

  create(path: string, body: object): Promise<KubeObject> {
    return this.request("POST", path, body) as Promise<KubeObject>;
  }

  patch(path: string, kind: PatchKind, body: object): Promise<KubeObject> {
    return this.request("PATCH", path, body, patchTypes[kind]) as Promise<KubeObject>;
  }

  put(path: string, body: object): Promise<KubeObject> {
    return this.request("PUT", path, body) as Promise<KubeObject>;
  }

  /** Gone already is as good. */
  async delete(path: string, body?: object): Promise<void> {
    try {
      await this.request("DELETE", path, body);
    } catch (error) {
      if (!(error instanceof KubeError && error.status === 404)) throw error;
    }
  }

  async isReady(): Promise<boolean> {
    try {
      return (await this.request("GET", "/readyz")) === "ok";
    } catch {
      return false;
    }
  }

  close(): void {
    this.agent.destroy();
  }

  /** An API server that has just started asks to be asked again, and clients do so as often as Kubernetes' own. */
  private async request(method: string, path: string, body?: object, type?: string): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.ask(method, path, body, type);
      } catch (error) {
        if (!(error instanceof KubeError && error.retryAfter !== undefined) || attempt > ATTEMPTS) throw error;
        await sleep(error.retryAfter * 1000);
      }
    }
  }

  /**
   * Calls `changed` with each event of a list, those that there are at the beginning among them, until the server ends the
   * watch, or the returned function does; `ended` is called then.
   */
  watch(path: string, changed: () => void, ended: () => void): () => void {
    const request = this.open("GET", `${path}${path.includes("?") ? "&" : "?"}watch=true`, {}, (response) => {
      if (response.statusCode === 200) response.on("data", changed);
      else response.resume();
    });
    // Nothing comes for as long as nothing changes; a server that is gone without a word is no use.
    request.setTimeout(0);
    request.on("socket", (socket) => socket.setKeepAlive(true, 5000));
    // What went wrong is seen by the next list.
    request.on("error", () => undefined);
    request.on("close", ended).end();
    return () => request.destroy();
  }

  private ask(method: string, path: string, body?: object, type = "application/json"): Promise<unknown> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = text === undefined ? {} : { "content-type": type, "content-length": Buffer.byteLength(text) };
    return new Promise((resolve, reject) => {
      const request = this.open(method, path, headers, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const answer = Buffer.concat(chunks).toString();
          const status = response.statusCode ?? 0;
          if (status >= 200 && status < 300)
            resolve(response.headers["content-type"]?.includes("json") === true ? JSON.parse(answer) : answer);
          else
            reject(new KubeError(status, `${method} ${path}: ${messageOf(answer)}`, response.headers["retry-after"]));
        });
      });
      request.on("timeout", () => request.destroy(new Error(`${method} ${path}: no answer`)));
      request.on("error", reject);
      request.end(text);
    });
  }

  private open(
    method: string,
    path: string,
    more: Readonly<Record<string, string | number>>,
    answered: (response: http.IncomingMessage) => void,
  ): http.ClientRequest {
    const { ca, cert, key, token, servername, socketPath, host, port } = this.access;
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { accept: "application/json", ...authorization, ...more };
    const place = socketPath === undefined ? { host, port } : { socketPath };
    const { agent } = this;
    return https.request(
      { method, path, headers, ca, cert, key, servername, agent, timeout: 15_000, ...place },
      answered,
    );
  }
}

function messageOf(answer: string): string {
  try {
    return (JSON.parse(answer) as { message?: string }).message ?? answer;
  } catch {
    return answer.trim();
  }
}

interface Kubeconfig {
  readonly "current-context": string;
  readonly contexts: readonly {
    readonly name: string;
    readonly context: { readonly cluster: string; readonly user: string };
  }[];
  readonly clusters: readonly { readonly name: string; readonly cluster: Readonly<Record<string, string>> }[];
  readonly users: readonly { readonly name: string; readonly user: Readonly<Record<string, string>> }[];
}

function accessOf(kubeconfig: string): KubeAccess {
  const config = parse(kubeconfig) as Kubeconfig;
  const context = config.contexts.find((each) => each.name === config["current-context"])?.context;
  const cluster = config.clusters.find((each) => each.name === context?.cluster)?.cluster;
  const user = config.users.find((each) => each.name === context?.user)?.user;
  if (cluster === undefined || user === undefined) throw new Error("the kubeconfig's current context is incomplete");
  const text = (data: string | undefined): string => Buffer.from(data ?? "", "base64").toString();
  const server = new URL(cluster["server"] ?? "");
  return {
    ca: text(cluster["certificate-authority-data"]),
    cert: text(user["client-certificate-data"]),
    key: text(user["client-key-data"]),
    servername: cluster["tls-server-name"] ?? server.hostname,
    host: server.hostname,
    port: Number(server.port === "" ? 443 : server.port),
  };
}
