import * as fs from "node:fs";
import * as net from "node:net";

/** Serves a socket file by the port of a server on this machine. */
export function leadOut(socket: string, port: number): Promise<net.Server> {
  fs.rmSync(socket, { force: true });
  const server = net.createServer({ allowHalfOpen: true }, (client) =>
    join(client, net.connect({ host: "127.0.0.1", port, allowHalfOpen: true })),
  );
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => resolve(server));
  });
}

/** Carries everything both ways until both are done. */
export function join(client: net.Socket, other: net.Socket): void {
  client.on("error", () => other.destroy());
  other.on("error", () => client.destroy());
  client.pipe(other);
  other.pipe(client);
}
