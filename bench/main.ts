/** Figures: `make bench`, or scripts/bench with the names of some. */
import { loadavg, cpus } from "node:os";
import { measureCluster } from "./cluster";
import { measureRendering } from "./rendering";
import { measureRoll } from "./roll";
import { measureStart } from "./start";

const measures: Readonly<Record<string, () => Promise<void>>> = {
  start: measureStart,
  rendering: measureRendering,
  cluster: measureCluster,
  roll: measureRoll,
};
/** Takes minutes, and root on Linux. */
const onlyIfAsked = ["roll"];

async function main(asked: readonly string[]): Promise<void> {
  const unknown = asked.filter((name) => !(name in measures));
  if (unknown.length > 0) {
    throw new Error(`there is no measure ${unknown.join(", ")}; there are ${Object.keys(measures).join(", ")}`);
  }
  console.log(
    `${String(cpus().length)} processors, load ${(loadavg()[0] ?? 0).toFixed(1)}, Node.js ${process.version}`,
  );
  for (const [name, measure] of Object.entries(measures)) {
    if (asked.length === 0 ? !onlyIfAsked.includes(name) : asked.includes(name)) {
      await measure();
    }
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
