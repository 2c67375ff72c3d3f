import * as fs from "node:fs";
import * as http from "node:http";
import { KOPS_VERSION, Layout } from "../cli/layout";
import { fileHandler } from "./files";
import { DEFAULT_INSTANCE, metadataHandler } from "./metadata";

/** Below the ephemeral range, so that no outgoing connection can sit on a port that is meant to listen. */
const FIRST_PORT = 20000;
const PORTS = 12000;

async function listen(handler: http.RequestListener): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    const server = http.createServer(handler);
    const bound = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (bound) return port;
  }
  throw new Error(`no free port between ${FIRST_PORT} and ${FIRST_PORT + PORTS}`);
}

/** The caller reads a port file as soon as it exists, so it appears whole. */
function announce(layout: Layout, name: string, port: number): void {
  fs.writeFileSync(`${layout.portFile(name)}.new`, String(port));
  fs.renameSync(`${layout.portFile(name)}.new`, layout.portFile(name));
}

async function main(): Promise<void> {
  const root = process.argv[2];
  if (root === undefined) throw new Error("usage: main.js DIR");
  const layout = new Layout(root);
  const metadata = await listen(metadataHandler(DEFAULT_INSTANCE));
  const files = await listen(fileHandler(`/kops/${KOPS_VERSION}`, layout.files));
  announce(layout, "metadata", metadata);
  announce(layout, "services", files);
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
});
