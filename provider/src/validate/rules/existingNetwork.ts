/** An existing VPC and subnets. Their ranges must be given: names and sizes of resources follow from them. */
import type { ClusterInputs } from "../../schema/types.gen";
import type { Checks } from "../kit/checks";
import { subnetId, vpcId } from "../kit/formats";
import { show } from "../report/display";

export function checkExistingNetwork(network: ClusterInputs["network"], checks: Checks): void {
  if (network === undefined) {
    return;
  }
  checks.matches("network.vpcId", network.vpcId, vpcId);
  const inVpc = { holds: network.vpcId !== undefined, text: "network.vpcId is set" };
  checks.requiredWhen("network.cidr", network.cidr, inVpc, "the range of that VPC");
  const declared = checks.items("network.subnets", network.subnets);
  const withId = declared.filter(([{ id }]) => id !== undefined).length;
  // kops pkg/apis/kops/validation/validation.go
  if (withId > 0 && withId < declared.length) {
    const given = `got ${withId} of ${declared.length} with an id`;
    checks.report.add("network.subnets", `mixes existing and new subnets, ${given}; set id on all or on none`);
  }
  for (const [{ id, cidr }, path] of declared) {
    const isExisting = { holds: id !== undefined, text: "id is set" };
    checks.matches(`${path}.id`, id, subnetId);
    if (id !== undefined && !inVpc.holds && checks.report.isUsable("network.vpcId")) {
      checks.report.add(`${path}.id`, `existing subnet without its VPC, got ${show(id)}; set network.vpcId as well`);
    }
    checks.requiredWhen(`${path}.cidr`, cidr, isExisting, "the range of that subnet");
  }
  checks.unique(declared.flatMap(([{ id }, path]) => (id === undefined ? [] : [[id, `${path}.id`] as const])));
}
