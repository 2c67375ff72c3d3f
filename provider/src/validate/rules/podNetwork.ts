/** What a pod network does not go with. */
import type { ResolvedCluster } from "../../model/cluster";
import type { Checks } from "../kit/checks";
import { showList } from "../report/display";

/** Where pods' packets go to the address of the other node, which the router between subnets does not know. */
export function checkPodNetwork(cluster: ResolvedCluster, checks: Checks): void {
  const { cni, calico } = cluster;
  if (!checks.report.isSound("zones", "network", "controlPlane", "nodeGroups")) return;
  if (cni === "kindnet") checkOneSubnet("cni", cni, cluster, checks);
  if (cni === "calico" && calico.ipipMode === "Never") {
    checkOneSubnet("calico.ipipMode", calico.ipipMode, cluster, checks);
  }
}

function checkOneSubnet(
  path: string,
  value: string,
  { controlPlaneGroups, nodeGroups }: ResolvedCluster,
  checks: Checks,
): void {
  const subnets = [...new Set([...controlPlaneGroups, ...nodeGroups].flatMap((group) => group.subnets))];
  if (subnets.length > 1) {
    checks.problem(path, `cannot route between the subnets ${showList(subnets)}`, value, "needs all nodes in one");
  }
}
