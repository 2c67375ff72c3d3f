/** The network's inputs, from the cluster's spec. */
import { bastionGroupName } from "../../model/names";
import type { Fields } from "../../encode/fields";
import { fieldsOf, listOf, present } from "../fields";
import { groupsOfRole, type StoredCluster } from "../store/storedCluster";

/** In the order of their subnets. */
export function zonesOf(spec: Fields): readonly string[] {
  return [...new Set(subnetsOf(spec).map(({ zone }) => String(zone)))];
}

export function networkInputs(stored: StoredCluster): Fields {
  const { spec } = stored.cluster;
  const subnets = subnetsOf(spec);
  return {
    ...present({
      cidr: spec["networkCIDR"],
      vpcId: spec["networkID"],
      additionalCidrs: spec["additionalNetworkCIDRs"],
      nonMasqueradeCidr: spec["nonMasqueradeCIDR"],
      podCidr: spec["podCIDR"],
      serviceCidr: spec["serviceClusterIPRange"],
      clusterDomain: spec["clusterDNSDomain"],
      bastion: bastionInputs(stored),
    }),
    topology: subnets.some(({ type }) => type === "Private") ? "private" : "public",
    subnets: subnets.map(({ name, zone, type, cidr, id, egress }) => present({ name, zone, type, cidr, id, egress })),
  };
}

function bastionInputs(stored: StoredCluster): Fields | undefined {
  const group = groupsOfRole(stored, "Bastion").find(({ name }) => name === bastionGroupName);
  if (group === undefined) return undefined;
  const { image, machineType } = group.spec;
  return present({ image, instanceType: machineType });
}

export function subnetsOf(spec: Fields): readonly Fields[] {
  return listOf(spec["subnets"]).map(fieldsOf);
}

/** Zones of the subnets of those names. */
export function zonesOfSubnets(spec: Fields, names: readonly unknown[]): readonly string[] {
  const zones = subnetsOf(spec).filter(({ name }) => names.includes(name));
  return [...new Set(zones.map(({ zone }) => String(zone)))];
}
