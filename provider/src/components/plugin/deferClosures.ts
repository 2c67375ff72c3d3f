/**
 * Keeps the plugin's start short. @pulumi/pulumi loads what turns functions into text (the TypeScript compiler and npm's
 * arborist, more than half of its loading time) although only dynamic providers use it, and this plugin has none. Imported
 * before @pulumi/pulumi, this puts the loading off to the first call.
 */
import Module from "node:module";
import { join } from "node:path";

type Load = (
  this: unknown,
  request: string,
  parent: { readonly filename?: string } | undefined,
  ...rest: unknown[]
) => unknown;
type Functions = Readonly<Record<string | symbol, (...args: readonly unknown[]) => unknown>>;

const importer = join("@pulumi", "pulumi", "runtime", "index.js");
/** They export functions alone. */
const deferred: readonly string[] = ["./closure/serializeClosure", "./closure/codePaths"];

// Node's own hook for CommonJS modules. Without it, the modules would load as they always do.
const loader = Module as unknown as { _load: Load };
const load = loader._load;

loader._load = function (request, parent, ...rest) {
  const original = (): unknown => load.call(this, request, parent, ...rest);
  if (!deferred.includes(request) || parent?.filename?.endsWith(importer) !== true) {
    return original();
  }
  return new Proxy<Functions>(
    {},
    {
      get:
        (_, name) =>
        (...args: readonly unknown[]) =>
          (original() as Functions)[name]?.(...args),
    },
  );
};
