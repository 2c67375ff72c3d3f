import * as pulumi from "@pulumi/pulumi";

/**
 * Pulumi records for each resource which lines of code declared it. Of a component's children these are lines of the plugin,
 * wherever it is installed: of no use to anyone, a tenth of the state, and a tenth of a preview's processor time. The engine
 * itself records which line of the user's program declared the component.
 */
export function recordNoSourcePositions(): void {
  Object.assign(pulumi.Resource, { callsites: () => [] });
}
