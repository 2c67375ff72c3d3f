/** The bastion: an instance in the private subnets, and a load balancer that leads to its SSH port (kops pkg/model/awsmodel/bastion.go:44). */
import type { ResolvedCluster } from "../model/cluster";
import { bastionGroupName, loadBalancerName, loadBalancerTagName, nodeGroupInstanceName } from "../model/names";
import { listenerRow, loadBalancerRow, targetGroupRow, type LoadBalancerRow } from "./apiLoadBalancer";
import { autoscalingGroupRow, launchTemplateRow, singleInstance, type AutoscaledInstances } from "./autoscaling";
import { instanceGroupTags } from "../model/tags";

export type BastionRows = NonNullable<ReturnType<typeof bastionRows>>;

export function bastionRows(cluster: ResolvedCluster) {
  const { bastion } = cluster.network;
  const { defaults, ports } = cluster.release;
  if (bastion === undefined) {
    return undefined;
  }
  const group: AutoscaledInstances = {
    ...singleInstance,
    ...bastion,
    name: bastionGroupName,
    scalingGroupName: nodeGroupInstanceName(cluster.name, bastionGroupName),
    tags: instanceGroupTags(cluster, { role: "Bastion", name: bastionGroupName, labels: {}, taints: [] }),
    instanceProfile: "bastion",
    associatePublicIp: false,
    securityGroups: ["bastion"],
    additionalSecurityGroupIds: [],
    targetGroups: ["bastion"],
    metrics: defaults.autoscalingMetrics,
  };
  return {
    loadBalancer: loadBalancer(cluster),
    targetGroup: targetGroupRow(cluster, "bastion", ports.ssh, undefined),
    listener: listenerRow("listener-bastion", ports.ssh, "bastion"),
    launchTemplate: launchTemplateRow(group),
    autoscalingGroup: autoscalingGroupRow(group),
  };
}

/** Always public: kOps has a setting for an internal one, which `kops create cluster` leaves alone. */
function loadBalancer(cluster: ResolvedCluster): LoadBalancerRow {
  return loadBalancerRow(cluster, {
    key: "bastion-load-balancer",
    name: loadBalancerName(cluster.name, "bastion"),
    tagName: loadBalancerTagName(cluster.name, "bastion"),
    scheme: "public",
    crossZone: false,
    securityGroup: "bastionLoadBalancer",
    additionalSecurityGroupIds: [],
  });
}
