/** The ways out of private subnets. */
import type { ClusterInputs } from "../../schema/types.gen";
import type { ResolvedCluster } from "../../model/cluster";
import { isElasticIp } from "../../model/egress";
import type { Checks } from "../kit/checks";
import { egressId } from "../kit/formats";

const path = "network.subnets";

export function checkEgress({ declared, network }: ResolvedCluster, checks: Checks): void {
  const subnets = checks.items(path, network.subnets);
  for (const [{ type, id, egress }, at] of subnets) {
    const egressPath = `${at}.egress`;
    checks.matches(egressPath, egress, egressId);
    checks.onlyIf(egressPath, egress, { holds: type === "Private", text: `${at}.type is "Private"` });
    checks.onlyIf(egressPath, egress, { holds: id === undefined, text: `${at}.id is not set` });
    // The attachment of a transit gateway must be there before the route, and a NAT gateway is in the VPC.
    if (!isElasticIp(egress)) checks.onlyIf(egressPath, egress, inExistingVpc(declared.network));
  }
  checkOneByZone(network.subnets, checks);
  checkElasticIps(network.subnets, checks);
}

function inExistingVpc(network: ClusterInputs["network"]) {
  return { holds: network?.vpcId !== undefined, text: "network.vpcId is set" };
}

/** An address belongs to one NAT gateway, and each zone has its own. */
function checkElasticIps(subnets: ResolvedCluster["network"]["subnets"], checks: Checks): void {
  const first = new Map<string, string>();
  for (const [{ zone, egress }, at] of checks.items(path, subnets)) {
    if (!isElasticIp(egress)) continue;
    const other = first.get(egress) ?? zone;
    first.set(egress, other);
    if (other === zone) continue;
    checks.problem(`${at}.egress`, "elastic IP of another zone", egress, `${other} has it; each zone needs its own`);
  }
}

/** A zone has one route table for its private subnets (kops pkg/model/awsmodel/network.go:428). */
function checkOneByZone(subnets: ResolvedCluster["network"]["subnets"], checks: Checks): void {
  const first = new Map<string, string | undefined>();
  for (const [{ zone, type, egress }, at] of checks.items(path, subnets)) {
    if (type !== "Private") continue;
    if (!first.has(zone)) first.set(zone, egress);
    if (first.get(zone) !== egress) {
      const rule = `all private subnets of ${zone} need the same`;
      checks.problem(`${at}.egress`, "differs from the other private subnets of its zone", egress ?? "none", rule);
    }
  }
}
