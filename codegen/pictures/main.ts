// Draws docs/images: tsx codegen/pictures/main.ts DIR, where DIR is the repository or, for the drift check, a copy.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { drawBoot } from "./boot";
import { drawResources } from "./resources";

async function main(target: string): Promise<void> {
  const folder = join(target, "docs", "images");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "resources.svg"), await drawResources());
  writeFileSync(join(folder, "boot.svg"), drawBoot());
}

main(process.argv[2] ?? resolve(__dirname, "../.."))
  // Pulumi's runtime keeps the process otherwise.
  .then(() => process.exit(0))
  .catch((error: unknown) => {
    console.error(`codegen/pictures: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
