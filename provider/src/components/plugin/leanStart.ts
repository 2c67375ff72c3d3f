/**
 * Keeps the plugin's start and its previews short. Imported before @pulumi/pulumi, it changes two things that this package
 * loads for others' use:
 * - What turns functions into text (the TypeScript compiler and npm's arborist, more than half of the loading time) serves
 *   dynamic providers, and this plugin has none. It is loaded at the first call.
 * - source-map-support maps each frame of each stack that Pulumi records, and it records several for each resource: a
 *   quarter of a preview's processor time. This package has no source maps, so there is nothing to map.
 */
import Module from "node:module";
import { join } from "node:path";

type Load = (this: unknown, request: string, parent: Importer | undefined, ...rest: unknown[]) => unknown;
type Importer = { readonly filename?: string };
type Functions = Readonly<Record<string | symbol, (...args: readonly unknown[]) => unknown>>;

/** They export functions alone. */
const deferred: readonly string[] = ["./closure/serializeClosure", "./closure/codePaths"];

// Node's own hook for CommonJS modules. Without it, the modules would load as they always do.
const loader = Module as unknown as { _load: Load };
const load = loader._load;

loader._load = function (request, parent, ...rest) {
  const original = (): unknown => load.call(this, request, parent, ...rest);
  if (deferred.includes(request) && isFile(parent, "runtime", "index.js")) {
    return callable(original as () => Functions);
  }
  if (request === "source-map-support" && isFile(parent, "provider", "server.js")) {
    return { install: () => undefined };
  }
  return original();
};

function isFile(importer: Importer | undefined, ...path: readonly string[]): boolean {
  return importer?.filename?.endsWith(join("@pulumi", "pulumi", ...path)) === true;
}

/** A module's functions, which load it when they are called. */
function callable(loadModule: () => Functions): Functions {
  return new Proxy<Functions>(
    {},
    {
      get:
        (_, name) =>
        (...args: readonly unknown[]) =>
          loadModule()[name]?.(...args),
    },
  );
}
