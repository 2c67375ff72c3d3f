/** Addons that `clusterSpec` switches on, in kOps's own terms. */
import { parseIpv4Range } from "../../model/cidr";
import type { ResolvedCluster } from "../../model/cluster";
import type { Checks } from "../kit/checks";
import { isPlain } from "./specAccess";

type Fields = Readonly<Record<string, unknown>>;

export function checkAddonSettings({ clusterSpec, karpenter }: ResolvedCluster, checks: Checks): void {
  checkNodeTermination(clusterSpec.nodeTerminationHandler, karpenter.enabled, checks);
  checkMetricsServer(clusterSpec.metricsServer, checks);
  isPlain("clusterSpec.nodeProblemDetector.enabled", clusterSpec.nodeProblemDetector?.["enabled"], checks);
  checkPodIdentityWebhook(clusterSpec.podIdentityWebhook, checks);
  checkNodeLocalDns(clusterSpec.kubeDNS?.["nodeLocalDNS"], checks);
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

/** kops pkg/apis/kops/validation/validation.go:2082 */
function checkMetricsServer(given: Fields | undefined, checks: Checks): void {
  const path = "clusterSpec.metricsServer";
  if (given === undefined || !isPlain(`${path}.enabled`, given["enabled"], checks)) return;
  if (given["enabled"] !== true || given["insecure"] === true) return;
  const rule =
    "must be true, since kOps's secure one needs its cert-manager addon, which the component does not render";
  checks.problem(`${path}.insecure`, "not available here", given["insecure"], rule);
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
