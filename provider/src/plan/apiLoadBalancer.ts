/** The network load balancer of the Kubernetes API (kops v1.36.2 pkg/model/awsmodel/api_loadbalancer.go:46). */
import { targetGroupSettings } from "../releases/1.36/network";
import { ports } from "../releases/1.36/ports";
import type { ResolvedCluster, ResolvedSubnet } from "../model/cluster";
import { loadBalancerName, loadBalancerTagName, targetGroupName } from "../model/names";
import { usesLoadBalancerForKopsController } from "./firewall";
import type { ApiLoadBalancerRows, ListenerRow, LoadBalancerRow, TargetGroupRef, TargetGroupRow } from "./rows";
import { ownedTagsWithFixedName } from "../model/tags";

type ApiTarget = Exclude<TargetGroupRef, "bastion">;

export function apiLoadBalancerRows(cluster: ResolvedCluster): ApiLoadBalancerRows {
  const targets = targetGroupRefs(cluster);
  return {
    loadBalancer: loadBalancer(cluster),
    targetGroups: targets.map((ref) => targetGroup(cluster, ref)),
    listeners: targets.map(listener),
  };
}

/** What the load balancer leads to; the control plane's groups register with each. */
export function targetGroupRefs(cluster: ResolvedCluster): readonly ApiTarget[] {
  return usesLoadBalancerForKopsController(cluster) ? ["kops-controller", "tcp"] : ["tcp"];
}

function loadBalancer(cluster: ResolvedCluster): LoadBalancerRow {
  return {
    key: "api-load-balancer",
    name: loadBalancerName(cluster.name),
    loadBalancerType: "network",
    internal: cluster.api.loadBalancer === "internal",
    ipAddressType: "ipv4",
    // Workers know fixed addresses, one per zone, so each must lead to every control-plane node (api_loadbalancer.go:279).
    enableCrossZoneLoadBalancing: usesLoadBalancerForKopsController(cluster),
    subnets: loadBalancerSubnets(cluster, cluster.api.loadBalancer),
    securityGroups: ["api"],
    tags: ownedTagsWithFixedName(cluster, loadBalancerTagName(cluster.name)),
  };
}

/** One subnet per zone, the best of those that fit (api_loadbalancer.go:98). */
export function loadBalancerSubnets(cluster: ResolvedCluster, scheme: "public" | "internal"): readonly string[] {
  const isInternal = scheme === "internal";
  const fitting = cluster.network.subnets.filter(({ type }) => (type === "Private") === isInternal);
  const zones = [...new Set(fitting.map(({ zone }) => zone))];
  return zones.map((zone) => {
    const best = fitting
      .filter((subnet) => subnet.zone === zone)
      .sort((left, right) => preference(cluster, left, right));
    return best[0]?.name ?? "";
  });
}

/** Utility subnets before others, then those of the control plane, then by name (api_loadbalancer.go:672). */
function preference(cluster: ResolvedCluster, left: ResolvedSubnet, right: ResolvedSubnet): number {
  const score = (subnet: ResolvedSubnet): number =>
    (subnet.type === "Utility" ? 3 : 0) +
    (cluster.controlPlaneGroups.some(({ subnets }) => subnets.includes(subnet.name)) ? 1 : 0);
  return score(right) - score(left) || (left.name < right.name ? -1 : 1);
}

const targetPorts: Readonly<Record<ApiTarget, number>> = {
  tcp: ports.kubeApiServer,
  "kops-controller": ports.kopsController,
};

function targetGroup(cluster: ResolvedCluster, ref: ApiTarget): TargetGroupRow {
  const healthPath = ref === "kops-controller" ? targetGroupSettings.kopsControllerHealthPath : undefined;
  return targetGroupRow(cluster, ref, targetPorts[ref], healthPath);
}

/** `healthPath`: asked by HTTPS; without it a connection is enough. */
export function targetGroupRow(
  cluster: ResolvedCluster,
  ref: TargetGroupRef,
  port: number,
  healthPath: string | undefined,
): TargetGroupRow {
  const name = targetGroupName(cluster.name, ref);
  return {
    key: `target-group-${ref}`,
    ref,
    name,
    protocol: "TCP",
    port,
    connectionTermination: true,
    deregistrationDelay: targetGroupSettings.deregistrationDelay,
    healthCheck: {
      protocol: healthPath === undefined ? "TCP" : "HTTPS",
      path: healthPath,
      interval: targetGroupSettings.healthCheckInterval,
      healthyThreshold: targetGroupSettings.healthyThreshold,
      unhealthyThreshold: targetGroupSettings.unhealthyThreshold,
    },
    tags: ownedTagsWithFixedName(cluster, name),
  };
}

function listener(ref: ApiTarget): ListenerRow {
  return { key: `listener-${targetPorts[ref]}`, port: targetPorts[ref], protocol: "TCP", targetGroup: ref };
}
