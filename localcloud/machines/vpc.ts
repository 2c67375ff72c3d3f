import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import { dieWithUs } from "./children";

const BRIDGE = "vpc0";

/**
 * The network that a VPC's machines share: a bridge in a namespace without addresses, which holds one end of each
 * machine's interface. Machines reach each other by their private addresses, and nothing else.
 */
export class Vpc {
  private constructor(private readonly holder: ChildProcess) {}

  /** Undefined where the kernel has no bridges: each machine is alone then. `folder` tells `down` whose process it is. */
  static async open(folder: string, log: string): Promise<Vpc | undefined> {
    const setup = `ip link add ${BRIDGE} type bridge && ip link set ${BRIDGE} up && echo ok && exec cat`;
    const all = [...dieWithUs(), "unshare", "--net", "--", "sh", "-c", setup, folder];
    const [program = "", ...args] = all;
    const file = fs.openSync(log, "a");
    // Its standard input ends with this process, and `cat` with that.
    const holder = spawn(program, args, { stdio: ["pipe", "pipe", file] });
    fs.closeSync(file);
    const isUp = await new Promise<boolean>((resolve) => {
      holder.stdout?.once("data", () => resolve(true));
      holder.once("exit", () => resolve(false));
      holder.once("error", () => resolve(false));
    });
    return isUp ? new Vpc(holder) : undefined;
  }

  /** Shell commands that give the namespace in which they run an interface in this network. */
  connect(device: string, address: string): string {
    const { pid } = this.holder;
    if (pid === undefined) throw new Error("bug: the VPC's network is not up");
    const bytes = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
    // An address that a later machine is given again keeps its hardware address too, so no neighbour remembers the wrong one.
    const end = `m${bytes.join("")}`;
    const pair = `ip link add dev ${device} address 02:00:${bytes.join(":")} type veth peer name ${end} netns ${pid}`;
    return `${pair} && nsenter --net=/proc/${pid}/ns/net -- ip link set ${end} master ${BRIDGE} up`;
  }

  close(): void {
    this.holder.kill("SIGKILL");
  }
}
