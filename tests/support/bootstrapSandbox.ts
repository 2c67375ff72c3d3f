/** Runs bootstrap scripts for real: in a folder that stands for the machine's root, with stand-ins for what would change the machine. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Leaves how it was called: working directory, arguments, and the environment that kOps's script sets. */
export const stubNodeup = `#!/bin/bash
out=$SANDBOX/nodeup-calls
{
  echo "cwd $PWD"
  for argument in "$0" "$@"; do echo "argument $argument"; done
  env | grep -E '^(AWS_REGION|S3_)' | sort
} >> "$out"
`;
/** Runs as well, and tells on itself. */
export const corruptNodeup = `#!/bin/bash
touch "$SANDBOX/corrupt-nodeup-ran"
`;

export type Reply = "good" | "corrupt" | "truncated" | "error" | "gzip" | "hangup";

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Serves the stub: the replies in order, then the last one for ever. */
export class FlakyServer {
  readonly requests: string[] = [];
  private readonly server = createServer((request, response) => {
    this.answer(request, response);
  });

  constructor(private readonly replies: readonly Reply[]) {}

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, "127.0.0.1", done));
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const reply = this.replies[Math.min(this.requests.length, this.replies.length - 1)];
    this.requests.push(request.url ?? "");
    switch (reply) {
      case "good":
        response.end(stubNodeup);
        return;
      case "corrupt":
        response.end(corruptNodeup);
        return;
      case "truncated":
        response.end(stubNodeup.slice(0, 60));
        return;
      case "gzip":
        response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(stubNodeup));
        return;
      case "hangup":
        response.writeHead(200, { "content-length": String(stubNodeup.length) });
        response.write(stubNodeup.slice(0, 20), () => request.socket.destroy());
        return;
      case "error":
      case undefined:
        response.writeHead(503).end("busy");
    }
  }
}

export interface Outcome {
  readonly status: number | null;
  readonly output: string;
  /** One block per call of the stub nodeup. */
  readonly calls: string;
}

const systemTools = "bash cat chmod env grep mkdir mv rm sha256sum sort touch awk".split(" ");

export class Sandbox {
  readonly root = mkdtempSync(join(tmpdir(), "bootstrap-"));
  private readonly bin = join(this.root, "bin");

  /** `downloaders`: which of the two the machine has. */
  constructor(downloaders: readonly ("curl" | "wget")[] = ["curl", "wget"], machine = "x86_64") {
    mkdirSync(this.bin);
    mkdirSync(this.path("etc/apt/apt.conf.d"), { recursive: true });
    for (const tool of [...systemTools, ...downloaders]) symlinkSync(onPath(tool), join(this.bin, tool));
    this.standIn("uname", `echo ${machine}`);
    this.standIn("sysctl", 'echo "sysctl $*" >> "$SANDBOX/sysctl-calls"');
    this.standIn("systemd-machine-id-setup", 'touch "$SANDBOX/machine-id-set-up"');
    this.standIn("systemctl", 'echo "systemctl $*" >> "$SANDBOX/systemctl-calls"');
    this.standIn("sleep", 'echo "$1" >> "$SANDBOX/pauses"');
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  read(...parts: string[]): string | undefined {
    try {
      return readFileSync(this.path(...parts), "utf8");
    } catch {
      return undefined;
    }
  }

  /** The script as it is, but for the folders it writes to. */
  run(script: string): Promise<Outcome> {
    const moved = script
      .replaceAll("/opt/kops", this.path("opt/kops"))
      .replaceAll("/var/lib/toolbox", this.path("var/lib/toolbox"))
      .replaceAll("/etc/", `${this.path("etc")}/`)
      .replaceAll("/bin/systemd-machine-id-setup", "systemd-machine-id-setup");
    writeFileSync(this.path("script.sh"), moved);
    return new Promise((done, failed) => {
      const child = spawn(join(this.bin, "bash"), [this.path("script.sh")], {
        cwd: this.root,
        env: { PATH: this.bin, SANDBOX: this.root },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      const collect = (chunk: Buffer): void => {
        output += chunk.toString();
      };
      child.stdout.on("data", collect);
      child.stderr.on("data", collect);
      child.once("error", failed);
      child.once("close", (status) => {
        done({ status, output, calls: this.read("nodeup-calls") ?? "" });
      });
    });
  }

  private standIn(name: string, body: string): void {
    const file = join(this.bin, name);
    writeFileSync(file, `#!${join(this.bin, "bash")}\n${body}\n`);
    chmodSync(file, 0o755);
  }
}

function onPath(tool: string): string {
  for (const folder of (process.env["PATH"] ?? "").split(":")) {
    const file = join(folder, tool);
    try {
      accessSync(file);
      return file;
    } catch {
      // Further along the path.
    }
  }
  throw new Error(`${tool} is not on PATH`);
}
