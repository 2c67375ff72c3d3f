/** The tags of a subnet: one for each node group in it, beside kOps's own and the user's. */
import { karpenterGroups, type ResolvedCluster } from "../../model/cluster";
import { subnetTags } from "../../model/tags";
import { show } from "../report/display";
import type { Problem } from "../report/report";

/** AWS allows no more on a resource. */
const mostTags = 50;

/** `existing`: keys that a subnet of the user's has, by the subnet's name. */
export function subnetTagProblems(
  cluster: ResolvedCluster,
  existing: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly Problem[] {
  for (const subnet of cluster.network.subnets) {
    const count = new Set([...Object.keys(subnetTags(cluster, subnet)), ...(existing.get(subnet.name) ?? [])]).size;
    if (count > mostTags) {
      const groups = karpenterGroups(cluster).filter(({ subnets }) => subnets.includes(subnet.name)).length;
      const most = groups - (count - mostTags);
      const rule = `must be at most ${Math.max(most, 0)}, since AWS allows ${mostTags} tags on a subnet and each group needs one`;
      return [{ path: "nodeGroups", reason: `too many groups in subnet ${show(subnet.name)}, got ${groups}; ${rule}` }];
    }
  }
  return [];
}
