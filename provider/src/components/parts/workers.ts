import type * as pulumi from "@pulumi/pulumi";
import { karpenterGroups } from "../../model/cluster";
import { workerArtifacts } from "../../render/artifacts";
import { nodeupScriptFile } from "../../render/bootstrap/artifacts";
import { ClusterChild, type ClusterContext } from "./clusterChild";
import { storeObjects, type StoreFilesArgs } from "./storeFiles";

/**
 * What workers are told, in the state store. It changes when the control plane is ready for it, so that an upgrade never
 * brings workers that are newer than their API server.
 */
export class Workers extends ClusterChild {
  /** By group. */
  readonly nodeupScripts: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(context: ClusterContext, args: StoreFilesArgs) {
    super("workers", context);
    const { cluster } = context;
    storeObjects(context, this.child, args, workerArtifacts(cluster));
    this.nodeupScripts = Object.fromEntries(
      karpenterGroups(cluster).map(({ name }) => [name, args.renderer.text(nodeupScriptFile(name))]),
    );
    this.registerOutputs({});
  }
}
