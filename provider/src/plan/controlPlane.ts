/** The control plane's instances (kops pkg/model/awsmodel/autoscalinggroup.go:62 and sshkey.go:34). */
import type { KeyPairArgs } from "@pulumi/aws/ec2/keyPair";
import { sshFingerprint } from "../encode/sshFingerprint";
import type { ResolvedCluster, ResolvedControlPlaneGroup } from "../model/cluster";
import { apiLoadBalancerSettings } from "../model/spec/apiLoadBalancer";
import { controlPlaneScalingGroupName, sshKeyName } from "../model/names";
import { targetGroupRefs } from "./apiLoadBalancer";
import { autoscalingGroupRow, launchTemplateRow, singleInstance, type AutoscaledInstances } from "./autoscaling";
import { instanceGroupTags, ownedTags } from "../model/tags";

export type KeyPairRow = NonNullable<ReturnType<typeof keyPair>>;

export function controlPlaneRows(cluster: ResolvedCluster) {
  const groups = cluster.controlPlaneGroups.map((group) => instances(cluster, group));
  return {
    keyPair: keyPair(cluster),
    /** Of a key pair of the user's own. */
    existingKeyName: cluster.clusterSpec.sshKeyName,
    launchTemplates: groups.map(launchTemplateRow),
    autoscalingGroups: groups.map(autoscalingGroupRow),
  };
}

function keyPair(cluster: ResolvedCluster) {
  const { publicKey } = cluster.ssh;
  if (publicKey === undefined) {
    return undefined;
  }
  return {
    key: "ssh-key",
    /** The physical name holds the key's fingerprint, and the key may be an output. */
    name: (known: string) => sshKeyName(cluster.name, sshFingerprint(known)),
    args: { publicKey, tags: ownedTags(cluster, cluster.name) } satisfies KeyPairArgs,
  };
}

/** One instance a group: the etcd volume that it attaches is of its zone (autoscalinggroup.go:389). */
function instances(cluster: ResolvedCluster, group: ResolvedControlPlaneGroup): AutoscaledInstances {
  const balancer = apiLoadBalancerSettings(cluster);
  return {
    ...singleInstance,
    ...group,
    scalingGroupName: controlPlaneScalingGroupName(cluster.name, group.name),
    tags: instanceGroupTags(cluster, group),
    instanceProfile: "controlPlane",
    securityGroups: ["controlPlane"],
    // What the load balancer's groups let through must reach the instances as well (autoscalinggroup.go:392).
    additionalSecurityGroupIds: [...balancer.additionalSecurityGroups, ...group.additionalSecurityGroupIds],
    targetGroups: targetGroupRefs(cluster),
    metrics: cluster.release.defaults.autoscalingMetrics,
  };
}
