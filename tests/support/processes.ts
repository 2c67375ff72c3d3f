/** The processes of this machine, as tests find what they started. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";

export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

export function processes(): readonly Process[] {
  if (!existsSync("/proc/self/stat")) return processesOfPs();
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        // The name of the program, in parentheses, may hold anything.
        const [, parent] = /^\d+ \(.*\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
        // A process that has ended has no command line, even while its parent has not asked for its exit code.
        return command === "" ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
      } catch {
        // It has ended in between.
        return [];
      }
    });
}

/** Where the system shows processes in no file. */
function processesOfPs(): readonly Process[] {
  const table = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,args="], { encoding: "utf8" });
  return [...table.matchAll(/^ *(\d+) +(\d+) (.*)$/gm)].map(([, pid, parent, command = ""]) => ({
    pid: Number(pid),
    parent: Number(parent),
    command,
  }));
}

/** Those of the processes that still run. */
export function alive(known: readonly Process[]): readonly Process[] {
  const now = processes();
  return known.filter(({ pid, command }) => now.some((each) => each.pid === pid && each.command === command));
}

/** The plugin of that name that an engine has started. */
export function pluginOf(engine: { readonly pid?: number | undefined }, name: string): Process | undefined {
  // The scripts of that name have become Node.js by then.
  const main = name === "aws" ? "/plugins/aws/main.js" : "/dist/main.js";
  return processes().find(
    ({ parent, command }) =>
      parent === engine.pid && (command.includes(`pulumi-resource-${name}`) || command.includes(main)),
  );
}

/**
 * The component's plugin and the stand-ins, that is, among the processes that a killed engine had started. What is written
 * in Go looks for its engine every five minutes.
 */
export async function expectPluginsToEnd(children: readonly Process[]): Promise<void> {
  const isSlow = ({ command }: Process): boolean => /pulumi-(language-|resource-tls)/.test(command);
  const plugins = children.filter((child) => !isSlow(child));
  expect(plugins).to.have.length.greaterThan(1);
  const deadline = Date.now() + 2000;
  while (alive(plugins).length > 0 && Date.now() < deadline) await sleep(50);
  for (const slow of alive(children.filter(isSlow))) process.kill(slow.pid);
  expect(alive(plugins)).to.deep.equal([]);
}

/** Whether all threads have stopped after a SIGSTOP; also if it has ended. Linux only. */
export function isStopped({ pid }: { readonly pid?: number | undefined }): boolean {
  const tasks = `/proc/${String(pid)}/task`;
  return contents(tasks).every((task) => {
    const text = readOr(`${tasks}/${task}/stat`);
    // The name before it is in parentheses, and may have any characters.
    return text === "" || /^\) [TtZX]/.test(text.slice(text.lastIndexOf(")")));
  });
}

function contents(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
