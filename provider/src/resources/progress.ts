import { setTimeout as sleep } from "node:timers/promises";
import type { Report } from "./operation";

export interface Wait {
  readonly what: string;
  readonly timeoutSeconds: number;
  readonly pauseMilliseconds: number;
  /** Undefined when done, else what was seen. */
  readonly look: () => Promise<string | undefined>;
}

/** What was seen last, when the time was up before it was done; undefined when it is done. */
export async function waitFor(wait: Wait, report: Report): Promise<string | undefined> {
  const started = Date.now();
  const deadline = started + wait.timeoutSeconds * 1000;
  for (;;) {
    const seen = await wait.look();
    if (seen === undefined) {
      return undefined;
    }
    if (Date.now() >= deadline) {
      return seen;
    }
    const elapsed = Math.round((Date.now() - started) / 1000);
    report(`waiting for ${wait.what}: ${seen} (${String(elapsed)} s of at most ${String(wait.timeoutSeconds)} s)`);
    await sleep(wait.pauseMilliseconds);
  }
}
