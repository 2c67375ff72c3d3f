import * as net from "node:net";
import * as readline from "node:readline";

/** Holds a machine's network open and carries connections through its border. Each line read is one thing to carry. */
interface Carried {
  readonly listen: net.ListenOptions;
  readonly connect: net.NetConnectOpts;
}

function carry({ listen, connect }: Carried): void {
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const other = net.connect({ ...connect, allowHalfOpen: true });
    // A broken end breaks the other; a closed half closes the other's half.
    client.on("error", () => other.destroy());
    other.on("error", () => client.destroy());
    client.pipe(other);
    other.pipe(client);
  });
  server.on("error", (error) => process.stdout.write(`${error.message}\n`));
  server.listen(listen, () => process.stdout.write("ok\n"));
}

process.stdout.write("ok\n");
readline.createInterface({ input: process.stdin }).on("line", (line) => carry(JSON.parse(line) as Carried));
// Whoever asked for the network is gone: so is its reason.
process.stdin.on("end", () => process.exit(0));
