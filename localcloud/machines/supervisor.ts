import type { ChildProcess } from "node:child_process";
import type { Machine } from "./machine";
import type { Network } from "./network";
import type { Bind } from "./root";

export interface Service {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly binds?: readonly Bind[];
  /** A network of its own. */
  readonly network?: Network;
}

const PAUSE = 1000;

/** Keeps programs of one machine running, as its kubelet would: one that ends is started again. */
export class Supervisor {
  private readonly running = new Map<string, ChildProcess>();
  private readonly networks = new Map<string, Network>();
  private readonly restarts = new Map<string, NodeJS.Timeout>();
  private stopping = false;

  constructor(private readonly machine: Machine) {}

  start(service: Service): void {
    if (this.stopping) return;
    const { machine } = this;
    const child = machine.root.start(service.command, {
      log: machine.log(service.name),
      ...(service.env === undefined ? {} : { env: service.env }),
      ...(service.binds === undefined ? {} : { binds: service.binds }),
      ...(service.network === undefined ? {} : { prefix: service.network.prefix }),
    });
    this.running.set(service.name, child);
    if (service.network !== undefined) this.networks.set(service.name, service.network);
    machine.say(`started ${service.name}, pid ${child.pid ?? "none"}`);
    child.once("exit", (code, signal) => {
      if (this.stopping || this.running.get(service.name) !== child) return;
      machine.say(
        `${service.name} ended (${signal ?? `exit code ${code ?? "none"}`}): see ${machine.log(service.name)}`,
      );
      this.restarts.set(
        service.name,
        setTimeout(() => this.start(service), PAUSE),
      );
    });
  }

  /** Asks a program to end, and insists after a while. */
  async end(name: string, patience = 3000): Promise<void> {
    clearTimeout(this.restarts.get(name));
    const child = this.running.get(name);
    this.running.delete(name);
    if (child?.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      const insist = setTimeout(() => child.kill("SIGKILL"), patience);
      child.kill("SIGTERM");
      await ended;
      clearTimeout(insist);
    }
    this.networks.get(name)?.stop();
    this.networks.delete(name);
    this.machine.say(`ended ${name}`);
  }

  async endAll(which: (name: string) => boolean): Promise<void> {
    await Promise.all([...this.running.keys()].filter(which).map((name) => this.end(name)));
  }

  isRunning(name: string): boolean {
    return this.running.has(name);
  }

  stop(): void {
    this.stopping = true;
    for (const timer of this.restarts.values()) clearTimeout(timer);
    for (const child of this.running.values()) child.kill("SIGKILL");
    for (const network of this.networks.values()) network.stop();
  }
}
