/** Addons that `clusterSpec` switches on, in kOps's own terms. */
import { parseIpv4Range } from "../../model/cidr";
import type { ResolvedCluster } from "../../model/cluster";
import type { Checks } from "../kit/checks";
import { isPlain } from "./specAccess";

type Fields = Readonly<Record<string, unknown>>;

export function checkAddonSettings({ clusterSpec }: ResolvedCluster, checks: Checks): void {
  checkMetricsServer(clusterSpec.metricsServer, checks);
  isPlain("clusterSpec.nodeProblemDetector.enabled", clusterSpec.nodeProblemDetector?.["enabled"], checks);
  checkPodIdentityWebhook(clusterSpec.podIdentityWebhook, checks);
  checkNodeLocalDns(clusterSpec.kubeDNS?.["nodeLocalDNS"], checks);
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
