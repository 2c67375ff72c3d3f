/** The network load balancer of the Kubernetes API (kops pkg/model/awsmodel/api_loadbalancer.go:46). */
import type { ListenerArgs } from "@pulumi/aws/lb/listener";
import type { LoadBalancerArgs } from "@pulumi/aws/lb/loadBalancer";
import type { TargetGroupArgs } from "@pulumi/aws/lb/targetGroup";
import type { ResolvedCluster } from "../model/cluster";
import { balancerSubnets } from "../model/balancerSubnets";
import { apiLoadBalancerSettings } from "../model/spec/apiLoadBalancer";
import type { Input } from "../schema/input";
import { loadBalancerName, loadBalancerTagName, targetGroupName } from "../model/names";
import { usesLoadBalancerForKopsController } from "./firewall";
import type { SecurityGroupRef, TargetGroupRef } from "./rows";
import { ownedTagsWithFixedName } from "../model/tags";

type ApiTarget = Exclude<TargetGroupRef, "bastion">;

export type LoadBalancerRow = ReturnType<typeof loadBalancerRow>;
export type TargetGroupRow = ReturnType<typeof targetGroupRow>;
export type ListenerRow = ReturnType<typeof listenerRow>;

export function apiLoadBalancerRows(cluster: ResolvedCluster) {
  const targets = targetGroupRefs(cluster);
  return {
    loadBalancer: loadBalancer(cluster),
    targetGroups: targets.map((ref) => targetGroup(cluster, ref)),
    listeners: targets.map((ref) => {
      const port = targetPort(cluster, ref);
      return listenerRow(`listener-${port}`, port, ref);
    }),
  };
}

/** What the load balancer leads to; the control plane's groups register with each. */
export function targetGroupRefs(cluster: ResolvedCluster): readonly ApiTarget[] {
  return usesLoadBalancerForKopsController(cluster) ? ["kops-controller", "tcp"] : ["tcp"];
}

function loadBalancer(cluster: ResolvedCluster): LoadBalancerRow {
  const { additionalSecurityGroups, crossZoneLoadBalancing } = apiLoadBalancerSettings(cluster);
  return loadBalancerRow(cluster, {
    key: "api-load-balancer",
    name: loadBalancerName(cluster.name),
    tagName: loadBalancerTagName(cluster.name),
    scheme: cluster.api.loadBalancer,
    // Workers know fixed addresses, one per zone, so each must lead to every control-plane node (api_loadbalancer.go:279).
    crossZone: usesLoadBalancerForKopsController(cluster) || (crossZoneLoadBalancing ?? false),
    securityGroup: "api",
    additionalSecurityGroupIds: additionalSecurityGroups,
  });
}

export function loadBalancerRow(
  cluster: ResolvedCluster,
  balancer: {
    readonly key: string;
    readonly name: string;
    readonly tagName: string;
    readonly scheme: "public" | "internal";
    readonly crossZone: Input<boolean>;
    readonly securityGroup: SecurityGroupRef;
    readonly additionalSecurityGroupIds: readonly Input<string>[];
  },
) {
  return {
    key: balancer.key,
    subnets: balancerSubnets(cluster, balancer.scheme).chosen,
    securityGroups: [balancer.securityGroup],
    additionalSecurityGroupIds: balancer.additionalSecurityGroupIds,
    args: {
      name: balancer.name,
      loadBalancerType: "network",
      internal: balancer.scheme === "internal",
      ipAddressType: "ipv4",
      enableCrossZoneLoadBalancing: balancer.crossZone,
      tags: ownedTagsWithFixedName(cluster, balancer.tagName),
    } satisfies LoadBalancerArgs,
  };
}

function targetPort({ release: { ports } }: ResolvedCluster, ref: ApiTarget): number {
  return ref === "tcp" ? ports.kubeApiServer : ports.kopsController;
}

function targetGroup(cluster: ResolvedCluster, ref: ApiTarget): TargetGroupRow {
  const { targetGroups } = cluster.release.network;
  const healthPath = ref === "kops-controller" ? targetGroups.kopsControllerHealthPath : undefined;
  return targetGroupRow(cluster, ref, targetPort(cluster, ref), healthPath);
}

/** `healthPath`: asked by HTTPS; without it a connection is enough. */
export function targetGroupRow(
  cluster: ResolvedCluster,
  ref: TargetGroupRef,
  port: number,
  healthPath: string | undefined,
) {
  const name = targetGroupName(cluster.name, ref);
  const settings = cluster.release.network.targetGroups;
  return {
    key: `target-group-${ref}`,
    ref,
    args: {
      name,
      protocol: "TCP",
      port,
      connectionTermination: true,
      deregistrationDelay: settings.deregistrationDelay,
      healthCheck: {
        protocol: healthPath === undefined ? "TCP" : "HTTPS",
        path: healthPath,
        interval: settings.healthCheckInterval,
        healthyThreshold: settings.healthyThreshold,
        unhealthyThreshold: settings.unhealthyThreshold,
      },
      tags: ownedTagsWithFixedName(cluster, name),
    } satisfies TargetGroupArgs,
  };
}

/** kOps puts no tags on listeners. */
export function listenerRow(key: string, port: number, targetGroup: TargetGroupRef) {
  const args = { port, protocol: "TCP" } satisfies Partial<ListenerArgs>;
  return { key, targetGroup, args };
}
