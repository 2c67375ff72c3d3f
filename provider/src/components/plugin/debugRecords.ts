import * as pulumi from "@pulumi/pulumi";
import * as debuggable from "@pulumi/pulumi/runtime/debuggable";

/**
 * Leaves out two things that Pulumi records to debug a user's program, and that are of no use in a plugin:
 * - Which lines of code declared a resource. Of a component's children these are lines of the plugin, wherever it is
 *   installed: a tenth of the state, and a tenth of a preview's processor time. The engine itself records which line of the
 *   user's program declared the component.
 * - Where in the code each promise began, with a stack of ten frames, for a list of those still open when the process exits.
 */
export function keepNoDebugRecords(): void {
  Object.assign(pulumi.Resource, { callsites: () => [] });
  Object.assign(debuggable, { debuggablePromise: <T>(promise: Promise<T>): Promise<T> => promise });
}
