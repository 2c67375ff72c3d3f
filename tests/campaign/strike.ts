/** Kills the engine, which is the CLI itself, or one of its plugins. */
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { pluginOf } from "../support/processes";

/** A plugin that has not been started yet is waited for. Whether there was something to kill before the engine ended. */
export async function strike(victim: string, engine: ChildProcess, ended: Promise<unknown>): Promise<boolean> {
  const end = { isThere: false };
  void ended.then(() => (end.isThere = true));
  while (!end.isThere) {
    const pid = victim === "engine" ? engine.pid : pluginOf(engine, victim)?.pid;
    if (pid !== undefined && isKilled(pid)) return true;
    await sleep(100);
  }
  return false;
}

/** False for a process that ended in the meantime. */
function isKilled(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === "ESRCH") return false;
    throw error;
  }
}
