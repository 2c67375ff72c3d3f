// Writes docs/reference.md: tsx codegen/reference/main.ts DIR, where DIR is the repository or, for the drift check, a copy.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type PackageSpec, readModel } from "../types/schema";
import { emitReference } from "./emit";

const root = resolve(__dirname, "../..");

function main(target: string): void {
  const file = join(root, "provider", "schema.json");
  const model = readModel(JSON.parse(readFileSync(file, "utf8")) as PackageSpec);
  const destination = join(target, "docs", "reference.md");
  mkdirSync(join(target, "docs"), { recursive: true });
  // As it is: Prettier would pad every cell to the longest of its column.
  writeFileSync(destination, emitReference(model));
}

try {
  main(process.argv[2] ?? root);
} catch (error) {
  console.error(`codegen/reference: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
