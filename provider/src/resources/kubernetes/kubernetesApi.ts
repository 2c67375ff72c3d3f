import { request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { unlessCancelled } from "../operation/progress";

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

interface Answer {
  readonly status: number;
  readonly body: string;
}

const requestTimeoutMilliseconds = 10_000;
/** Before a request is made again that failed for a reason that may pass in a moment. */
const againMilliseconds = [200, 800] as const;
/** Of a server that has too much to do, starts or ends, or of a balancer before it. */
const passing: readonly number[] = [429, 500, 502, 503, 504];

/** The server that was asked did not answer in time; another attempt would take as long. */
class NoAnswer extends Error {}

/** An answer that is not what was asked for. */
export class RequestFailed extends Error {
  constructor(
    path: string,
    readonly status: number,
    private readonly body: string,
  ) {
    super(`${path}: HTTP ${String(status)}${explanation(body)}`);
  }

  /** A disruption budget allows no eviction now; a server with too much to do gives the same status without this cause. */
  get isOfBudget(): boolean {
    return this.status === 429 && isOfBudget(this.body);
  }

  /** The API knows who asks and does not let them, or does not know them. */
  get isRefusal(): boolean {
    return this.status === 401 || this.status === 403;
  }
}

/**
 * The message of a Kubernetes status object, or the checks that a health endpoint lists as failed; nothing where something
 * else is in the way and answers a page of its own.
 */
function explanation(body: string): string {
  const failedChecks = [...body.matchAll(/^\[-\](\S+) failed/gm)].map(([, check = ""]) => check);
  if (failedChecks.length > 0) return `: failed checks: ${failedChecks.join(", ")}`;
  try {
    const { message } = JSON.parse(body) as { readonly message?: unknown };
    return typeof message === "string" && message !== "" ? `: ${message.slice(0, 200)}` : "";
  } catch {
    return "";
  }
}

/** kubernetes v1.36.3 staging/src/k8s.io/api/policy/v1/types.go, DisruptionBudgetCause. */
function isOfBudget(body: string): boolean {
  try {
    const { details } = JSON.parse(body) as { readonly details?: { readonly causes?: readonly { reason?: string }[] } };
    return details?.causes?.some(({ reason }) => reason === "DisruptionBudget") === true;
  } catch {
    return false;
  }
}

/** Requests to one Kubernetes API server with an administrator's certificate. */
export class KubernetesApi {
  readonly server: string;
  private readonly tls: {
    readonly ca: string;
    readonly cert: string;
    readonly key: string;
    readonly servername?: string;
  };

  constructor(
    kubeconfig: string,
    private readonly signal: AbortSignal,
  ) {
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

  /** What is at a path; undefined where the API has nothing there. */
  async get<T>(path: string): Promise<T | undefined> {
    const { status, body } = await this.patiently("GET", path);
    if (status === 404) {
      return undefined;
    }
    if (status !== 200) {
      throw new RequestFailed(path, status, body);
    }
    return JSON.parse(body) as T;
  }

  /** Objects of a kind; none where the API does not serve the kind. */
  async list<T extends KubernetesObject = KubernetesObject>(path: string): Promise<readonly T[]> {
    return (await this.get<List<T>>(path))?.items ?? [];
  }

  /** The same in pages, where there may be many. */
  async listAll<T extends KubernetesObject>(path: string): Promise<readonly T[]> {
    const all: T[] = [];
    let next = "";
    do {
      const page = await this.get<List<T>>(`${path}?limit=500${next === "" ? "" : `&continue=${next}`}`);
      all.push(...(page?.items ?? []));
      next = encodeURIComponent(page?.metadata?.continue ?? "");
    } while (next !== "");
    return all;
  }

  /** Fails where the API says that it is not ready: etcd's health is among its checks. */
  async ready(): Promise<void> {
    const { status, body } = await this.send("GET", "/readyz");
    if (status !== 200) {
      throw new RequestFailed("/readyz", status, body);
    }
  }

  /** Creates what is at a path below an object that exists, as an eviction; an object that is gone needs none. */
  async post(path: string, body: unknown): Promise<void> {
    const { status, body: answer } = await this.patiently("POST", path, JSON.stringify(body), "application/json");
    if (status >= 300 && status !== 404) {
      throw new RequestFailed(`POST ${path}`, status, answer);
    }
  }

  /** A JSON merge patch; an object that is gone needs none. */
  async patch(path: string, change: unknown): Promise<void> {
    const { status, body } = await this.patiently("PATCH", path, JSON.stringify(change));
    if (status >= 300 && status !== 404) {
      throw new RequestFailed(`PATCH ${path}`, status, body);
    }
  }

  /** Without waiting for what it owns, which goes or, by "Orphan", stays; an object that is gone needs it no more. */
  async delete(path: string, propagationPolicy: "Background" | "Orphan" = "Background"): Promise<void> {
    const { status, body } = await this.patiently("DELETE", `${path}?propagationPolicy=${propagationPolicy}`);
    if (status >= 300 && status !== 404) {
      throw new RequestFailed(`DELETE ${path}`, status, body);
    }
  }

  /** Whatever was done although its answer was lost may be done again: what is sent here says what is to be, not what to add. */
  private async patiently(method: string, path: string, body?: string, type?: string): Promise<Answer> {
    for (const milliseconds of againMilliseconds) {
      try {
        const answer = await this.send(method, path, body, type);
        if (!passing.includes(answer.status) || isOfBudget(answer.body)) return answer;
      } catch (error) {
        if (error instanceof NoAnswer || this.signal.aborted) throw error;
      }
      await unlessCancelled(`before asking for ${path} again`, this.signal, sleep(milliseconds));
    }
    return this.send(method, path, body, type);
  }

  private send(method: string, path: string, body?: string, type = "application/merge-patch+json"): Promise<Answer> {
    const headers = { accept: "application/json", "content-type": type };
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        reject(error instanceof NoAnswer ? error : new Error(`${path}: ${error.message}`));
      };
      const sent = request(
        `${this.server}${path}`,
        { method, ...this.tls, headers, timeout: requestTimeoutMilliseconds, signal: this.signal },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () => {
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
          });
          response.on("error", fail);
        },
      );
      sent.on("timeout", () => {
        sent.destroy(new NoAnswer(`${path}: no answer in ${String(requestTimeoutMilliseconds / 1000)} s`));
      });
      sent.on("error", fail);
      sent.end(body);
    });
  }
}

export interface KubernetesObject {
  readonly metadata: {
    readonly name: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
  };
  readonly spec?: { readonly replicas?: number };
}

export interface KubernetesNode extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & { readonly resourceVersion?: string };
  readonly spec?: {
    readonly replicas?: never;
    readonly providerID?: string;
    readonly unschedulable?: boolean;
    readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  };
  readonly status?: {
    readonly nodeInfo?: { readonly kubeletVersion: string };
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

export interface KubernetesPod extends KubernetesObject {
  readonly metadata: KubernetesObject["metadata"] & {
    readonly namespace: string;
    readonly uid: string;
    readonly ownerReferences?: readonly {
      readonly kind: string;
      readonly uid: string;
      readonly controller?: boolean;
    }[];
  };
  readonly spec?: {
    readonly replicas?: never;
    readonly nodeName?: string;
    readonly priorityClassName?: string;
    readonly affinity?: {
      readonly podAntiAffinity?: { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly object[] };
    };
  };
  readonly status?: {
    readonly phase?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string }[];
    readonly containerStatuses?: readonly { readonly name: string; readonly ready: boolean }[];
  };
}

interface List<T> {
  readonly items: readonly T[];
  readonly metadata?: { readonly continue?: string };
}

function decoded(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}
