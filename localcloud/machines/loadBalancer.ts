import * as fs from "node:fs";
import * as net from "node:net";
import { join } from "./outside";

export interface Target {
  /** The socket file that leads to it. */
  readonly socket: string;
  /** Whether a TCP connection would be accepted. */
  readonly isHealthy: () => boolean;
}

/**
 * The load balancer of a cluster's API: each connection goes to one of the API servers that accept connections, in turn.
 * A network load balancer asks the same of its targets, though every 10 s; this one asks for each connection.
 */
export class LoadBalancer {
  private readonly targets = new Map<string, Target>();
  private server: net.Server | undefined;
  private turn = 0;

  add(id: string, target: Target): void {
    this.targets.set(id, target);
  }

  /** No new connection goes there; those that are open stay. */
  remove(id: string): void {
    this.targets.delete(id);
  }

  get isEmpty(): boolean {
    return this.targets.size === 0;
  }

  /** Carries a connection, of which `begun` has been read already, to one of the targets; without a healthy one it ends. */
  carry(client: net.Socket, begun: Buffer = Buffer.alloc(0)): void {
    const target = this.next();
    if (target === undefined) {
      client.destroy();
      return;
    }
    const other = net.connect({ path: target.socket, allowHalfOpen: true });
    if (begun.length > 0) other.write(begun);
    join(client, other);
  }

  /** Serves a socket file. */
  listen(socket: string): Promise<void> {
    fs.rmSync(socket, { force: true });
    const server = net.createServer({ allowHalfOpen: true }, (client) => this.carry(client));
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(socket, resolve);
    });
  }

  /** Connections that are open end with their machines. */
  close(): void {
    this.server?.close();
  }

  private next(): Target | undefined {
    const healthy = [...this.targets.values()].filter((target) => target.isHealthy());
    this.turn += 1;
    return healthy[this.turn % healthy.length];
  }
}
