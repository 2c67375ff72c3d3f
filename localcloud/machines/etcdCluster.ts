import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { EtcdMember, EtcdState } from "./etcd";
import type { EtcdBackups, RestoreOrder } from "./etcdBackups";
import type { ListedMember } from "./etcdClient";
import { restore } from "./etcdRestore";

export interface EtcdControl {
  /** What the state store has: the number of members that is wanted, backups, and orders to restore one. */
  readonly backups: EtcdBackups;
  /** In milliseconds. */
  readonly backupInterval: number;
  /** The path of etcdutl; fails where it is not built. */
  readonly etcdutl: () => string;
}

const PAUSE = 500;
/** etcd-manager gives a member that lost its disk this long before it takes the member's place away. */
const STALE = 60_000;

/**
 * The part of etcd-manager that decides who is a member: it starts a new cluster as soon as there are enough members for
 * the quorum that is wanted, and starts what finds its data on its volume; it adds a member where one is missing, and
 * removes one where there are too many or where a volume came back empty. A cluster that was there before and has lost all
 * of its data waits for the order to restore a backup. etcd does the rest.
 */
export class EtcdCluster {
  private readonly members = new Map<string, EtcdMember>();
  private readonly staleSince = new Map<string, number>();
  /** How often members have come and gone, and when there was nothing left to do. */
  private changes = 0;
  private settledAt = -1;
  private wanted = { at: -1, members: 0 };
  private complaint = "";
  private closed = false;
  private lastBackup = 0;
  private restoring: RestoreOrder | undefined;

  constructor(private readonly control: EtcdControl) {
    void this.run();
  }

  /** A member's machine is up. One with data starts at once. */
  join(member: EtcdMember): void {
    if (this.members.has(member.name)) throw new Error(`there are two members ${member.name}`);
    this.members.set(member.name, member);
    this.changed();
    const { state } = member;
    if (state !== undefined) member.start(state, "existing");
  }

  /** Whether clients may use the member: not before a restore has ended. */
  async serves(member: EtcdMember): Promise<boolean> {
    return this.restoring === undefined && (await member.client.isHealthy());
  }

  leave(member: EtcdMember): void {
    if (this.members.get(member.name) !== member) return;
    this.members.delete(member.name);
    this.changed();
  }

  close(): void {
    this.closed = true;
  }

  private changed(): void {
    this.changes += 1;
    const all = [...this.members.values()];
    for (const each of all) each.write(all.map(({ address }) => address));
  }

  private async run(): Promise<void> {
    while (!this.closed) {
      try {
        if (this.settledAt !== this.changes) await this.turn(this.changes);
        if (Date.now() - this.lastBackup > this.control.backupInterval) await this.backUp();
      } catch (error) {
        this.complain((error as Error).message);
      }
      await sleep(PAUSE);
    }
  }

  /** The next turn tries again; the same reason is told once. */
  private complain(reason: string): void {
    if (reason !== this.complaint) for (const { machine } of this.members.values()) machine.say(reason);
    this.complaint = reason;
  }

  /** A leader of etcd-manager steps down when its peers change, and the next one reads the number again. */
  private async wantedAt(at: number): Promise<number> {
    if (this.wanted.at !== at) this.wanted = { at, members: await this.control.backups.memberCount() };
    return this.wanted.members;
  }

