import { request } from "node:https";

/** The part of an administrator's kubeconfig that a request needs; the component writes it as JSON. */
interface Kubeconfig {
  readonly clusters: readonly {
    readonly cluster: {
      readonly server: string;
      readonly "tls-server-name"?: string;
      readonly "certificate-authority-data": string;
    };
  }[];
  readonly users: readonly {
    readonly user: { readonly "client-certificate-data": string; readonly "client-key-data": string };
  }[];
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

const requestTimeoutMilliseconds = 10_000;

/** Requests to one Kubernetes API server with an administrator's certificate. */
export class KubernetesApi {
  readonly server: string;
  private readonly tls: {
    readonly ca: string;
    readonly cert: string;
    readonly key: string;
    readonly servername?: string;
  };

  constructor(kubeconfig: string) {
    const { clusters, users } = JSON.parse(kubeconfig) as Kubeconfig;
    const cluster = clusters[0]?.cluster;
    const user = users[0]?.user;
    if (cluster === undefined || user === undefined) {
      throw new Error("bug: the kubeconfig has no cluster or no user");
    }
    const servername = cluster["tls-server-name"];
    this.server = cluster.server.replace(/\/+$/, "");
    this.tls = {
      ca: decoded(cluster["certificate-authority-data"]),
      cert: decoded(user["client-certificate-data"]),
      key: decoded(user["client-key-data"]),
      ...(servername === undefined ? {} : { servername }),
    };
  }

  get(path: string): Promise<Answer> {
    return this.send("GET", path);
  }

  /** Objects of a kind; none where the API does not serve the kind. */
  async list(path: string): Promise<readonly KubernetesObject[]> {
    const answer = await this.get(path);
    if (answer.status === 404) {
      return [];
    }
    if (answer.status !== 200) {
      throw new Error(`GET ${path}: HTTP ${String(answer.status)}: ${answer.body.slice(0, 200)}`);
    }
    return (JSON.parse(answer.body) as { readonly items: readonly KubernetesObject[] }).items;
  }

  /** A JSON merge patch; an object that is gone needs none. */
  async patch(path: string, change: unknown): Promise<void> {
    const answer = await this.send("PATCH", path, JSON.stringify(change));
    if (answer.status >= 300 && answer.status !== 404) {
      throw new Error(`PATCH ${path}: HTTP ${String(answer.status)}: ${answer.body.slice(0, 200)}`);
    }
  }

  private send(method: string, path: string, body?: string): Promise<Answer> {
    const headers = { accept: "application/json", "content-type": "application/merge-patch+json" };
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.server}${path}`,
        { method, ...this.tls, headers, timeout: requestTimeoutMilliseconds },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
          });
          response.on("error", reject);
        },
      );
      sent.on("timeout", () => {
        sent.destroy(new Error(`no answer in ${String(requestTimeoutMilliseconds / 1000)} s`));
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
}

export interface KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
  };
  readonly spec?: { readonly replicas?: number };
  /** Of a node. */
  readonly status?: { readonly nodeInfo?: { readonly kubeletVersion: string } };
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
