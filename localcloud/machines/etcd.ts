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
    const { root } = machine;
    this.client = new EtcdClient({
      socketPath: this.socket,
      ca: root.read(`${this.pki}/etcd-clients-ca.crt`),
      cert: root.read(`${this.pki}/localcloud-server.crt`),
      key: root.read(`${this.pki}/localcloud-server.key`),
    });
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

  private get serviceName(): string {
    return this.pod.name.replace("etcd-manager", "etcd");
  }

  private get socket(): string {
    return this.machine.socket(this.serviceName);
  }

  private flags(state: EtcdState, kind: string): string[] {
    const everywhere = (url: string): string => `https://0.0.0.0:${new URL(url).port}`;
    const members = Object.entries(state.members).map(([name, url]) => `${name}=${url}`);
    return [
      `--name=${this.name}`,
      "--data-dir=/var/lib/etcd",
      `--listen-client-urls=${everywhere(this.clientUrl)}`,
      `--advertise-client-urls=${this.clientUrl}`,
      `--cert-file=${this.pki}/localcloud-server.crt`,
      `--key-file=${this.pki}/localcloud-server.key`,
      "--client-cert-auth",
      `--trusted-ca-file=${this.pki}/etcd-clients-ca.crt`,
      `--listen-peer-urls=${everywhere(this.peerUrl)}`,
      `--initial-advertise-peer-urls=${this.peerUrl}`,
      `--initial-cluster=${members.join(",")}`,
      `--initial-cluster-state=${kind}`,
      `--initial-cluster-token=${state.token}`,
      `--peer-cert-file=${this.pki}/localcloud-peer.crt`,
      `--peer-key-file=${this.pki}/localcloud-peer.key`,
      "--peer-client-cert-auth",
      `--peer-trusted-ca-file=${this.pki}/etcd-peers-ca.crt`,
      "--unsafe-no-fsync",
      "--log-level=warn",
    ];
  }
}

/** Reads a flag of etcd-manager's. */
export function flag(pod: StaticPod, name: string): string {
  const found = pod.command.find((each) => each.startsWith(`--${name}=`));
  if (found === undefined) throw new Error(`${pod.name} has no --${name}`);
  return found.slice(name.length + 3);
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
export function stateOn(volume: Volume): EtcdState | undefined {
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
