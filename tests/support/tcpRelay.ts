/** A way to a server that a test can close for a while, as an outage of the network does. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

export class TcpRelay {
  private readonly open = new Set<Socket>();
  private isClosed = false;

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly host: string; readonly port: number },
  ) {}

  static async to(host: string, port: number): Promise<TcpRelay> {
    const server = createServer();
    const relay = new TcpRelay(server, { host, port });
    server.on("connection", (socket) => {
      relay.join(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return relay;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts all connections, and every new one. */
  close(): void {
    this.isClosed = true;
    for (const socket of this.open) socket.destroy();
  }

  reopen(): void {
    this.isClosed = false;
  }

  end(): void {
    this.close();
    this.server.close();
  }

  private join(inner: Socket): void {
    if (this.isClosed) {
      inner.destroy();
      return;
    }
    const outer = connect(this.target);
    for (const [from, to] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      this.open.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.open.delete(from);
        to.destroy();
      });
    }
  }
}
