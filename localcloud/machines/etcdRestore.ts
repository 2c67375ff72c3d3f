import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EtcdMember } from "./etcd";
import type { EtcdClient } from "./etcdClient";

/**
 * Puts a backup's keys into an etcd cluster that has just been formed, as etcd-manager does: an etcd of its own is started
 * on the snapshot, read to its end, and ended. Leases are not restored: a key that had one stays.
 */
export async function restore(snapshot: Buffer, member: EtcdMember, etcdutl: string): Promise<number> {
  const folder = path.join(member.machine.folder, `${member.name}-restore`);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(folder, "snapshot.db"), snapshot, { mode: 0o600 });
  try {
    const backup = await member.startOn(folder, etcdutl);
    while (!(await backup.isHealthy())) await sleep(200);
    return await copy(backup, member.client);
  } finally {
    await member.endReading();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function copy(from: EtcdClient, to: EtcdClient): Promise<number> {
  let copied = 0;
  let last = Buffer.from("\0").toString("base64");
  for (;;) {
    const entries = (await from.entriesFrom(last)).filter(({ key }) => key !== last);
    const end = entries.at(-1);
    if (end === undefined) return copied;
    await to.put(entries);
    copied += entries.length;
    last = end.key;
  }
}
