/** The quickstart examples as programs for the local cloud: with what docs/getting-started.md says that they need there. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./localCloud";

const guide = readFileSync(join(repository, "docs", "getting-started.md"), "utf8");

export function pythonExample(): string {
  const addition = firstBlock("python");
  return replaced(
    replaced(example("python", "__main__.py"), /^cluster = /m, `import os\n\n${addition}\n$&`),
    zones,
    "$&    **local_cloud,\n",
  );
}

export function goExample(): string {
  return replaced(replaced(example("go", "main.go"), "import (\n", '$&\t"os"\n\n'), zones, `$&${firstBlock("go")}\n`);
}

const zones = /^.*zones.*\n/im;

function example(language: string, file: string): string {
  return readFileSync(join(repository, "examples", language, file), "utf8");
}

function firstBlock(language: string): string {
  const [, block] = new RegExp(`^\`\`\`${language}\n(.*?)\n\`\`\`$`, "ms").exec(guide) ?? [];
  if (block === undefined) throw new Error(`docs/getting-started.md has no code in ${language}`);
  return block;
}

function replaced(text: string, place: string | RegExp, by: string): string {
  const changed = text.replace(place, by);
  if (changed === text) throw new Error(`nothing like ${String(place)} in:\n${text}`);
  return changed;
}
