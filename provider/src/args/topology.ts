/** What a private topology needs, and what needs a private topology. */
import type { ClusterInputs, Subnet } from "../types.gen";
import { show } from "./display";
import type { Problems } from "./problem";

export function checkTopology({ network, api }: Partial<ClusterInputs>, problems: Problems): void {
  if ((network?.topology ?? "public") === "private") {
    checkUtilitySubnets(network?.subnets, api, problems);
    return;
  }
  // kops v1.36.2 pkg/apis/kops/validation/validation.go:275
  if (api?.loadBalancer === "internal") {
    const allowed = 'must be "public" where network.topology is public';
    problems.add("api.loadBalancer", `needs private subnets, got "internal"; ${allowed}`);
  }
  if (network?.natGateways !== undefined) {
    const given = show(network.natGateways);
    problems.add("network.natGateways", `not for topology public, got ${given}; leave it out`);
  }
  // kops v1.36.2 upup/pkg/fi/cloudup/new_cluster.go:1345
  if (network?.bastion !== undefined) {
    problems.add("network.bastion", "not for topology public, got an object; leave it out");
  }
}

/** Where subnets are declared: NAT gateways and public load balancers stand in utility subnets. */
function checkUtilitySubnets(
  subnets: readonly Subnet[] | undefined,
  api: ClusterInputs["api"],
  problems: Problems,
): void {
  if (subnets === undefined || subnets.length === 0) {
    return;
  }
  const utility = subnets.filter(({ type }) => type === "Utility");
  const made = subnets.filter(({ type, id }) => (type ?? "Private") === "Private" && id === undefined);
  const path = "network.subnets";
  for (const zone of new Set(made.map((subnet) => subnet.zone))) {
    if (!utility.some((subnet) => subnet.zone === zone)) {
      const allowed = "must have one of type Utility";
      problems.add(path, `no subnet for the NAT gateway of a zone, got none in ${show(zone)}; ${allowed}`);
    }
  }
  if (utility.length === 0 && made.length === 0 && (api?.loadBalancer ?? "public") === "public") {
    problems.add(path, 'no subnet for the public load balancer, got none; must have one of type "Utility"');
  }
}
