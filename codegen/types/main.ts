// Writes the generated types: tsx codegen/types/main.ts DIR, where DIR is the repository or, for the drift check, a copy.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { emitPublicNames, emitShape, emitTypes } from "./emit";
import { type PackageSpec, readModel } from "./schema";

const root = resolve(__dirname, "../..");

async function main(target: string): Promise<void> {
  const file = join(root, "provider", "schema.json");
  const model = readModel(JSON.parse(readFileSync(file, "utf8")) as PackageSpec);
  const files = {
    "provider/src/schema/types.gen.ts": emitTypes(model),
    "provider/src/schema/inputs.gen.ts": emitPublicNames(model),
    "provider/src/schema/shape.gen.ts": emitShape(model),
  };
  const style = await resolveConfig(join(root, "provider", "src", "main.ts"));
  for (const [path, text] of Object.entries(files)) {
    const destination = join(target, path);
    mkdirSync(dirname(destination), { recursive: true });
    writeFileSync(destination, await format(text, { ...style, parser: "typescript" }));
  }
}

main(process.argv[2] ?? root).catch((error: unknown) => {
  console.error(`codegen/types: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
