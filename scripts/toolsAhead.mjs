// Builds the tools of tiers that come later while the tests of earlier ones run, and wait much of their time. A tier still
// asks tools/build for its own tools: what is being built here is waited for, and what failed here is tried again there.
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";

export class ToolsAhead {
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #child;
  #isAwaited = false;

  /** One after the other, in this order: several builds at once would compile the same packages, each for itself. */
  constructor(program, tools) {
    if (tools.length === 0) return;
    // Tests must not notice it: what they do has limits in time.
    const child = spawn("nice", ["-n", "19", program, ...tools], {
      stdio: ["ignore", "ignore", "pipe"],
      detached: true,
    });
    // Linux may compare such priorities within a session only, and sessions by a priority of their own.
    try {
      writeFileSync(`/proc/${child.pid}/autogroup`, "19");
    } catch {
      // There is none here.
    }
    child.stderr.on("data", (text) => {
      if (this.#isAwaited) process.stderr.write(text);
    });
    child.once("error", () => undefined);
    this.#child = child;
  }

  /** Shows how far it is while something waits for it. */
  async during(wait) {
    this.#isAwaited = true;
    try {
      return await wait();
    } finally {
      this.#isAwaited = false;
    }
  }

  /** Ends it with all that it has started. */
  async end() {
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    process.kill(-child.pid, "SIGTERM");
    await ended;
  }
}
