import type * as pulumi from "@pulumi/pulumi";
import type * as provider from "@pulumi/pulumi/provider";
import type { KopsKarpenterClusterArgs } from "./inputs.gen";
import { KopsKarpenterCluster } from "./cluster";
import { clusterToken } from "./tokens";

/** Maps the type tokens of the schema to the classes of this package. */
export class KopsKarpenterProvider implements provider.Provider {
  constructor(
    readonly version: string,
    readonly schema: string,
  ) {}

  async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    options: pulumi.ComponentResourceOptions,
  ): Promise<provider.ConstructResult> {
    if (type !== clusterToken) {
      throw new Error(`unknown resource type ${type}; this package has ${clusterToken}`);
    }
    const cluster = new KopsKarpenterCluster(name, inputs as unknown as KopsKarpenterClusterArgs, options);
    return Promise.resolve({ urn: cluster.urn, state: cluster.outputs() });
  }
}
