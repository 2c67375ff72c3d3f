import * as https from "node:https";

/** A member as etcd's own API lists it. One that has been added and never started has no name. */
export interface ListedMember {
  readonly id: string;
  readonly name?: string;
  readonly peerURLs: readonly string[];
}

export interface EtcdAccess {
  readonly socketPath: string;
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const PATIENCE = 3000;

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

  private request(method: string, path: string, body?: object): Promise<unknown> {
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
          if (response.statusCode === 200) resolve(JSON.parse(answer));
          else reject(new Error(`etcd: ${method} ${path}: ${response.statusCode} ${answer.trim()}`));
        });
      });
      request.on("timeout", () => request.destroy(new Error(`etcd: ${method} ${path}: no answer`)));
      request.on("error", reject);
      request.end(text);
    });
  }
}
