import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { repository } from "../cli/layout";
import { dieWithUs } from "./children";

/** Shown inside a root: a path outside and where it is found inside. */
export type Bind = readonly [outside: string, inside: string];

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly binds?: readonly Bind[];
  /** What brings the command into a network other than the machine's. */
  readonly prefix?: readonly string[];
  /** File that standard output and error go to. */
  readonly log: string;
}

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The file system of one machine. What the machine has written lies in `files`; nothing is mounted between commands. */
export class Root {
  readonly files: string;
  private readonly mountPoint: string;
  private readonly running = new Set<ChildProcess>();

  /** `prefix`: what brings a command into the machine's network. */
  constructor(
    folder: string,
    private readonly prefix: readonly string[],
  ) {
    this.files = path.join(folder, "root");
    this.mountPoint = path.join(folder, "mnt");
    fs.mkdirSync(this.mountPoint, { recursive: true });
    if (/[\s:,]/.test(folder))
      throw new Error(`${folder}: a folder with blanks, colons or commas in its path cannot hold machines`);
  }

  /** Where a file of the machine lies outside. */
  path(inside: string): string {
    return path.join(this.files, inside);
  }

  has(inside: string): boolean {
    return fs.existsSync(this.path(inside));
  }

  read(inside: string): string {
    return fs.readFileSync(this.path(inside), "utf8");
  }

  write(inside: string, content: string, mode = 0o600): void {
    fs.mkdirSync(path.dirname(this.path(inside)), { recursive: true });
    fs.writeFileSync(this.path(inside), content, { mode });
  }

  /** Runs a command to its end and keeps what it wrote. Gives the exit code. All processes it leaves end with it. */
  run(command: readonly string[], options: RunOptions): Promise<number> {
    // A process namespace of its own: the first process takes all others with it.
    const child = this.spawn(["unshare", "--mount", "--pid", "--fork", "--kill-child"], "keep", command, options);
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
    });
  }

  /** Starts a command that goes on; what it writes outside its binds goes with it. Its pid is the command's own. */
  start(command: readonly string[], options: RunOptions): ChildProcess {
    return this.spawn(["unshare", "--mount"], "once", command, options);
  }

  /** Ends everything that was started here. */
  async stop(): Promise<void> {
    const all = [...this.running];
    const ended = all.map((child) => new Promise((resolve) => child.once("exit", resolve)));
    for (const child of all) child.kill("SIGKILL");
    await Promise.all(ended);
  }

  private spawn(
    unshare: readonly string[],
    mode: "once" | "keep",
    command: readonly string[],
    options: RunOptions,
  ): ChildProcess {
    const sources = path.join(repository, "localcloud", "machines");
    const binds = (options.binds ?? []).map(([outside, inside]) => `${outside} ${inside}`).join("\n");
    const variables = Object.entries({ PATH, HOME: "/root", ...options.env }).map(
      ([name, value]) => `${name}=${value}`,
    );
    const all = [
      ...dieWithUs(),
      ...(options.prefix ?? this.prefix),
      ...unshare,
      "sh",
      path.join(sources, "root", "enter.sh"),
      mode,
      this.files,
      this.mountPoint,
      path.join(sources, "stubs"),
      binds,
      ...["/usr/bin/env", "-i", ...variables],
      ...command,
    ];
    const [program = "", ...args] = all;
    const log = fs.openSync(options.log, "a");
    const child = spawn(program, args, { stdio: ["ignore", log, log], cwd: "/" });
    fs.closeSync(log);
    this.running.add(child);
    child.once("exit", () => this.running.delete(child));
    return child;
  }
}
