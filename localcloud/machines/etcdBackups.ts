import { gunzipSync, gzipSync } from "node:zlib";
import type { StateStore } from "./stateStore";

/** An order of etcd-manager-ctl: to put this backup into the etcd cluster. */
export interface RestoreOrder {
  readonly name: string;
  readonly backup: string;
}

const CREATED = "control/etcd-cluster-created";
const SPEC = "control/etcd-cluster-spec";
const ORDER = "_command.json";
const DATA = "etcd.backup.gz";
const META = "_etcd_backup.meta";

/** What etcd-manager keeps of one etcd cluster in its `--backup-store`: its backups, its mark, the orders to it. */
export class EtcdBackups {
  private sequence = 0;

  constructor(
    private readonly store: StateStore,
    private readonly base: string,
  ) {}

  async memberCount(): Promise<number> {
    return (JSON.parse(await this.store.read(this.base, SPEC)) as { memberCount: number }).memberCount;
  }

  /** Whether the cluster has never been: only then may it start empty. */
  async isNew(): Promise<boolean> {
    return !(await this.store.list(this.base, "control")).includes(CREATED);
  }

  async markCreated(): Promise<void> {
    await this.store.write(this.base, CREATED, JSON.stringify({ timestamp: now() }));
  }

  async add(snapshot: Buffer, etcdVersion: string): Promise<string> {
    const at = new Date();
    this.sequence += 1;
    const name = `${at.toISOString().slice(0, 19)}Z-${String(this.sequence).padStart(6, "0")}`;
    const clusterSpec = { memberCount: await this.memberCount(), etcdVersion };
    const info = { etcdVersion, timestamp: String(Math.floor(at.getTime() / 1000)), clusterSpec };
    await this.store.write(this.base, `${name}/${DATA}`, gzipSync(snapshot));
    // Last: a backup without it is none.
    await this.store.write(this.base, `${name}/${META}`, JSON.stringify(info));
    return name;
  }

  async read(backup: string): Promise<Buffer> {
    return gunzipSync(await this.store.readBytes(this.base, `${backup}/${DATA}`));
  }

  /** The one that was given first. */
  async order(): Promise<RestoreOrder | undefined> {
    const names = await this.store.list(this.base, "control");
    for (const name of names.filter((each) => each.endsWith(`/${ORDER}`))) {
      const { restoreBackup } = JSON.parse(await this.store.read(this.base, name)) as {
        restoreBackup?: { backup?: string };
      };
      if (restoreBackup?.backup !== undefined) return { name, backup: restoreBackup.backup };
    }
    return undefined;
  }

  async done({ name }: RestoreOrder): Promise<void> {
    await this.store.remove(this.base, name);
  }
}

/** In nanoseconds, as text: more digits than a number has. */
function now(): string {
  return `${String(Date.now())}000000`;
}
