/** What a private topology needs, and what needs a private topology. */
import type { KopsRelease } from "../../releases/release";
import type { Bastion, ClusterInputs, Subnet } from "../../schema/types.gen";
import { show } from "../report/display";
import { checkImage, checkImageFits, checkInstanceType } from "./instances";
import type { Problems } from "../report/problem";

export function checkTopology(inputs: Partial<ClusterInputs>, release: KopsRelease, problems: Problems): void {
  const { network, api, controlPlane } = inputs;
  if ((network?.topology ?? "public") === "private") {
    checkUtilitySubnets(network?.subnets, api, problems);
    checkBastion(network?.bastion, controlPlane?.image, release, problems);
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

function checkBastion(
  bastion: Bastion | undefined,
  controlPlaneImage: string | undefined,
  release: KopsRelease,
  problems: Problems,
): void {
  if (bastion === undefined) {
    return;
  }
  const path = "network.bastion";
  if (bastion.instanceType !== undefined) {
    checkInstanceType(bastion.instanceType, `${path}.instanceType`, problems);
  }
  if (bastion.image !== undefined) {
    checkImage(bastion.image, `${path}.image`, problems);
  }
  const type = bastion.instanceType ?? release.defaults.instanceTypes.bastion;
  checkImageFits(bastion.image ?? controlPlaneImage, type, `${path}.image`, problems);
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
