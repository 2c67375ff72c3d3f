/** What a private topology needs, and what needs a private topology. */
import type { ResolvedCluster, ResolvedNetwork } from "../../model/cluster";
import type { Bastion } from "../../schema/types.gen";
import type { Checks } from "../kit/checks";
import { show } from "../report/display";
import { checkImage, checkImageFits, checkInstanceType } from "./instances";

const topologyPath = "network.topology";
const subnetsPath = "network.subnets";

export function checkTopology({ declared, network, api }: ResolvedCluster, checks: Checks): void {
  if (!checks.report.isUsable(topologyPath)) {
    return;
  }
  const isPrivate = { holds: network.topology === "private", text: `${topologyPath} is "private"` };
  // kops pkg/apis/kops/validation/validation.go:275
  if (api.loadBalancer === "internal" && !isPrivate.holds) {
    const rule = `must be "public" when ${topologyPath} is "public"`;
    checks.problem("api.loadBalancer", "needs private subnets", api.loadBalancer, rule);
  }
  checks.onlyIf("network.natGateways", declared.network?.natGateways, isPrivate);
  // kops upup/pkg/fi/cloudup/new_cluster.go:1345
  checks.onlyIf("network.bastion", network.bastion, isPrivate);
  if (isPrivate.holds) {
    checkUtilitySubnets(network, api.loadBalancer, declared.network?.subnets !== undefined, checks);
    checkBastion(declared.network?.bastion, network.bastion, checks);
  }
}

function checkBastion(declared: Bastion | undefined, bastion: ResolvedNetwork["bastion"], checks: Checks): void {
  if (declared === undefined || bastion === undefined) {
    return;
  }
  const path = "network.bastion";
  checkInstanceType(`${path}.instanceType`, declared.instanceType, checks);
  checkImage(`${path}.image`, declared.image, checks);
  checkImageFits(`${path}.image`, bastion.image, bastion.instanceType, checks);
}

/** Where subnets are declared: NAT gateways and public load balancers need utility subnets. */
function checkUtilitySubnets(
  { subnets }: ResolvedNetwork,
  loadBalancer: "public" | "internal",
  areDeclared: boolean,
  checks: Checks,
): void {
  if (!areDeclared || subnets.length === 0 || !checks.report.isUsable(subnetsPath)) {
    return;
  }
  const utility = subnets.filter(({ type }) => type === "Utility");
  const created = subnets.filter(({ type, id }) => type === "Private" && id === undefined);
  for (const zone of new Set(created.map((subnet) => subnet.zone))) {
    if (!utility.some((subnet) => subnet.zone === zone)) {
      const rule = "must have one of type Utility in that zone";
      checks.report.add(subnetsPath, `no subnet for the NAT gateway, got none in ${show(zone)}; ${rule}`);
    }
  }
  const isBalancerPublic = loadBalancer === "public" && checks.report.isUsable("api.loadBalancer");
  if (utility.length === 0 && created.length === 0 && isBalancerPublic) {
    checks.report.add(subnetsPath, "no subnet for the public load balancer, got none; must have one of type Utility");
  }
}
