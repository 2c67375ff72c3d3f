import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { dieWithUs } from "./children";
import type { Vpc } from "./vpc";

/** A TCP address inside a machine's network and the socket file that leads to what answers there. */
export interface Inlet {
  readonly host: string;
  readonly port: number;
  readonly socket: string;
}

/** A socket file outside, and the TCP address inside a machine's network that it leads to. */
export interface Outlet {
  readonly socket: string;
  readonly host: string;
  readonly port: number;
}

/** A TCP state of /proc/net/tcp. */
const LISTENING = "0A";

/**
 * A machine's own network: it has the machine's addresses and reaches the other machines of its VPC, so that nothing a
 * machine listens on can meet the world, and no address or port needs changing. Socket files lead in and out: those do
 * not belong to any network. A relay process holds it open.
 */
export class Network {
  private relay: ChildProcess | undefined;

  /** Socket files are named relative to `cwd`, for their paths may not be long. */
  constructor(
    private readonly cwd: string,
    private readonly hostname: string,
    private readonly addresses: readonly string[],
    private readonly log: string,
    /** What the first address belongs to; without, nobody else is in this network. */
    private readonly vpc?: Vpc,
  ) {}

  async start(): Promise<void> {
    const log = fs.openSync(this.log, "a");
    const setup = [
      "set -e",
      `hostname ${this.hostname}`,
      "ip link set lo up",
      ...interfaceCommands(this.addresses, this.vpc),
    ];
    const command = `${setup.join("\n")}\nexec "$0" "$@"`;
    const relay = path.join(__dirname, "relay.js");
    // The folder's name among the arguments is how `down` knows its processes.
    const all = [
      ...dieWithUs(),
      "unshare",
      "--net",
      "--uts",
      "--",
      "sh",
      "-c",
      command,
      process.execPath,
      relay,
      this.cwd,
    ];
    const [program = "", ...args] = all;
    this.relay = spawn(program, args, { cwd: this.cwd, stdio: ["pipe", "pipe", log] });
    fs.closeSync(log);
    await this.answer();
  }

  get pid(): number {
    const pid = this.relay?.pid;
    if (pid === undefined) throw new Error("bug: the machine's network is not up");
    return pid;
  }

  /** What runs a command inside. */
  get prefix(): readonly string[] {
    return ["nsenter", `--net=/proc/${this.pid}/ns/net`, `--uts=/proc/${this.pid}/ns/uts`, "--"];
  }

  addAddress(address: string): void {
    const done = spawnSync("nsenter", [
      `--net=/proc/${this.pid}/ns/net`,
      "--",
      "ip",
      "addr",
      "add",
      `${address}/32`,
      "dev",
      "lo",
    ]);
    if (done.status !== 0 && !String(done.stderr).includes("exists"))
      throw new Error(`cannot give the machine the address ${address}: ${String(done.stderr)}`);
  }

  /** Leads an address inside out to a socket file. */
  async inlet(inlet: Inlet): Promise<void> {
    await this.ask({ listen: { host: inlet.host, port: inlet.port }, connect: { path: inlet.socket } });
  }

  /** Leads a socket file to an address inside. */
  async outlet(outlet: Outlet): Promise<void> {
    await this.ask({ listen: { path: outlet.socket }, connect: { host: outlet.host, port: outlet.port } });
  }

  /** Whether a program inside accepts connections at a port, whichever of the addresses it took. */
  listens(port: number): boolean {
    const place = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
    try {
      return ["tcp", "tcp6"].some((table) =>
        fs
          .readFileSync(`/proc/${this.pid}/net/${table}`, "utf8")
          .split("\n")
          .map((line) => line.trim().split(/\s+/))
          .some(([, local, , state]) => local?.endsWith(place) === true && state === LISTENING),
      );
    } catch {
      return false; // The machine is off.
    }
  }

  stop(): void {
    this.relay?.kill("SIGKILL");
    this.relay = undefined;
  }

  private async ask(what: object): Promise<void> {
    this.relay?.stdin?.write(`${JSON.stringify(what)}\n`);
    await this.answer();
  }

  /** The relay says one line for each thing done. Requests are made one after another. */
  private async answer(): Promise<void> {
    const relay = this.relay;
    if (!relay?.stdout) throw new Error("bug: the machine's network is not up");
    const { stdout } = relay;
    const line = await new Promise<string>((resolve) => {
      stdout.once("data", (data: Buffer) => resolve(data.toString().trim()));
      relay.once("exit", () => resolve("ended"));
      relay.once("error", (error) => resolve(error.message));
    });
    if (line !== "ok") throw new Error(`the machine's network: ${line} (see ${this.log})`);
  }
}

/** An interface with a route to everywhere, which leads to the VPC, or nowhere without: a pair with a loose end, or else loopback. */
function interfaceCommands(addresses: readonly string[], vpc: Vpc | undefined): string[] {
  const add = (device: string): string =>
    addresses.map((address) => `ip addr add ${address}/32 dev ${device}`).join(" && ");
  const up = `${add("eth0")} && ip link set eth0 up && ip route add default dev eth0`;
  if (vpc !== undefined) return [vpc.connect("eth0", addresses[0] ?? ""), up];
  return [
    "if ip link add eth0 type veth peer name nowhere 2>/dev/null; then",
    `ip link set nowhere up && ${up}`,
    "else",
    `${add("lo")} && ip route add default dev lo`,
    "fi",
  ];
}
