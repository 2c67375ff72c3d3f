import * as https from "node:https";

/** A member as etcd's own API lists it. One that has been added and never started has no name. */
export interface ListedMember {
  readonly id: string;
  readonly name?: string;
  readonly peerURLs: readonly string[];
}

/** A key and its value in base64, as the gateway has them. */
export interface EtcdEntry {
  readonly key: string;
  readonly value: string;
}

export interface EtcdAccess {
  readonly socketPath: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const PATIENCE = 3000;
/** Below the number of operations that etcd takes in one transaction. */
const ENTRIES = 100;

/** One member's etcd, through the JSON gateway of its client port. */
export class EtcdClient {
  constructor(private readonly access: EtcdAccess) {}

  /** Whether the member answers a read that all of the cluster agrees on. */
  async isHealthy(): Promise<boolean> {
    try {
      return ((await this.request("GET", "/health")) as { health?: string }).health === "true";
    } catch {
      return false;
    }
  }

  async members(): Promise<ListedMember[]> {
    const answer = (await this.request("POST", "/v3/cluster/member/list", { linearizable: true })) as {
      members?: { ID: string; name?: string; peerURLs?: string[] }[];
    };
    return (answer.members ?? []).map(({ ID: id, name, peerURLs = [] }) => ({
      id,
      ...(name === undefined || name === "" ? {} : { name }),
      peerURLs,
    }));
  }

  async add(peerUrl: string): Promise<void> {
    await this.request("POST", "/v3/cluster/member/add", { peerURLs: [peerUrl] });
  }

  async remove(id: string): Promise<void> {
    await this.request("POST", "/v3/cluster/member/remove", { ID: id });
  }

  /** What is stored under a key; undefined: nothing. */
  async value(key: string): Promise<Buffer | undefined> {
    const asked = { key: Buffer.from(key).toString("base64") };
    const { kvs } = (await this.request("POST", "/v3/kv/range", asked)) as { kvs?: { value: string }[] };
    return kvs?.[0] && Buffer.from(kvs[0].value, "base64");
  }

  async version(): Promise<string> {
    return ((await this.request("GET", "/version")) as { etcdserver: string }).etcdserver;
  }

  /** All of its data at one moment, with a checksum at the end, as `etcdctl snapshot save` gets it. */
  async snapshot(): Promise<Buffer> {
    const answer = await this.answer("POST", "/v3/maintenance/snapshot", {});
    const parts = answer.trim().split("\n");
    return Buffer.concat(
      parts.map((part) => {
        const { result } = JSON.parse(part) as { result?: { blob?: string } };
        if (result === undefined) throw new Error(`etcd: snapshot: ${part}`);
        return Buffer.from(result.blob ?? "", "base64");
      }),
    );
  }

  /** Up to 100 keys with their values, from a key on and in order; all of it in base64. */
  async entriesFrom(key: string): Promise<readonly EtcdEntry[]> {
    const all = Buffer.from("\0").toString("base64");
    const asked = { key, range_end: all, limit: ENTRIES, sort_order: "ASCEND", sort_target: "KEY" };
    const { kvs } = (await this.request("POST", "/v3/kv/range", asked)) as { kvs?: Partial<EtcdEntry>[] };
    // The gateway leaves an empty value out.
    return (kvs ?? []).map(({ key: found = "", value = "" }) => ({ key: found, value }));
  }

  async put(entries: readonly EtcdEntry[]): Promise<void> {
    const success = entries.map(({ key, value }) => ({ request_put: { key, value } }));
    await this.request("POST", "/v3/kv/txn", { success });
  }

  private async request(method: string, path: string, body?: object): Promise<unknown> {
    return JSON.parse(await this.answer(method, path, body));
  }

  private answer(method: string, path: string, body?: object): Promise<string> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const { socketPath, ca, cert, key } = this.access;
      const place = { socketPath, ca, cert, key, servername: "localhost" };
      const request = https.request({ ...place, method, path, agent: false, timeout: PATIENCE }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const answer = Buffer.concat(chunks).toString();
          if (response.statusCode === 200) resolve(answer);
          else reject(new Error(`etcd: ${method} ${path}: ${response.statusCode} ${answer.trim()}`));
        });
      });
      request.on("timeout", () => request.destroy(new Error(`etcd: ${method} ${path}: no answer`)));
      request.on("error", reject);
      request.end(text);
    });
  }
}
