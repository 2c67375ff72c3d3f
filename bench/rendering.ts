import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { figure, heading, seconds } from "./table";

const sizes = [1, 10, 100, 1000] as const;
const aimMilliseconds = 2000;
/** A process that has loaded the code and rendered one group takes some time whatever the number of groups. */
const linearSlack = 1.5;

interface Rendering {
  readonly milliseconds: number;
  readonly bytes: number;
  readonly kibibytes: number;
}

/** Resolving, planning and rendering all files, without Pulumi. */
export function measureRendering(): Promise<void> {
  heading("Rendering alone: resolve, plan, all files, user data, Karpenter's objects");
  const results = new Map<number, Rendering>();
  for (const size of sizes) {
    const args = ["--import", "tsx", join(__dirname, "renderOnce.ts"), String(size)];
    const printed = execFileSync(process.execPath, args, { encoding: "utf8" });
    const result = JSON.parse(printed) as Rendering;
    results.set(size, result);
    const memory = `${(result.kibibytes / 1024).toFixed(0)} MiB peak, ${(result.bytes / 1024 / 1024).toFixed(1)} MiB of text`;
    const aim = size === 1000 ? { text: "under 2 s", met: result.milliseconds < aimMilliseconds } : undefined;
    figure(`${String(size)} node groups (${memory})`, seconds(result.milliseconds), aim);
  }
  const time = (size: (typeof sizes)[number]) => results.get(size)?.milliseconds ?? Number.NaN;
  const growth = (time(1000) - time(100)) / (time(100) - time(10));
  figure("time from 100 to 1,000 over 10 to 100 groups", `x ${growth.toFixed(1)}`, {
    text: "linear, x 10",
    met: growth < 10 * linearSlack,
  });
  return Promise.resolve();
}
