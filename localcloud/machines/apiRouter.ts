import * as net from "node:net";
import { serverNameOf } from "./clientHello";
import type { LoadBalancer } from "./loadBalancer";

/** Enough for any first message that carries a name. */
const MOST = 16_384;
const PATIENCE = 10_000;

/**
 * One port for the API servers of all clusters: a TLS connection goes to the load balancer that its server name says,
 * unread and unchanged. A connection without a name (to an address) goes to the only cluster there is.
 */
export class ApiRouter {
  private readonly routes = new Map<string, LoadBalancer>();
  private readonly server = net.createServer({ allowHalfOpen: true }, (client) => this.accept(client));

  /** Gives the port: 0 asks for any free one. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once("error", reject);
      this.server.listen(port, "127.0.0.1", () => resolve((this.server.address() as net.AddressInfo).port));
    });
  }

  add(clusterName: string, balancer: LoadBalancer): void {
    this.routes.set(clusterName, balancer);
  }

  remove(clusterName: string): void {
    this.routes.delete(clusterName);
  }

  close(): void {
    this.server.close();
  }

  private accept(client: net.Socket): void {
    let begun = Buffer.alloc(0);
    client.on("error", () => client.destroy());
    client.setTimeout(PATIENCE, () => client.destroy());
    const onData = (data: Buffer): void => {
      begun = Buffer.concat([begun, data]);
      const name = nameIn(begun);
      if (name === "incomplete" && begun.length < MOST) return;
      client.removeListener("data", onData);
      client.pause();
      const balancer = name === "incomplete" ? undefined : this.routeFor(name?.name);
      if (balancer === undefined) {
        client.destroy();
        return;
      }
      client.setTimeout(0);
      balancer.carry(client, begun);
    };
    client.on("data", onData);
  }

  private routeFor(name: string | undefined): LoadBalancer | undefined {
    const byName = [...this.routes].find(
      ([cluster]) => name === `api.internal.${cluster}` || name === `api.${cluster}`,
    );
    if (byName !== undefined) return byName[1];
    const [only, ...others] = this.routes.values();
    return name === undefined && others.length === 0 ? only : undefined;
  }
}

function nameIn(bytes: Buffer): ReturnType<typeof serverNameOf> {
  try {
    return serverNameOf(bytes);
  } catch {
    return undefined;
  }
}
