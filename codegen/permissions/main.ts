// Writes docs/iam-policy.json, what a user who runs the component needs: tsx codegen/permissions/main.ts DIR.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { actionsOf, actionsOfPlugin } from "./actions";

const root = resolve(__dirname, "../..");
/** Characters that IAM takes in a managed policy, white space aside. */
const longest = 6144;

/** The modules of @pulumi/aws that the component imports: each is a resource type or a lookup. */
function usedModules(): readonly string[] {
  const folder = join(root, "provider", "src", "components");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const sources = files.map((file) => readFileSync(join(folder, file), "utf8"));
  const modules = sources.flatMap((text) =>
    [...text.matchAll(/from "@pulumi\/aws\/([^"]+)"/g)].map(([, name]) => name),
  );
  return [...new Set(modules.flatMap((name) => name ?? []))].filter((name) => !name.startsWith("types/")).sort();
}

function policy(): string {
  const used = usedModules();
  const unknown = used.filter((name) => !Object.hasOwn(actionsOf, name));
  const unused = Object.keys(actionsOf).filter((name) => !used.includes(name));
  if (unknown.length > 0) throw new Error(`actions.ts does not say what these need: ${unknown.join(", ")}`);
  if (unused.length > 0) throw new Error(`actions.ts has what the component no longer uses: ${unused.join(", ")}`);
  const actions = new Set([...used.flatMap((name) => actionsOf[name] ?? []), ...actionsOfPlugin]);
  const services = new Map<string, string[]>();
  for (const action of [...actions].sort()) {
    const service = action.split(":")[0] ?? "";
    services.set(service, [...(services.get(service) ?? []), action]);
  }
  const Statement = [...services].map(([service, Action]) => ({
    Sid: service.charAt(0).toUpperCase() + service.slice(1),
    Effect: "Allow",
    Action,
    Resource: "*",
  }));
  const document = { Version: "2012-10-17", Statement };
  const length = JSON.stringify(document).length;
  if (length > longest) throw new Error(`${String(length)} characters: more than IAM takes in one policy`);
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

try {
  const folder = join(process.argv[2] ?? root, "docs");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "iam-policy.json"), policy());
} catch (error) {
  console.error(`codegen/permissions: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