  private async turn(at: number): Promise<void> {
    const wanted = await this.wantedAt(at);
    const all = [...this.members.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
    const started = all.filter((each) => each.isStarted);
    if (started.length === 0) {
      if (isEnough(all.length, wanted)) await this.begin(all.slice(0, wanted));
      return;
    }
    const healthy = await healthyOf(started);
    const [one] = healthy;
    if (one === undefined) return;
    if (this.restoring !== undefined) await this.restore(this.restoring, one);
    const listed = await one.client.members();
    const idle = all.find((each) => !each.isStarted);
    // A spare stays idle, as with etcd-manager.
    if (idle !== undefined && !isSpare(idle, listed, wanted)) await this.admit(idle, one, listed, wanted);
    else if (started.length > wanted) await shrink(started, healthy, listed);
    else if (healthy.length === started.length) this.settledAt = at;
  }

  private async begin(members: readonly EtcdMember[]): Promise<void> {
    const { backups } = this.control;
    if (await backups.isNew()) {
      await backups.markCreated();
      form(members);
      return;
    }
    const order = await backups.order();
    // A member whose data is on another volume may be on its way.
    if (order === undefined)
      throw new Error("etcd has 0 members registered; must issue restore-backup command to proceed");
    this.restoring = order;
    form(members);
  }

  /** The order stays until all is there: what goes wrong is tried again. */
  private async restore(order: RestoreOrder, one: EtcdMember): Promise<void> {
    const { backups, etcdutl } = this.control;
    const copied = await restore(await backups.read(order.backup), one, etcdutl());
    await backups.done(order);
    this.restoring = undefined;
    one.machine.say(`etcd: restored ${copied} keys of ${order.backup}`);
  }

  private async backUp(): Promise<void> {
    const [one] = await healthyOf([...this.members.values()].filter((each) => each.isStarted));
    if (one === undefined || this.restoring !== undefined) return;
    const name = await this.control.backups.add(await one.client.snapshot(), await one.client.version());
    this.lastBackup = Date.now();
    one.machine.say(`etcd: backup ${name} of ${one.name}`);
  }

  /** Starts etcd on a member without data, in a cluster that exists. */
  private async admit(
    idle: EtcdMember,
    through: EtcdMember,
    listed: readonly ListedMember[],
    wanted: number,
  ): Promise<void> {
    const place = listed.find(({ peerURLs }) => peerURLs.includes(idle.peerUrl));
    if (place?.name !== undefined) {
      // The member that has this place had another disk.
      const since = this.staleSince.get(idle.name) ?? Date.now();
      this.staleSince.set(idle.name, since);
      if (wanted < 3 || Date.now() - since < STALE) return;
      idle.machine.say(`etcd: removing ${idle.name}, whose data is gone`);
      await through.client.remove(place.id);
      this.staleSince.delete(idle.name);
      return;
    }
    if (place === undefined) {
      await through.client.add(idle.peerUrl);
      idle.machine.say(`etcd: added ${idle.name} to ${listed.map(({ name }) => name ?? "one that starts").join(", ")}`);
    }
    const others = listed.flatMap(({ name, peerURLs }) => (name === undefined ? [] : [[name, peerURLs[0] ?? ""]]));
    const { token = "" } = through.state ?? {};
    const members = Object.fromEntries([...others, [idle.name, idle.peerUrl]]) as Record<string, string>;
    idle.start({ token, members }, "existing");
  }
}

function isSpare(idle: EtcdMember, listed: readonly ListedMember[], wanted: number): boolean {
  return listed.length >= wanted && !listed.some(({ peerURLs }) => peerURLs.includes(idle.peerUrl));
}

function quorum(members: number): number {
  return Math.floor(members / 2) + 1;
}

/** etcd-manager starts a cluster of three with two as well: the quorum is the same. */
function isEnough(there: number, wanted: number): boolean {
  return there >= wanted || quorum(there) === quorum(wanted);
}

function form(members: readonly EtcdMember[]): void {
  const state: EtcdState = {
    token: randomBytes(16).toString("base64url"),
    members: Object.fromEntries(members.map(({ name, peerUrl }) => [name, peerUrl])),
  };
  for (const each of members) {
    each.machine.say(`etcd: new cluster of ${Object.keys(state.members).join(", ")}`);
    each.start(state, "new");
  }
}

async function healthyOf(members: readonly EtcdMember[]): Promise<EtcdMember[]> {
  const health = await Promise.all(members.map(({ client }) => client.isHealthy()));
  return members.filter((_, position) => health[position]);
}

/** Removes one member, rather one that does not answer. */
async function shrink(
  started: readonly EtcdMember[],
  healthy: readonly EtcdMember[],
  listed: readonly ListedMember[],
): Promise<void> {
  const [through] = healthy;
  const victim = started.find((each) => !healthy.includes(each)) ?? started.at(-1);
  const place = listed.find(({ name }) => name === victim?.name);
  if (through === undefined || victim === undefined || place === undefined) return;
  victim.machine.say(`etcd: removing ${victim.name}: more members than wanted`);
  await through.client.remove(place.id);
  await victim.end();
  victim.discard();
}
