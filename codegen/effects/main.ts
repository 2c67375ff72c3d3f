// Writes what a change of each input does into provider/schema.json, from the table in provider/src/validate/changes.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import type { PackageSpec } from "../types/schema";
import { stamped } from "./stamp";

async function main(): Promise<void> {
  const file = join(resolve(__dirname, "../.."), "provider", "schema.json");
  const text = readFileSync(file, "utf8");
  const schema = JSON.stringify(stamped(JSON.parse(text) as PackageSpec), null, 2);
  const next = await format(schema, { ...(await resolveConfig(file)), parser: "json" });
  if (next !== text) writeFileSync(file, next);
}

main().catch((error: unknown) => {
  console.error(`codegen/effects: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
