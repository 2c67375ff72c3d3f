/** What a pod network does not go with. */
import type { ResolvedCluster } from "../../model/cluster";
import type { Checks } from "../kit/checks";
import { showList } from "../report/display";

const path = "cni";

export function checkPodNetwork(cluster: ResolvedCluster, checks: Checks): void {
  if (cluster.cni === "kindnet" && checks.report.isSound("zones", "network", "controlPlane", "nodeGroups")) {
    checkOneSubnet(cluster, checks);
  }
}

/** It routes a pod's packets to the address of the other node, which the router between subnets does not know. */
function checkOneSubnet({ controlPlaneGroups, nodeGroups }: ResolvedCluster, checks: Checks): void {
  const subnets = [...new Set([...controlPlaneGroups, ...nodeGroups].flatMap((group) => group.subnets))];
  if (subnets.length > 1) {
    checks.problem(path, `cannot route between the subnets ${showList(subnets)}`, "kindnet", "needs all nodes in one");
  }
}
