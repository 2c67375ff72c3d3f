import * as fs from "node:fs";
import * as path from "node:path";
import { Layout, REGION } from "../cli/layout";
import { ApiRouter } from "./apiRouter";
import { awsFront } from "./awsFront";
import { outsideSocket, socketFolder } from "./machine";
import { leadOut } from "./outside";
import { Tools } from "./tools";
import { Watcher } from "./watcher";

/** The process that plays the machines of one local cloud: main.js DIR. Writes DIR/run/machines.port once it listens. */
async function main(): Promise<void> {
  const [dir, accessKeyId, secretAccessKey] = process.argv.slice(2);
  if (dir === undefined || accessKeyId === undefined || secretAccessKey === undefined)
    throw new Error("usage: main.js DIR KEY SECRET");
  const layout = new Layout(dir);
  // Paths of socket files may not be long, so they are relative.
  process.chdir(layout.root);
  const router = new ApiRouter();
  const apiPort = await listenSomewhere(router);
  const [aws, files] = await Promise.all([portOf(layout, "aws"), portOf(layout, "services")]);
  fs.mkdirSync(socketFolder, { recursive: true });
  const ports = [aws, files];
  for (const port of ports) await leadOut(outsideSocket(port), port);
  const tools = new Tools();
  const front = await awsFront(REGION, aws, `${socketFolder}/sts`, path.join(layout.run, "ca-certificates.crt"));
  const around = {
    folder: layout.root,
    ports,
    awsUrl: `http://127.0.0.1:${aws}`,
    region: REGION,
    accessKeyId,
    secretAccessKey,
    nodeup: () => tools.path("nodeup"),
    awsFront: front,
    assets: { folder: path.join(layout.files, "machines"), url: `http://127.0.0.1:${files}/files/machines` },
  };
  const watcher = new Watcher(around, tools, router);
  const end = (): void => {
    router.close();
    void watcher.stop().then(() => process.exit(0));
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
  fs.writeFileSync(`${layout.portFile("machines")}.new`, String(apiPort));
  fs.renameSync(`${layout.portFile("machines")}.new`, layout.portFile("machines"));
  await watcher.run();
}

async function portOf(layout: Layout, name: string): Promise<number> {
  while (!fs.existsSync(layout.portFile(name))) await new Promise((resolve) => setTimeout(resolve, 25));
  return Number(fs.readFileSync(layout.portFile(name), "utf8"));
}

/** Below the ephemeral range, as the other services. */
async function listenSomewhere(router: ApiRouter): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    try {
      return await router.listen(port);
    } catch {
      // Taken.
    }
  }
  throw new Error("no free port between 20000 and 32000");
}

process.on("unhandledRejection", (error) => process.stderr.write(`${String((error as Error).stack)}\n`));
main().catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exit(1);
});
