/** Addons that `clusterSpec` switches on, in kOps's own terms. */
import { hasLoadBalancerController } from "../../addons/aws-load-balancer-controller/settings";
import { usesCertManager } from "../../addons/cert-manager/settings";
import { usesHubble } from "../../addons/cilium/settings";
import { hasMetricsServer, wantsIssuer } from "../../addons/metrics-server/settings";
import { hasPodIdentityWebhook } from "../../addons/pod-identity-webhook/settings";
import { hasSnapshotController } from "../../addons/snapshot-controller/settings";
import { parseIpv4Range } from "../../model/cidr";
import type { ResolvedCluster } from "../../model/cluster";
import type { Checks } from "../kit/checks";
import { pattern } from "../kit/formats";
import { isPlain } from "./specAccess";

type Fields = Readonly<Record<string, unknown>>;

export function checkAddonSettings(cluster: ResolvedCluster, checks: Checks): void {
  const { clusterSpec, karpenter } = cluster;
  checkCertManager(clusterSpec.certManager, checks);
  checkNodeTermination(clusterSpec.nodeTerminationHandler, karpenter.enabled, checks);
  checkLoadBalancerController(clusterSpec.awsLoadBalancerController, checks);
  checkMetricsServer(clusterSpec.metricsServer, checks);
  checkSnapshotController(clusterSpec.snapshotController, checks);
  isPlain("clusterSpec.nodeProblemDetector.enabled", clusterSpec.nodeProblemDetector?.["enabled"], checks);
  checkPodIdentityWebhook(clusterSpec.podIdentityWebhook, checks);
  checkNodeLocalDns(clusterSpec.kubeDNS?.["nodeLocalDNS"], checks);
  checkIssuer(cluster, checks);
}

const zoneId = pattern("hosted zone id", /^[A-Z0-9]{1,32}$/, "the id alone, such as Z0123456789ABCDEFGHIJ");

/** What decides whether there is an addon and a role; the zones themselves are in the role's policy only. */
function checkCertManager(given: Fields | undefined, checks: Checks): void {
  const path = "clusterSpec.certManager";
  const { enabled, managed, hostedZoneIDs } = given ?? {};
  isPlain(`${path}.enabled`, enabled, checks);
  isPlain(`${path}.managed`, managed, checks);
  if (!isPlain(`${path}.hostedZoneIDs`, hostedZoneIDs, checks) || !Array.isArray(hostedZoneIDs)) return;
  const zones = checks.items(`${path}.hostedZoneIDs`, hostedZoneIDs as readonly string[]);
  checks.matchAll(zones, zoneId);
  checks.unique(zones);
}

/** Their certificates are cert-manager's (kops pkg/apis/kops/validation/validation.go:1352, :2082, :2107, :2143 and :2152). */
function checkIssuer(cluster: ResolvedCluster, checks: Checks): void {
  if (usesCertManager(cluster)) return;
  const isSaid = cluster.clusterSpec.certManager !== undefined;
  const needing = [
    ...(hasLoadBalancerController(cluster) ? ["clusterSpec.awsLoadBalancerController.enabled"] : []),
    ...(hasMetricsServer(cluster) && wantsIssuer(cluster) ? ["clusterSpec.metricsServer.insecure"] : []),
    ...(hasSnapshotController(cluster) ? ["clusterSpec.snapshotController.enabled"] : []),
    // Nothing said of cert-manager, these two take it that the user installs it.
    ...(isSaid && hasPodIdentityWebhook(cluster) ? ["clusterSpec.podIdentityWebhook.enabled"] : []),
    ...(isSaid && usesHubble(cluster) ? ["cilium.hubble.enabled"] : []),
  ];
  const rule = "set clusterSpec.certManager.enabled to true, and managed to false if you install cert-manager yourself";
  for (const path of needing) checks.report.add(path, `needs cert-manager, which the cluster has not; ${rule}`);
}

/** kops pkg/apis/kops/validation/validation.go:2092 */
function checkNodeTermination(given: Fields | undefined, withKarpenter: boolean, checks: Checks): void {
  const path = "clusterSpec.nodeTerminationHandler";
  if (given === undefined || !isPlain(path, given, checks)) return;
  const { enabled, enableRebalanceMonitoring: monitors, enableRebalanceDraining: drains } = given;
  for (const [field, value] of Object.entries(given)) isPlain(`${path}.${field}`, value, checks);
  if (withKarpenter && enabled !== false) {
    const rule = "omit it, since Karpenter drains its nodes itself; or set karpenter.enabled to false";
    checks.problem(path, "not available with Karpenter", given, rule);
  }
  for (const field of ["enableSQSTerminationDraining", "enableSpotInterruptionDraining"]) {
    if (given[field] !== false) continue;
    const rule = "must be true or omitted, since the handler reads a queue and not the metadata of its instance";
    checks.problem(`${path}.${field}`, "not available here", false, rule);
  }
  if (monitors === true && drains !== true) {
    const rule = "must be true, since the handler acts on what it hears";
    checks.problem(`${path}.enableRebalanceDraining`, "required by enableRebalanceMonitoring", drains, rule);
  }
}

/** What decides whether there is an addon, and what its role may do. */
function checkLoadBalancerController(given: Fields | undefined, checks: Checks): void {
  for (const field of ["enabled", "enableWAF", "enableWAFv2", "enableShield"]) {
    isPlain(`clusterSpec.awsLoadBalancerController.${field}`, given?.[field], checks);
  }
}

function checkMetricsServer(given: Fields | undefined, checks: Checks): void {
  isPlain("clusterSpec.metricsServer.enabled", given?.["enabled"], checks);
  isPlain("clusterSpec.metricsServer.insecure", given?.["insecure"], checks);
}

/** It gives the EBS driver a further container and permissions. */
function checkSnapshotController(given: Fields | undefined, checks: Checks): void {
  isPlain("clusterSpec.snapshotController.enabled", given?.["enabled"], checks);
}

/** How many there are is in the manifest. */
function checkPodIdentityWebhook(given: Fields | undefined, checks: Checks): void {
  const path = "clusterSpec.podIdentityWebhook";
  const { enabled, replicas } = given ?? {};
  isPlain(`${path}.enabled`, enabled, checks);
  if (isPlain(`${path}.replicas`, replicas, checks) && typeof replicas === "number") {
    checks.atLeast(`${path}.replicas`, replicas, 0);
  }
}

function checkNodeLocalDns(given: unknown, checks: Checks): void {
  const path = "clusterSpec.kubeDNS.nodeLocalDNS";
  if (!isPlain(path, given, checks) || given === undefined) return;
  const { enabled, localIP } = given as Fields;
  isPlain(`${path}.enabled`, enabled, checks);
  if (typeof localIP === "string" && parseIpv4Range(`${localIP}/32`) === undefined) {
    checks.problem(`${path}.localIP`, "invalid address", localIP, "must be an IPv4 address such as 169.254.20.10");
  }
}
