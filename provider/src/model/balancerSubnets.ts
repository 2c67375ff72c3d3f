/** Where a load balancer has its addresses. */
import type { ResolvedCluster, ResolvedSubnet } from "./cluster";

type Placed = Pick<ResolvedSubnet, "name" | "zone" | "type">;

/** Subnets that a load balancer may have: private ones if it is internal, the others if it is not. */
export function fitsBalancer({ type }: Pick<Placed, "type">, scheme: "public" | "internal"): boolean {
  return (type === "Private") === (scheme === "internal");
}

export interface BalancerSubnets {
  /** Names. */
  readonly chosen: readonly string[];
  /** Whether a zone has several that fit. */
  readonly hasChoice: boolean;
}

/** One subnet per zone, the best of those that fit (kops pkg/model/awsmodel/api_loadbalancer.go:98). */
export function balancerSubnets(cluster: ResolvedCluster, scheme: "public" | "internal"): BalancerSubnets {
  const fitting = cluster.network.subnets.filter((subnet) => fitsBalancer(subnet, scheme));
  const zones = [...new Set(fitting.map(({ zone }) => zone))];
  const chosen = zones.map((zone) => {
    const best = fitting
      .filter((subnet) => subnet.zone === zone)
      .sort((left, right) => preference(cluster, left, right));
    return best[0]?.name ?? "";
  });
  return { chosen, hasChoice: chosen.length < fitting.length };
}

/** Utility subnets before others, then those of the control plane, then by name (api_loadbalancer.go:672). */
function preference(cluster: ResolvedCluster, left: Placed, right: Placed): number {
  const score = (subnet: Placed): number =>
    (subnet.type === "Utility" ? 3 : 0) +
    (cluster.controlPlaneGroups.some(({ subnets }) => subnets.includes(subnet.name)) ? 1 : 0);
  return score(right) - score(left) || (left.name < right.name ? -1 : 1);
}
