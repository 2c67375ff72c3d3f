import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { EtcdMember, EtcdState } from "./etcd";
import type { ListedMember } from "./etcdClient";

/** What decides about membership, besides the members that there are. */
export interface EtcdControl {
  /** The number of members that the state store asks for. */
  readonly memberCount: () => Promise<number>;
  /** Whether a volume of the cluster, attached or not, has a member's data. */
  readonly hasData: () => Promise<boolean>;
}

const PAUSE = 500;
/** etcd-manager gives a member that lost its disk this long before it takes the member's place away. */
const STALE = 60_000;

/**
 * The part of etcd-manager that decides who is a member: it starts a new cluster as soon as there are enough members for
 * the quorum that is wanted, and starts what finds its data on its volume; it adds a member where one is missing, and
 * removes one where there are too many or where a volume came back empty. etcd does the rest.
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
    if (this.wanted.at !== at) this.wanted = { at, members: await this.control.memberCount() };
    return this.wanted.members;
  }

  private async turn(at: number): Promise<void> {
    const wanted = await this.wantedAt(at);
    const all = [...this.members.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
    const started = all.filter((each) => each.isStarted);
    if (started.length === 0) {
      if (isEnough(all.length, wanted) && !(await this.control.hasData())) form(all.slice(0, wanted));
      return;
    }
    const healthy = await healthyOf(started);
    const [one] = healthy;
    if (one === undefined) return;
    const listed = await one.client.members();
    const idle = all.find((each) => !each.isStarted);
    // A spare stays idle, as with etcd-manager.
    if (idle !== undefined && !isSpare(idle, listed, wanted)) await this.admit(idle, one, listed, wanted);
    else if (started.length > wanted) await shrink(started, healthy, listed);
    else if (healthy.length === started.length) this.settledAt = at;
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
