/** Fields and values of Karpenter's objects that the chosen version does not have yet. */
import { karpenterGroups, type ResolvedCluster, type ResolvedNodePool } from "../../model/cluster";
import { isVersion, minorVersion, versionAtLeast } from "../../model/versions";
import type { KarpenterSince } from "../../releases/release";
import type { Checks } from "../kit/checks";
import { below } from "../report/report";

/** An input that is set to a value which has a first version. */
interface Use {
  readonly path: string;
  readonly what: unknown;
  readonly since: string | undefined;
}

export function checkKarpenterSince(cluster: ResolvedCluster, checks: Checks): void {
  const { karpenter, release } = cluster;
  const groups = karpenterGroups(cluster);
  const { version, install } = karpenter;
  // Without its own objects the component sets none of their fields.
  if (!install || !isVersion(version) || !checks.report.isSound("karpenter.version")) {
    return;
  }
  const { since } = release.karpenter;
  // The documented group alone has no label that kOps gives its nodes on its pools.
  if (groups.some(({ isDocumented }) => !isDocumented) && !versionAtLeast(version, since.kubernetesLabels)) {
    const rule = `must be ${minorVersion(since.kubernetesLabels)} or later, which accepts kOps's node labels on pools`;
    checks.problem("karpenter.version", "too old for node groups beside the default one", version, rule);
  }
  const uses = groups.flatMap(({ name, declared, nodePools }) => {
    const path = below("nodeGroups", name);
    const ofGroup = Object.entries(since.groupFields)
      .filter(([field]) => declared[field as keyof KarpenterSince["groupFields"]] !== undefined)
      .map(([field, first]) => ({ path: `${path}.${field}`, what: field, since: first }));
    // A group's minSize becomes the replicas of its pools.
    const ofSize = nodePools.some(
      ({ declared: pool, replicas }) => replicas !== undefined && pool.replicas === undefined,
    );
    return [
      ...ofGroup,
      ...(ofSize ? [{ path: `${path}.minSize`, what: declared.minSize, since: since.replicas }] : []),
      ...nodePools.flatMap((pool) => usesOfPool(below(`${path}.nodePools`, pool.name), pool, checks, since)),
    ];
  });
  for (const use of uses) {
    if (use.since !== undefined && !versionAtLeast(version, use.since) && checks.report.isSound(use.path)) {
      const rule = `karpenter.version must be ${minorVersion(use.since)} or later`;
      checks.problem(use.path, `too new for Karpenter ${version}`, use.what, rule);
    }
  }
}

function usesOfPool(
  path: string,
  { declared }: ResolvedNodePool,
  checks: Checks,
  since: KarpenterSince,
): readonly Use[] {
  const { replicas, requirements, disruption } = declared;
  const policy = disruption?.consolidationPolicy;
  return [
    ...(replicas === undefined ? [] : [{ path: `${path}.replicas`, what: "replicas", since: since.replicas }]),
    ...use(`${path}.disruption.consolidationPolicy`, policy, since.consolidationPolicies),
    ...checks
      .items(`${path}.disruption.budgets`, disruption?.budgets)
      .flatMap(([{ reasons }, budgetPath]) =>
        checks
          .items(`${budgetPath}.reasons`, reasons)
          .flatMap(([reason, reasonPath]) => use(reasonPath, reason, since.disruptionReasons)),
      ),
    ...checks
      .items(`${path}.requirements`, requirements)
      .flatMap(([{ key, operator }, requirementPath]) => [
        ...use(`${requirementPath}.key`, key, since.requirementKeys),
        ...use(`${requirementPath}.operator`, operator, since.operators),
      ]),
  ];
}

function use(path: string, value: string | undefined, since: Readonly<Record<string, string>>): readonly Use[] {
  return value !== undefined && Object.hasOwn(since, value) ? [{ path, what: value, since: since[value] }] : [];
}
