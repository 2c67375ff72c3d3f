import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "./run";

export interface Wait {
  readonly what: string;
  readonly timeoutSeconds: number;
  /** The longest: see `pause`. */
  readonly pauseMilliseconds: number;
  /** Undefined when done, else what was seen. */
  readonly look: () => Promise<string | undefined>;
}

/** What is seen again and again is said so seldom: a log that is no terminal keeps each line. */
const repeatMilliseconds = 10_000;

/**
 * What was seen last, when the time was up before it was done; undefined when it is done. Fails at once when the run is
 * cancelled, whatever a look is doing then.
 */
export async function waitFor(wait: Wait, run: Run): Promise<string | undefined> {
  const started = Date.now();
  const deadline = started + wait.timeoutSeconds * 1000;
  const doing = `waiting for ${wait.what}`;
  const said = { text: "", at: 0 };
  for (;;) {
    const seen = await unlessCancelled(`while ${doing}`, run.signal, wait.look());
    if (seen === undefined) {
      return undefined;
    }
    const now = Date.now();
    if (now >= deadline) {
      return seen;
    }
    const elapsed = now - started;
    if (seen !== said.text || now - said.at >= repeatMilliseconds) {
      const seconds = String(Math.round(elapsed / 1000));
      run.report(`${doing}: ${seen} (${seconds} s of at most ${String(wait.timeoutSeconds)} s)`);
      said.text = seen;
      said.at = now;
    }
    await unlessCancelled(`while ${doing}`, run.signal, sleep(pause(elapsed, wait.pauseMilliseconds)));
  }
}

const shortestMilliseconds = 250;

/**
 * A tenth of what the wait has taken, from a quarter of a second to the longest pause: what is done soon is seen soon, and
 * what takes minutes is not asked for all the time.
 */
export function pause(elapsedMilliseconds: number, longestMilliseconds: number): number {
  return Math.min(longestMilliseconds, Math.max(shortestMilliseconds, elapsedMilliseconds / 10));
}

/** The result of the work, or a failure that says what was cancelled as soon as it was. */
export async function unlessCancelled<T>(when: string, signal: AbortSignal, work: Promise<T>): Promise<T> {
  let cancel = (): void => undefined;
  const cancelled = new Promise<never>((_resolve, reject) => {
    cancel = () => {
      reject(new Error(`cancelled ${when}`));
    };
  });
  if (signal.aborted) cancel();
  signal.addEventListener("abort", cancel, { once: true });
  try {
    return await Promise.race([cancelled, work]);
  } finally {
    signal.removeEventListener("abort", cancel);
  }
}
