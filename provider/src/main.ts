/** The plugin's entry: serves the component (and its custom resources) to the Pulumi engine. */
import "./components/plugin/leanStart";
import * as fs from "node:fs";
import * as path from "node:path";
import * as provider from "@pulumi/pulumi/provider";
import { keepDebugLogSafeAndShort } from "./components/plugin/debugLog";
import { acceptImports } from "./components/plugin/importRequests";
import { KopsKarpenterProvider } from "./components/plugin/provider";
import { keepNoDebugRecords } from "./components/plugin/debugRecords";

/** dist/main.js and provider/src/main.ts both have the schema below a folder of the package's root. */
function readSchema(): string {
  const candidates = [path.join(__dirname, "..", "provider", "schema.json"), path.join(__dirname, "..", "schema.json")];
  const found = candidates.find((candidate) => fs.existsSync(candidate));
  if (found === undefined) {
    throw new Error(`bug: schema.json is in none of ${candidates.join(", ")}`);
  }
  return fs.readFileSync(found, "utf8");
}

const schema = readSchema();
const { version } = JSON.parse(schema) as { version: string };

/**
 * Ends the process with its engine. A killed engine cannot tell its plugins, but it holds the other end of their
 * standard input. Only a pipe says so: a plugin in a debugger has a terminal or /dev/null there.
 */
function endWithEngine(): void {
  if (fs.fstatSync(process.stdin.fd).isFIFO()) {
    process.stdin.on("end", () => process.exit()).resume();
  }
}

const args = process.argv.slice(2);
// The engine puts its own address last; a plugin started by hand gets none.
const engineAddress = args.at(-1);
if (engineAddress !== undefined) {
  endWithEngine();
}

keepDebugLogSafeAndShort();
keepNoDebugRecords();
acceptImports();
void provider.main(new KopsKarpenterProvider(version, schema, engineAddress), args);
