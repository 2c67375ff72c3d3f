/** The sites that kOps talks to while goldens are made, and the moto server behind the AWS ones. */
import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import { fileHandler } from "../../../localcloud/services/files";
import { pythonWithMoto } from "../../../localcloud/cli/python";
import { type Intercept, startIntercept } from "./intercept";

const root = path.resolve(__dirname, "../../..");

/** The release that the tools pin, so that the program that makes the goldens and their folder go together. */
export const KOPS_VERSION = pinnedVersion();
export const ACCOUNT_ID = "123456789012";
/** Made-up hosts, so that no port number of this machine ends up in a golden. */
export const OBJECT_STORE = "https://objects.example.com";
export const KOPS_MIRROR = `https://mirror.example.com/kops/${KOPS_VERSION}`;

function pinnedVersion(): string {
  const version = /k8s\.io\/kops v([0-9.]+)/.exec(fs.readFileSync(path.join(root, "tools/kops/go.mod"), "utf8"))?.[1];
  if (version === undefined) throw new Error("tools/kops/go.mod requires no k8s.io/kops");
  return version;
}

export interface World {
  readonly intercept: Intercept;
  /** Where moto listens, for our own calls. */
  readonly awsUrl: string;
  close(): void;
}

export async function startWorld(scratch: string, channelFile: string): Promise<World> {
  const { process: moto, port } = await startMoto(path.join(scratch, "moto"));
  const channel = fs.readFileSync(channelFile);
  // kops v1.36.2 pkg/nodemodel/wellknownassets/kopsassets.go:32 has the first path on its own site.
  const files = [`/binaries/kops/${KOPS_VERSION}`, `/kops/${KOPS_VERSION}`].map((base) => ({
    base,
    handle: fileHandler(base, scratch),
  }));
  const intercept = await startIntercept(path.join(scratch, "authority.pem"), (host, request, response) => {
    const url = request.url ?? "/";
    if (host === new URL(OBJECT_STORE).hostname || /(^|\.)amazonaws\.com$/.test(host)) {
      forward(port, host, request, response);
      return true;
    }
    if (url.endsWith("/channels/stable")) {
      response.writeHead(200, { "content-length": channel.length }).end(channel);
      return true;
    }
    // A mirror's own path comes before kOps's.
    const site = files.find((each) => url.includes(`${each.base}/`));
    if (site !== undefined) request.url = url.slice(url.indexOf(`${site.base}/`));
    const handler = site ?? (url.includes("/release/v") ? files[0] : undefined);
    handler?.handle(request, response);
    return handler !== undefined;
  });
  const awsUrl = `http://127.0.0.1:${port}`;
  return {
    intercept,
    awsUrl,
    close: () => {
      intercept.close();
      moto.kill();
    },
  };
}

async function startMoto(folder: string): Promise<{ process: ChildProcess; port: number }> {
  fs.mkdirSync(folder, { recursive: true });
  const portFile = path.join(folder, "aws.port");
  fs.rmSync(portFile, { force: true });
  const log = fs.openSync(path.join(folder, "log"), "a");
  const launcher = path.join(root, "localcloud", "aws", "launch.py");
  const process_ = spawn(pythonWithMoto(), [launcher, folder], { stdio: ["ignore", log, log] });
  const deadline = Date.now() + 60_000;
  while (!fs.existsSync(portFile)) {
    if (process_.exitCode !== null || Date.now() > deadline) throw new Error(`moto does not start: see ${folder}/log`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { process: process_, port: Number(fs.readFileSync(portFile, "utf8")) };
}

/** Passes a request on to moto. Buckets named in the host go into the path: moto does not know dual-stack hosts. */
function forward(port: number, host: string, request: http.IncomingMessage, response: http.ServerResponse): void {
  const bucket = /^(.+)\.s3[.-](?:[\w-]+\.)*amazonaws\.com$/.exec(host)?.[1];
  const isStore = bucket !== undefined || /^s3[.-]/.test(host) || host === new URL(OBJECT_STORE).hostname;
  const headers = { ...request.headers, host: isStore ? `127.0.0.1:${port}` : host };
  const target = { host: "127.0.0.1", port, method: request.method, headers };
  const passed = http.request(
    { ...target, path: bucket === undefined ? request.url : `/${bucket}${request.url ?? "/"}` },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    },
  );
  passed.on("error", (error) => response.writeHead(502).end(String(error)));
  request.pipe(passed);
}
