import * as pulumi from "@pulumi/pulumi";
import { sha256 } from "../../encode/hash";
import { nodePoolManifest } from "../../addons/karpenter/nodePool";
import { karpenterGroups } from "../../model/cluster";
import { registryArtifacts } from "../../render/registry/artifacts";
import { ClusterValidation, type ClusterValidationArgs } from "../../resources/recordedValidation";
import { stackAwsSettings } from "../builders/awsSettings";
import type { Renderer } from "../renderer";
import type { CloudGroups } from "./cloudGroups";
import type { ClusterContext } from "./clusterChild";
import type { ControlPlane } from "./controlPlane";

export interface ValidationArgs {
  readonly kubeconfig: pulumi.Output<string>;
  readonly renderer: Renderer;
  readonly controlPlane: ControlPlane;
  readonly cloudGroups: CloudGroups | undefined;
  /** What brings workers, as far as it is there. */
  readonly after: readonly (pulumi.Resource | undefined)[];
}

/** The resource that looks at the finished cluster; absent where the program cannot reach its API. */
export function clusterValidation(context: ClusterContext, args: ValidationArgs): ClusterValidation | undefined {
  const { name, cluster, parent } = context;
  const { controlPlane, cloudGroups, kubeconfig, renderer, after } = args;
  if (cluster.readiness.skip) return undefined;
  return new ClusterValidation(
    `${name}-validation`,
    {
      ...{
        clusterName: cluster.name,
        region: cluster.region,
        kubernetesVersion: cluster.kubernetesVersion,
        kubeconfig,
      },
      aws: stackAwsSettings(controlPlane),
      groups: controlPlane.rolled,
      ...workerGroups(cloudGroups),
      cluster: digest(context, renderer),
      timeoutSeconds: cluster.readiness.validationTimeoutSeconds,
    },
    { parent, dependsOn: [controlPlane, cloudGroups, ...after].filter((each) => each !== undefined) },
  );
}

/** A property that other clusters' validations have never had. */
function workerGroups(
  { rolled }: Pick<CloudGroups, "rolled"> = { rolled: {} },
): Pick<ClusterValidationArgs, "workerGroups"> {
  return Object.keys(rolled).length === 0 ? {} : { workerGroups: rolled };
}

/** Of what kOps knows of the cluster, and of the node pools: with another one, another verdict is due. */
function digest({ cluster, pending }: ClusterContext, renderer: Renderer): pulumi.Output<string> {
  const pools = pending.apply((known) =>
    karpenterGroups(known).flatMap((group) => group.nodePools.map((pool) => nodePoolManifest(group, pool))),
  );
  const files = pulumi.all(registryArtifacts(cluster).map((artifact) => renderer.text(artifact)));
  return pulumi.all([files, pools]).apply((described) => sha256(JSON.stringify(described), "hex"));
}
