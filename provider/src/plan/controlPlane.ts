/** The control plane's machines (kops v1.36.2 pkg/model/awsmodel/autoscalinggroup.go:62 and sshkey.go:34). */
import { sshFingerprint } from "../encode/sshFingerprint";
import type { ResolvedCluster, ResolvedControlPlaneGroup } from "../model/cluster";
import { controlPlaneScalingGroupName, sshKeyName } from "../model/names";
import { targetGroupRefs } from "./apiLoadBalancer";
import { autoscalingGroupRow, launchTemplateRow, type MachineGroup } from "./autoscaling";
import type { ControlPlaneRows, KeyPairRow } from "./rows";
import { instanceGroupTags, ownedTags } from "../model/tags";

export function controlPlaneRows(cluster: ResolvedCluster): ControlPlaneRows {
  const groups = cluster.controlPlaneGroups.map((group) => machines(cluster, group));
  return {
    keyPair: keyPair(cluster),
    launchTemplates: groups.map(launchTemplateRow),
    autoscalingGroups: groups.map(autoscalingGroupRow),
  };
}

function keyPair(cluster: ResolvedCluster): KeyPairRow | undefined {
  const { publicKey } = cluster.ssh;
  if (publicKey === undefined) {
    return undefined;
  }
  return {
    key: "ssh-key",
    publicKey,
    name: (known) => sshKeyName(cluster.name, sshFingerprint(known)),
    tags: ownedTags(cluster, cluster.name),
  };
}

/** One machine a group: the etcd volume that it attaches is of its zone (autoscalinggroup.go:389). */
function machines(cluster: ResolvedCluster, group: ResolvedControlPlaneGroup): MachineGroup {
  return {
    ...group,
    scalingGroupName: controlPlaneScalingGroupName(cluster.name, group.name),
    tags: instanceGroupTags(cluster, group),
    instanceProfile: "controlPlane",
    securityGroups: ["controlPlane"],
    targetGroups: targetGroupRefs(cluster),
  };
}
