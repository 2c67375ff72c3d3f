import type * as pulumi from "@pulumi/pulumi";
import { workerArtifacts } from "../../render/artifacts";
import { nodeupScriptFile } from "../../render/bootstrap/artifacts";
import { ClusterChild, type ClusterContext } from "./clusterChild";
import { storeObjects, type StoreFilesArgs } from "./storeFiles";
import { ApiReadiness } from "../../resources/apiReadiness";

export interface WorkersArgs extends StoreFilesArgs {
  readonly kubeconfig: pulumi.Output<string>;
  /** What a control plane needs to answer. */
  readonly controlPlane: readonly pulumi.Resource[];
}

/**
 * What workers are told, in the state store. It changes when the control plane is ready for it, so that an upgrade never
 * brings workers that are newer than their API server.
 */
export class Workers extends ClusterChild {
  /** By group. */
  readonly nodeupScripts: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(context: ClusterContext, args: WorkersArgs) {
    super("workers", context);
    const { karpenter, readiness, nodeGroups } = context.cluster;
    const ready = karpenter.install && !readiness.skip ? [this.readiness(context, args)] : [];
    const dependsOn = [...args.dependsOn, ...ready];
    storeObjects(context, this.child, { ...args, dependsOn }, workerArtifacts(context.cluster));
    this.nodeupScripts = Object.fromEntries(
      nodeGroups.map(({ name }) => [name, args.renderer.text(nodeupScriptFile(name))]),
    );
    this.registerOutputs({});
  }

  private readiness({ cluster }: ClusterContext, { kubeconfig, controlPlane }: WorkersArgs): ApiReadiness {
    const { name: clusterName, kubernetesVersion, readiness } = cluster;
    return new ApiReadiness(
      this.childName("api-readiness"),
      { clusterName, kubernetesVersion, kubeconfig, timeoutSeconds: readiness.timeoutSeconds },
      { ...this.child, dependsOn: [...controlPlane] },
    );
  }
}
