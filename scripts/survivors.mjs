// Finds and ends processes that outlive the run that started them. Every process of a run inherits its mark in the
// environment, whatever became of its parent. Linux alone shows the environment of a process; elsewhere none is found.
import { readFileSync, readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const MARK = "KOPS_KARPENTER_TEST_RUN";
/** How long a process may take to notice that its parent has ended. */
const GRACE_SECONDS = 3;

/** The environment variable that marks what `run` starts. */
export function markOf(run) {
  return { [MARK]: run };
}

/** The command lines of processes that outlived the run. All of them are ended. */
export async function endSurvivors(run) {
  await untilGone(run);
  const left = survivors(run);
  for (const signal of ["SIGTERM", "SIGKILL"]) {
    for (const { pid } of survivors(run)) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended in between.
      }
    }
    await untilGone(run);
  }
  return left.map(({ pid, command }) => `${pid} ${command}`);
}

async function untilGone(run) {
  const deadline = Date.now() + GRACE_SECONDS * 1000;
  while (survivors(run).length > 0 && Date.now() < deadline) {
    await sleep(100);
  }
}

function survivors(run) {
  return numbersIn("/proc").flatMap((pid) => {
    try {
      const isMarked = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`${MARK}=${run}`);
      return isMarked ? [{ pid, command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ") }] : [];
    } catch {
      // It has ended in between, or belongs to somebody else.
      return [];
    }
  });
}

function numbersIn(folder) {
  try {
    return readdirSync(folder).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}
