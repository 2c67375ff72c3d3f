import { spawn } from "node:child_process";
import { join } from "node:path";
import { repository } from "../tests/support/localCloud";
import { figure, heading, median, seconds } from "./table";

const runs = 5;
const aimMilliseconds = 300;

/** From the plugin's start until it prints its port, which is when the engine can use it. */
export async function measureStart(): Promise<void> {
  heading("Plugin start");
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    times.push(await startOnce());
  }
  const middle = median(times);
  figure(`spawn to port printed, median of ${String(runs)}`, seconds(middle), {
    text: "under 0.3 s",
    met: middle < aimMilliseconds,
  });
}

function startOnce(): Promise<number> {
  const began = performance.now();
  const plugin = spawn(join(repository, "bin", "pulumi-resource-kops-karpenter"), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    let took: number | undefined;
    plugin.once("error", reject);
    plugin.stdout.once("data", () => {
      took = performance.now() - began;
      plugin.kill();
    });
    plugin.once("exit", (code) => {
      if (took === undefined)
        reject(new Error(`the plugin ended with code ${String(code)} before it printed its port`));
      else resolve(took);
    });
  });
}
