/** The bastion: a machine in the private subnets, and a load balancer that leads to its SSH port (kops v1.36.2 pkg/model/awsmodel/bastion.go:44). */
import { ports } from "../releases/1.36/ports";
import type { ResolvedCluster } from "../model/cluster";
import { bastionGroupName, loadBalancerName, loadBalancerTagName, nodeGroupInstanceName } from "../model/names";
import { loadBalancerSubnets, targetGroupRow } from "./apiLoadBalancer";
import { autoscalingGroupRow, launchTemplateRow, type MachineGroup } from "./autoscaling";
import type { BastionRows, LoadBalancerRow } from "./rows";
import { instanceGroupTags, ownedTagsWithFixedName } from "../model/tags";

export function bastionRows(cluster: ResolvedCluster): BastionRows | undefined {
  const { bastion } = cluster.network;
  if (bastion === undefined) {
    return undefined;
  }
  const group: MachineGroup = {
    ...bastion,
    name: bastionGroupName,
    scalingGroupName: nodeGroupInstanceName(cluster.name, bastionGroupName),
    tags: instanceGroupTags(cluster, { role: "Bastion", name: bastionGroupName, labels: {}, taints: [] }),
    instanceProfile: "bastion",
    associatePublicIp: false,
    securityGroups: ["bastion"],
    additionalSecurityGroupIds: [],
    targetGroups: ["bastion"],
  };
  return {
    loadBalancer: loadBalancer(cluster),
    targetGroup: targetGroupRow(cluster, "bastion", ports.ssh, undefined),
    listener: { key: "listener-bastion", port: ports.ssh, protocol: "TCP", targetGroup: "bastion" },
    launchTemplate: launchTemplateRow(group),
    autoscalingGroup: autoscalingGroupRow(group),
  };
}

/** Always public: kOps has a setting for an internal one, which `kops create cluster` leaves alone. */
function loadBalancer(cluster: ResolvedCluster): LoadBalancerRow {
  return {
    key: "bastion-load-balancer",
    name: loadBalancerName(cluster.name, "bastion"),
    loadBalancerType: "network",
    internal: false,
    ipAddressType: "ipv4",
    enableCrossZoneLoadBalancing: false,
    subnets: loadBalancerSubnets(cluster, "public"),
    securityGroups: ["bastionLoadBalancer"],
    tags: ownedTagsWithFixedName(cluster, loadBalancerTagName(cluster.name, "bastion")),
  };
}
