/** What `clusterSpec.api.loadBalancer` says of the load balancer of the Kubernetes API. */
import type { Input } from "../../schema/input";
import type { ResolvedCluster } from "../cluster";

export interface ApiLoadBalancerSettings {
  readonly additionalSecurityGroups: readonly Input<string>[];
  readonly crossZoneLoadBalancing: Input<boolean> | undefined;
}

/** Validation has checked that the objects and the list are plain values. */
export function apiLoadBalancerSettings({
  clusterSpec,
}: Pick<ResolvedCluster, "clusterSpec">): ApiLoadBalancerSettings {
  const given = (clusterSpec.api?.["loadBalancer"] ?? {}) as Partial<ApiLoadBalancerSettings>;
  return {
    additionalSecurityGroups: given.additionalSecurityGroups ?? [],
    crossZoneLoadBalancing: given.crossZoneLoadBalancing,
  };
}
