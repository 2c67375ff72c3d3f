/** What the machines of a local cloud said last: the cloud is gone when somebody reads of a failed test. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";

const linesOfMachines = 8;
const linesOfKarpenter = 8;
const longestLine = 300;

export function lastWords(dir: string): string {
  const log = join(dir, "logs", "machines.log");
  const machines = existsSync(log) ? lines(log).slice(-linesOfMachines) : [];
  const newest = karpenterLogs(dir).at(-1);
  const karpenter = newest === undefined ? [] : lines(newest).flatMap(worthSaying).slice(-linesOfKarpenter);
  const said = [...machines, ...(newest === undefined ? [] : [`${basename(newest)}:`]), ...karpenter];
  return said.map((line) => `  ${line.slice(0, longestLine)}`).join("\n");
}

/** The one that was written last comes last. */
function karpenterLogs(dir: string): readonly string[] {
  const folder = join(dir, "machines");
  const machines = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith("i-")) : [];
  const found = machines.flatMap((id) => readdirSync(join(folder, id)).map((name) => join(folder, id, name)));
  const logs = found.filter((file) => /^karpenter-.*\.log$/.test(basename(file)));
  return logs.sort((left, right) => statSync(left).mtimeMs - statSync(right).mtimeMs);
}

function worthSaying(line: string): readonly string[] {
  try {
    const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const { level, time, message, error, command, NodeClaim } = entry;
    if (level === "DEBUG" || String(message).startsWith("Starting")) return [];
    const more = Object.entries({ error, command, NodeClaim }).filter(([, value]) => value !== undefined);
    return [`${String(time)} ${String(message)} ${more.map(([, value]) => JSON.stringify(value)).join(" ")}`];
  } catch {
    return [];
  }
}

function lines(file: string): readonly string[] {
  return readFileSync(file, "utf8").trimEnd().split("\n");
}
