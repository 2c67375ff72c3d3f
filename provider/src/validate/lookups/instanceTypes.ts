/** Instance types: whether they exist, where they are offered, and for which architecture. */
import type { ResolvedCluster, ResolvedNodeGroup } from "../../model/cluster";
import type { Architecture } from "../../model/instanceTypes";
import { show, showList } from "../report/display";
import { at, below } from "../report/report";
import { foundIn, type Answer, type AwsQueries, type Offering } from "./aws";
import type { LookupProblem } from "./entries";

/** Values that one filter of EC2 accepts. */
const longestFilter = 200;
const instanceTypeLabel = "node.kubernetes.io/instance-type";

/** A use of an instance type: `every` zone must offer it, or one of them. */
interface Use {
  readonly instanceType: string;
  readonly path: string;
  readonly zones: readonly string[];
  readonly every: boolean;
}

/** What AWS says of the instance types; undefined where it did not answer. */
export interface TypeFacts {
  readonly offerings: readonly Offering[] | undefined;
  architecturesOf(instanceType: string): readonly Architecture[] | undefined;
}

export async function askInstanceTypes(cluster: ResolvedCluster, aws: AwsQueries): Promise<TypeFacts> {
  const uses = usesOf(cluster);
  const types = [...new Set(uses.map(({ instanceType }) => instanceType))].sort();
  const input = uses[0]?.path ?? "";
  const [offerings, amd64, arm64] = await Promise.all([
    inParts(types, (part) => aws.offerings(part, input)),
    inParts(types, (part) => aws.typesOfArchitecture("amd64", part, input)),
    inParts(types, (part) => aws.typesOfArchitecture("arm64", part, input)),
  ]);
  return {
    offerings,
    architecturesOf: (instanceType) => {
      if (amd64 === undefined || arm64 === undefined) {
        return undefined;
      }
      const found: Architecture[] = [
        ...(amd64.includes(instanceType) ? (["amd64"] as const) : []),
        ...(arm64.includes(instanceType) ? (["arm64"] as const) : []),
      ];
      return found.length === 0 ? undefined : found;
    },
  };
}

async function inParts<T>(
  types: readonly string[],
  ask: (part: readonly string[]) => Promise<Answer<readonly T[]>>,
): Promise<readonly T[] | undefined> {
  const parts = Array.from({ length: Math.ceil(types.length / longestFilter) }, (_, index) =>
    types.slice(index * longestFilter, (index + 1) * longestFilter),
  );
  const answers = (await Promise.all(parts.map(ask))).map(foundIn);
  return answers.includes(undefined) ? undefined : answers.flatMap((answer) => answer ?? []);
}

/** A zone that is not open offers nothing, which is a mistake of that zone. */
export function checkInstanceTypes(
  cluster: ResolvedCluster,
  facts: TypeFacts,
  open: readonly string[] | undefined,
): readonly LookupProblem[] {
  const { offerings } = facts;
  if (offerings === undefined) {
    return [];
  }
  const zonesOf = new Map<string, string[]>();
  for (const { instanceType, zone } of offerings) {
    zonesOf.set(instanceType, [...(zonesOf.get(instanceType) ?? []), zone]);
  }
  return usesOf(cluster).flatMap((use) => {
    const zones = use.zones.filter((zone) => open === undefined || open.includes(zone));
    const reason = wrongType({ ...use, zones }, zonesOf.get(use.instanceType), cluster.region);
    return reason === undefined ? [] : [{ path: use.path, reason }];
  });
}

function wrongType(use: Use, offered: readonly string[] | undefined, region: string): string | undefined {
  const given = `got ${show(use.instanceType)}`;
  if (offered === undefined) {
    return `unknown instance type, ${given}; must be one that ${region} offers`;
  }
  const missing = use.zones.filter((zone) => !offered.includes(zone));
  if (missing.length === 0 || (!use.every && missing.length < use.zones.length)) {
    return undefined;
  }
  const where = showList([...offered].sort());
  return `not offered in ${showList(missing)}, ${given}; must be one that is offered there, and this one is in ${where}`;
}

function usesOf(cluster: ResolvedCluster): readonly Use[] {
  const { bastion } = cluster.network;
  const controlPlane = cluster.controlPlaneGroups.map(({ instanceType, zone }) => ({ instanceType, zone }));
  const types = [...new Set(controlPlane.map(({ instanceType }) => instanceType))];
  return [
    ...types.map((instanceType) => ({
      instanceType,
      path: "controlPlane.instanceType",
      zones: controlPlane.filter((group) => group.instanceType === instanceType).map(({ zone }) => zone),
      every: true,
    })),
    ...(bastion === undefined
      ? []
      : [
          {
            instanceType: bastion.instanceType,
            path: "network.bastion.instanceType",
            zones: zonesOfSubnets(cluster, bastion.subnets),
            every: false,
          },
        ]),
    ...cluster.nodeGroups.flatMap((group) => usesOfGroup(cluster, group)),
  ];
}

function usesOfGroup(cluster: ResolvedCluster, group: ResolvedNodeGroup): readonly Use[] {
  const path = below("nodeGroups", group.name);
  const zones = zonesOfSubnets(cluster, group.subnets);
  const isGiven = group.declared.instanceTypes !== undefined;
  const named = group.instanceTypes.map((value, index) => ({
    value,
    path: isGiven ? at(`${path}.instanceTypes`, index) : path,
  }));
  const pools = group.manager === "Karpenter" ? group.nodePools : [];
  const required = pools.flatMap((pool) => {
    const requirements = pool.declared.requirements ?? [];
    return requirements.flatMap(({ key, operator, values }, index) =>
      key === instanceTypeLabel && operator === "In"
        ? (values ?? []).map((value, position) => ({
            value,
            path: at(`${at(`${below(`${path}.nodePools`, pool.name)}.requirements`, index)}.values`, position),
          }))
        : [],
    );
  });
  return [...named, ...required].map((entry) => ({ instanceType: entry.value, path: entry.path, zones, every: false }));
}

function zonesOfSubnets(cluster: ResolvedCluster, names: readonly string[]): readonly string[] {
  const zones = cluster.network.subnets.filter(({ name }) => names.includes(name)).map(({ zone }) => zone);
  return [...new Set(zones)];
}
