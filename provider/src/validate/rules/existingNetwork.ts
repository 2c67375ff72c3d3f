/** A VPC and subnets of the user's own. Their ranges must be given: a preview does not look them up. */
import type { ClusterInputs } from "../../schema/types.gen";
import { show } from "../report/display";
import { eachDuplicate, items, plain } from "./entries";
import type { Problems } from "../report/problem";

export function checkExistingNetwork(network: ClusterInputs["network"], problems: Problems): void {
  const vpcId = plain(network?.vpcId);
  if (vpcId !== undefined && !/^vpc-[0-9a-z]+$/.test(vpcId)) {
    problems.add("network.vpcId", `not a VPC, got ${show(vpcId)}; must be an id such as vpc-0123456789abcdef0`);
  }
  if (network?.vpcId !== undefined && network.cidr === undefined) {
    problems.add("network.cidr", "missing beside network.vpcId, got none; must be the range of that VPC");
  }
  const declared = items(network?.subnets, "network.subnets");
  const withId = declared.filter(([{ id }]) => id !== undefined).length;
  // kops v1.36.2 pkg/apis/kops/validation/validation.go
  if (withId > 0 && withId < declared.length) {
    const given = `got ${withId} of ${declared.length} with an id`;
    problems.add("network.subnets", `existing and new subnets mixed, ${given}; must have ids for all or for none`);
  }
  const existing: (readonly [string, string])[] = [];
  for (const [subnet, path] of declared) {
    if (subnet.id === undefined) {
      continue;
    }
    const id = plain(subnet.id);
    if (id !== undefined && !/^subnet-[0-9a-z]+$/.test(id)) {
      problems.add(`${path}.id`, `not a subnet, got ${show(id)}; must be an id such as subnet-0123456789abcdef0`);
    }
    if (id !== undefined) {
      existing.push([id, `${path}.id`]);
    }
    if (network?.vpcId === undefined) {
      problems.add(
        `${path}.id`,
        `existing subnet without its VPC, got ${show(subnet.id)}; must come with network.vpcId`,
      );
    }
    if (subnet.cidr === undefined) {
      problems.add(`${path}.cidr`, "missing beside the id of a subnet, got none; must be the range of that subnet");
    }
  }
  eachDuplicate(existing, (id, path, first) => {
    problems.add(path, `given twice, got ${show(id)}; it is already in ${first}`);
  });
}
