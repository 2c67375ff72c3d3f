// Writes docs/resources.md: tsx codegen/resources/main.ts DIR, where DIR is the repository or, for the drift check, a copy.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { belowComponent, graphOf } from "../../tests/component/support/graph";
import { emitResources } from "./emit";

async function main(target: string): Promise<void> {
  const graph = await graphOf({}, { name: "quickstart" });
  const folder = join(target, "docs");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "resources.md"), emitResources(belowComponent(graph)));
}

main(process.argv[2] ?? resolve(__dirname, "../.."))
  // Pulumi's runtime keeps the process alive otherwise.
  .then(() => process.exit(0))
  .catch((error: unknown) => {
    console.error(`codegen/resources: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
