import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { keyAndCertificate } from "./certificates";
import type { VolumeTag } from "./cloud";
import { EtcdClient } from "./etcdClient";
import type { Machine } from "./machine";
import type { StaticPod } from "./staticPods";
import type { Supervisor } from "./supervisor";
import type { Volume } from "./volumes";

/** What a member was started with, kept on its volume as etcd-manager keeps it. */
export interface EtcdState {
  readonly token: string;
  /** Peer URLs by name. */
  readonly members: Readonly<Record<string, string>>;
}

interface Address {
  readonly host: string;
  readonly address: string;
}

const PROGRAM = "/usr/local/bin/etcd";
const READER_FOLDER = "/var/lib/etcd-restore";

/**
 * One member of an etcd cluster, as etcd-manager would run it: with the name and the ports of its manifest, certificates
 * from the authorities that nodeup left, and its data on a volume. Its name is its volume's, so a machine that takes the
 * volume over is the same member at another address; the members' addresses stand in a hosts file.
 */
export class EtcdMember {
  readonly name: string;
  readonly peerUrl: string;
  readonly client: EtcdClient;
  private readonly host: string;
  private readonly clientUrl: string;
  private readonly pki: string;
  private readonly hosts: string;
  private started = false;
  private readerOutlet: Promise<void> | undefined;

  private constructor(
    readonly machine: Machine,
    private readonly supervisor: Supervisor,
    private readonly pod: StaticPod,
    private readonly program: string,
    private readonly volume: Volume,
  ) {
    this.name = memberName(pod, volume);
    this.host = hostName(pod, volume);
    this.peerUrl = flag(pod, "peer-urls").replace("__name__", this.host);
    this.clientUrl = flag(pod, "client-urls").replace("__name__", this.host);
    // etcd-manager-main uses /etc/kubernetes/pki/etcd-manager-main.
    this.pki = `/etc/kubernetes/pki/${pod.name}`;
    this.hosts = path.join(machine.folder, `${pod.name}.hosts`);
    this.client = this.clientAt(this.socket);
  }

  /** Ready to start: with its certificates, and a way to its client port from outside. */
  static async prepare(
    machine: Machine,
    supervisor: Supervisor,
    pod: StaticPod,
    program: string,
    volume: Volume,
  ): Promise<EtcdMember> {
    await writeCertificates(machine, `/etc/kubernetes/pki/${pod.name}`, hostName(pod, volume));
    const member = new EtcdMember(machine, supervisor, pod, program, volume);
    const port = Number(new URL(member.clientUrl).port);
    await machine.network.outlet({ socket: member.socket, host: "127.0.0.1", port });
    return member;
  }

  get address(): Address {
    return { host: this.host, address: this.machine.facts.privateIp };
  }

  get isStarted(): boolean {
    return this.started;
  }

  /** What it was started with; undefined where its volume is empty. */
  get state(): EtcdState | undefined {
    return stateOn(this.volume);
  }

  /** The names by which etcd finds the other members; it looks at the file for each connection. */
  write(addresses: readonly Address[]): void {
    const lines = ["127.0.0.1 localhost", ...addresses.map(({ host, address }) => `${address} ${host}`)];
    // Written in place: the file is shown inside the machine as it is.
    fs.writeFileSync(this.hosts, `${lines.join("\n")}\n`);
  }

  start(state: EtcdState, kind: "new" | "existing"): void {
    const data = path.join(this.volume.folder, "data");
    fs.mkdirSync(data, { recursive: true, mode: 0o700 });
    fs.writeFileSync(stateFile(this.volume), JSON.stringify(state));
    this.started = true;
    this.supervisor.start({
      name: this.serviceName,
      command: [PROGRAM, ...this.flags(state, kind)],
      binds: [
        [this.program, PROGRAM],
        [data, "/var/lib/etcd"],
        [this.hosts, "/etc/hosts"],
      ],
    });
  }

  /** Ends it; the data stays. A leader hands its office over first. */
  async end(): Promise<void> {
    if (!this.started) return;
    this.started = false;
    await this.supervisor.end(this.serviceName);
  }

  /** Removes its data: its cluster has removed it. */
  discard(): void {
    fs.rmSync(this.volume.folder, { recursive: true, force: true });
  }

  /** Starts another etcd, with the data of `snapshot.db` in a folder, and gives a way to it. */
  async startOn(folder: string, etcdutl: string): Promise<EtcdClient> {
    const { machine, supervisor } = this;
    const data = `${READER_FOLDER}/data`;
    // Beside the member itself, and another cluster's: only its own machine reaches it.
    const port = Number(new URL(this.clientUrl).port) + 10_000;
    const [client, peer] = [port, port + 10_000].map((each) => `https://127.0.0.1:${String(each)}`);
    const cluster = ["--name=restore", `--initial-cluster=restore=${peer}`, `--initial-advertise-peer-urls=${peer}`];
    const restoring = machine.root.start(
      ["/etcdutl", "snapshot", "restore", `${READER_FOLDER}/snapshot.db`, `--data-dir=${data}`, ...cluster],
      {
        log: machine.log(this.readerName),
        binds: [
          [etcdutl, "/etcdutl"],
          [folder, READER_FOLDER],
        ],
      },
    );
    const [code] = (await once(restoring, "exit")) as [number | null];
    if (code !== 0) throw new Error(`etcdutl could not restore the snapshot: see ${machine.log(this.readerName)}`);
    supervisor.start({
      name: this.readerName,
      command: [
        PROGRAM,
        ...cluster,
        `--data-dir=${data}`,
        `--listen-client-urls=${client}`,
        `--advertise-client-urls=${client}`,
        `--listen-peer-urls=${peer}`,
        ...this.certificateFlags,
      ],
      binds: [
        [this.program, PROGRAM],
        [folder, READER_FOLDER],
      ],
    });
    const socket = machine.socket(this.readerName);
    // It stays, for another attempt.
    this.readerOutlet ??= machine.network.outlet({ socket, host: "127.0.0.1", port });
    await this.readerOutlet;
    return this.clientAt(socket);
  }

