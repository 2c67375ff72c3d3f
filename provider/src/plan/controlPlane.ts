/** The control plane's machines (kops v1.36.2 pkg/model/awsmodel/autoscalinggroup.go:62 and sshkey.go:34). */
import { autoscalingMetrics } from "../facts/aws";
import { sshFingerprint } from "../encode/sshFingerprint";
import type { ResolvedCluster, ResolvedControlPlaneGroup } from "../spec/model";
import { controlPlaneScalingGroupName, sshKeyName } from "../spec/names";
import { targetGroupRefs } from "./apiLoadBalancer";
import type { AutoscalingGroupRow, ControlPlaneRows, KeyPairRow, LaunchTemplateRow } from "./rows";
import { instanceGroupTags, ownedTags } from "./tags";

export function controlPlaneRows(cluster: ResolvedCluster): ControlPlaneRows {
  return {
    keyPair: keyPair(cluster),
    launchTemplates: cluster.controlPlaneGroups.map((group) => launchTemplate(cluster, group)),
    autoscalingGroups: cluster.controlPlaneGroups.map((group) => autoscalingGroup(cluster, group)),
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

function launchTemplate(cluster: ResolvedCluster, group: ResolvedControlPlaneGroup): LaunchTemplateRow {
  const { rootVolume, metadata } = group;
  const tags = instanceGroupTags(cluster, group);
  return {
    key: `launch-template-${group.name}`,
    ref: group.name,
    name: controlPlaneScalingGroupName(cluster.name, group.name),
    tags,
    instanceTags: tags,
    taggedResourceTypes: ["instance", "volume", "network-interface"],
    image: group.image,
    instanceType: group.instanceType,
    instanceProfile: "controlPlane",
    rootVolume: {
      size: rootVolume.size,
      type: rootVolume.type,
      iops: rootVolume.iops,
      throughput: rootVolume.throughput,
      encrypted: rootVolume.encrypted,
      kmsKeyId: rootVolume.encrypted ? rootVolume.kmsKeyArn : undefined,
      deleteOnTermination: true,
    },
    metadataOptions: {
      httpTokens: metadata.httpTokens,
      httpPutResponseHopLimit: metadata.httpPutResponseHopLimit,
      httpProtocolIpv6: "disabled",
    },
    networkInterface: {
      associatePublicIpAddress: group.associatePublicIp,
      deleteOnTermination: true,
      deviceIndex: 0,
      ipv6AddressCount: 0,
      securityGroups: ["controlPlane"],
      additionalSecurityGroupIds: group.additionalSecurityGroupIds,
    },
    monitoring: false,
    disableApiTermination: false,
  };
}

/** One machine, replaced by its group: the etcd volume that it attaches is of its zone (autoscalinggroup.go:389). */
function autoscalingGroup(cluster: ResolvedCluster, group: ResolvedControlPlaneGroup): AutoscalingGroupRow {
  return {
    key: `autoscaling-group-${group.name}`,
    ref: group.name,
    name: controlPlaneScalingGroupName(cluster.name, group.name),
    minSize: 1,
    maxSize: 1,
    launchTemplateVersion: "$Latest",
    subnets: group.subnets,
    targetGroups: targetGroupRefs(cluster),
    propagateTagsAtLaunch: true,
    enabledMetrics: autoscalingMetrics,
    metricsGranularity: "1Minute",
    suspendedProcesses: [],
    protectFromScaleIn: false,
    tags: instanceGroupTags(cluster, group),
  };
}
