import type * as pulumi from "@pulumi/pulumi";
import type { Group } from "@pulumi/aws/autoscaling/group";
import type { LaunchTemplate } from "@pulumi/aws/ec2/launchTemplate";
import type { ResolvedCluster } from "../../model/cluster";
import { nodeAddonHashes } from "../../render/addons";
import type { RollArgs, RolledGroup } from "../../resources/rolls/controlPlaneRoll";
import type { Renderer } from "../renderer";
import { stackAwsSettings } from "./awsSettings";

export interface Rolled {
  readonly cluster: ResolvedCluster;
  readonly renderer: Renderer;
  readonly kubeconfig: pulumi.Output<string>;
}

/** What the rolls of all groups have, `resource` being their parent. */
export function rollArgs(
  resource: pulumi.Resource,
  { cluster, renderer, kubeconfig }: Rolled,
): Omit<RollArgs, "groups"> {
  const { name: clusterName, region, kubernetesVersion } = cluster;
  const hashes = Object.entries(nodeAddonHashes(cluster)).map(([addon, hash]) => [addon, renderer.text(hash)] as const);
  return {
    ...{ clusterName, region, kubernetesVersion, kubeconfig },
    aws: stackAwsSettings(resource),
    addons: Object.fromEntries(hashes),
  };
}

export function rolledGroup({ name }: Group, { id, latestVersion }: LaunchTemplate): RolledGroup {
  return { autoscalingGroup: name, launchTemplateId: id, launchTemplateVersion: latestVersion };
}