  /** Ends that other etcd, if it was started. */
  async endReading(): Promise<void> {
    if (this.supervisor.isRunning(this.readerName)) await this.supervisor.end(this.readerName);
  }

  private get readerName(): string {
    return `${this.serviceName}-restore`;
  }

  private get serviceName(): string {
    return this.pod.name.replace("etcd-manager", "etcd");
  }

  private get socket(): string {
    return this.machine.socket(this.serviceName);
  }

  private clientAt(socketPath: string): EtcdClient {
    const { root } = this.machine;
    return new EtcdClient({
      socketPath,
      ca: root.read(`${this.pki}/etcd-clients-ca.crt`),
      cert: root.read(`${this.pki}/localcloud-server.crt`),
      key: root.read(`${this.pki}/localcloud-server.key`),
    });
  }

  private get certificateFlags(): string[] {
    return [
      `--cert-file=${this.pki}/localcloud-server.crt`,
      `--key-file=${this.pki}/localcloud-server.key`,
      "--client-cert-auth",
      `--trusted-ca-file=${this.pki}/etcd-clients-ca.crt`,
      `--peer-cert-file=${this.pki}/localcloud-peer.crt`,
      `--peer-key-file=${this.pki}/localcloud-peer.key`,
      "--peer-client-cert-auth",
      `--peer-trusted-ca-file=${this.pki}/etcd-peers-ca.crt`,
      "--unsafe-no-fsync",
      "--log-level=warn",
    ];
  }

  private flags(state: EtcdState, kind: string): string[] {
    const everywhere = (url: string): string => `https://0.0.0.0:${new URL(url).port}`;
    const members = Object.entries(state.members).map(([name, url]) => `${name}=${url}`);
    return [
      `--name=${this.name}`,
      "--data-dir=/var/lib/etcd",
      `--listen-client-urls=${everywhere(this.clientUrl)}`,
      `--advertise-client-urls=${this.clientUrl}`,
      `--listen-peer-urls=${everywhere(this.peerUrl)}`,
      `--initial-advertise-peer-urls=${this.peerUrl}`,
      `--initial-cluster=${members.join(",")}`,
      `--initial-cluster-state=${kind}`,
      `--initial-cluster-token=${state.token}`,
      ...this.certificateFlags,
    ];
  }
}

/** Reads a flag of etcd-manager's. */
export function flag(pod: StaticPod, name: string): string {
  const found = pod.command.find((each) => each.startsWith(`--${name}=`));
  if (found === undefined) throw new Error(`${pod.name} has no --${name}`);
  return found.slice(name.length + 3);
}

/** How long etcd-manager waits between two backups, in milliseconds. kOps writes a duration of Go's: `1h30m0s`. */
export function backupInterval(pod: StaticPod): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000 };
  const given = pod.command.find((each) => each.startsWith("--backup-interval=")) ?? "15m";
  const parts = [...given.matchAll(/([\d.]+)([hms])/g)];
  return parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (units[unit] ?? 0), 0);
}

function memberName(pod: StaticPod, volume: Volume): string {
  // kOps writes `a/a,b,c` there: this member, and all.
  const [member = ""] = (volume.tags[flag(pod, "volume-name-tag")] ?? volume.id).split("/");
  return `${flag(pod, "cluster-name")}-${member}`;
}

function hostName(pod: StaticPod, volume: Volume): string {
  return `${memberName(pod, volume)}${flag(pod, "dns-suffix")}`;
}

function stateFile(volume: Volume): string {
  return path.join(volume.folder, "state.json");
}

/** What the member whose data is on a volume was started with. */
function stateOn(volume: Volume): EtcdState | undefined {
  const file = stateFile(volume);
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as EtcdState) : undefined;
}

/** One certificate for the client port and one for the peer port, from the authorities that nodeup left. */
async function writeCertificates(machine: Machine, pki: string, host: string): Promise<void> {
  for (const [role, authority] of [
    ["server", "etcd-clients-ca"],
    ["peer", "etcd-peers-ca"],
  ] as const) {
    const made = await keyAndCertificate(
      { certificate: machine.root.read(`${pki}/${authority}.crt`), key: machine.root.read(`${pki}/${authority}.key`) },
      {
        subject: `CN=${machine.id}`,
        uses: ["client", "server"],
        names: ["localhost", host],
        addresses: ["127.0.0.1", machine.facts.privateIp],
      },
    );
    machine.root.write(`${pki}/localcloud-${role}.crt`, made.certificate);
    machine.root.write(`${pki}/localcloud-${role}.key`, made.key);
  }
}

/** The tags of the volume that an etcd's data is on. */
export function volumeTags(pod: StaticPod): VolumeTag[] {
  const tags = pod.command
    .filter((each) => each.startsWith("--volume-tag="))
    .map((each) => each.slice("--volume-tag=".length));
  return tags.map((tag) =>
    tag.includes("=")
      ? { name: tag.slice(0, tag.indexOf("=")), value: tag.slice(tag.indexOf("=") + 1) }
      : { name: tag },
  );
}
