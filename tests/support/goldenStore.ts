/** A cluster that kOps made, as the command that adopts it finds it. */
import type { StoreClient } from "../../provider/src/adopt/store/client";
import { groupFolder, storedObject, type StoredCluster } from "../../provider/src/adopt/store/storedCluster";
import type { GoldenCase } from "../golden/cases";

export function storedCluster({ state, discovery, facts }: GoldenCase): StoredCluster {
  const cluster = storedObject("config", state.get("config") ?? "");
  const groups = [...state].filter(([path]) => path.startsWith(groupFolder));
  return {
    name: cluster.name,
    stateStore: facts.stateStore,
    discoveryStore: facts.discoveryStore,
    state,
    discovery,
    cluster,
    groups: groups.map(([path, text]) => storedObject(path, text)),
  };
}

/** Buckets in memory, by `bucket/key`. */
export class MemoryStore implements StoreClient {
  readonly objects = new Map<string, string>();

  put(folder: string, files: ReadonlyMap<string, string>): void {
    for (const [path, text] of files) this.objects.set(`${folder}/${path}`, text);
  }

  async list(bucket: string, prefix: string): Promise<readonly string[]> {
    if (![...this.objects.keys()].some((key) => key.startsWith(`${bucket}/`))) {
      throw Object.assign(new Error(""), { name: "NoSuchBucket", $metadata: { httpStatusCode: 404 } });
    }
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(`${bucket}/${prefix}`));
    return keys.map((key) => key.slice(bucket.length + 1));
  }

  async folders(bucket: string, prefix: string): Promise<readonly string[]> {
    const keys = await this.list(bucket, prefix);
    return [...new Set(keys.map((key) => `${prefix}${key.slice(prefix.length).split("/")[0] ?? ""}/`))];
  }

  async read(bucket: string, key: string): Promise<string> {
    const text = this.objects.get(`${bucket}/${key}`);
    if (text === undefined) throw new Error(`no ${bucket}/${key}`);
    return text;
  }
}
