/** The Karpenter controller, except its version. */
import { karpenterGroups, type ResolvedCluster } from "../../model/cluster";
import { isFields } from "../../encode/fields";
import { fields, type Checks } from "../kit/checks";
import { below } from "../report/report";
import { chart, featureGate, labelKey, quantity } from "../kit/formats";

/** Chart values without which the controller does not run, or not for this cluster. */
const ownedValues: Readonly<Record<string, string>> = {
  "settings.clusterName": "the component sets it",
  "settings.clusterEndpoint": "the component sets it to the internal name of the API",
  "settings.eksControlPlane": "the component sets it to false",
  "settings.interruptionQueue": "the component sets it; see karpenter.interruptionHandling",
  "settings.featureGates": "set karpenter.featureGates",
  // The controller's role trusts one service account.
  "serviceAccount.create": "the chart creates the service account that the controller's role trusts",
  "serviceAccount.name": "must be karpenter, which the controller's role trusts",
  nameOverride: "the name must be karpenter",
  fullnameOverride: "the name must be karpenter",
  namespaceOverride: "the namespace must be kube-system",
};

export function checkKarpenter(cluster: ResolvedCluster, checks: Checks): void {
  const { karpenter, declared } = cluster;
  const groups = karpenterGroups(cluster);
  if (!karpenter.enabled) {
    checkDisabled(cluster, checks);
    return;
  }
  checks.matches("karpenter.chart", karpenter.chart, chart);
  checks.matches("karpenter.crdChart", karpenter.crdChart, chart);
  checks.atLeast("karpenter.replicas", karpenter.replicas, 1);
  for (const [key, rule] of Object.entries(ownedValues)) {
    const value = valueAt(karpenter.values, key.split("."));
    if (value !== undefined) {
      checks.problem(`karpenter.values.${key}`, "not a value to set", value, rule);
    }
  }
  for (const kind of ["requests", "limits"] as const) {
    for (const [resource, amount, path] of fields(`karpenter.resources.${kind}`, karpenter[kind])) {
      checks.matches(path, resource, labelKey("resource"));
      checks.matches(path, amount, quantity);
    }
  }
  const gatesPath = "karpenter.featureGates";
  const gates = declared.karpenter?.featureGates;
  for (const [gate, , path] of fields(gatesPath, gates)) {
    checks.matches(path, gate, featureGate("SpotToSpotConsolidation"));
  }
  const isStatic = groups.some(({ nodePools }) => nodePools.some(({ replicas }) => replicas !== undefined));
  if (isStatic && gates?.["StaticCapacity"] === false) {
    const rule = "must be true or omitted while a group has minSize or a pool has replicas";
    checks.problem(`${gatesPath}.StaticCapacity`, "required by a static pool", false, rule);
  }
  const usesReservations = groups.some(({ capacityReservations }) => capacityReservations.length > 0);
  if (usesReservations && gates?.["ReservedCapacity"] === false) {
    const rule = "must be true or omitted while a group has capacityReservationSelectorTerms";
    checks.problem(`${gatesPath}.ReservedCapacity`, "required by capacity reservations", false, rule);
  }
}

/** Of a cluster without it, nothing is said of it. */
function checkDisabled(cluster: ResolvedCluster, checks: Checks): void {
  const { enabled: _enabled, ...others } = cluster.declared.karpenter ?? {};
  for (const [, value, path] of fields("karpenter", others)) {
    checks.problem(path, "conflicts with karpenter.enabled false", value, "omit it");
  }
  for (const { name } of karpenterGroups(cluster)) {
    const path = `${below("nodeGroups", name)}.manager`;
    checks.problem(path, "conflicts with karpenter.enabled false", "Karpenter", 'must be "CloudGroup" or omitted');
  }
}

function valueAt(values: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((within, key) => (isFields(within) ? within[key] : undefined), values);
}
