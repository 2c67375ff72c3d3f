/** What Kubernetes's own programs take, among the settings given in kOps's own terms. */
import { nanoseconds } from "../../encode/duration";
import type { ResolvedCluster } from "../../model/cluster";
import { usesKubeProxy } from "../../model/podNetwork";
import { checkRange } from "../kit/addresses";
import { fields, type Checks } from "../kit/checks";
import { topologyManagerPolicies } from "./kubelet";

type Settings = Readonly<Record<string, unknown>>;

const logFormats = ["text", "json"];
/** k8s.io/component-base v0.36.3 cli/flag/ciphersuites_flag.go:133 */
const tlsVersions = ["VersionTLS10", "VersionTLS11", "VersionTLS12", "VersionTLS13"];
const proxyModes = ["iptables", "ipvs", "nftables"];
/**
 * kOps refuses NoSwap, the kubelet's default, for the whole cluster (pkg/apis/kops/validation/validation.go:1089); the
 * kubelet refuses UnlimitedSwap (k8s.io/kubernetes v1.36.3 pkg/kubelet/apis/config/validation/validation.go:215).
 */
const swapBehaviors = { cluster: ["LimitedSwap"], group: ["LimitedSwap", "NoSwap"] };
const second = 1_000_000_000;

export function checkPrograms(cluster: ResolvedCluster, checks: Checks): void {
  const { clusterSpec } = cluster;
  const { kubeAPIServer, kubeControllerManager, kubeScheduler, kubeProxy } = clusterSpec;
  for (const [name, settings] of Object.entries({ kubeAPIServer, kubeControllerManager, kubeScheduler, kubeProxy })) {
    checkFlags(`clusterSpec.${name}`, settings, checks);
  }
  const isUsed = { holds: usesKubeProxy(cluster), text: "the CNI does not take the place of kube-proxy" };
  checks.onlyIf("clusterSpec.kubeProxy", kubeProxy, isUsed);
  checkKubeProxy(kubeProxy, checks);
  checkKubelet("clusterSpec.kubelet", clusterSpec.kubelet, checks);
  checkKubelet("clusterSpec.masterKubelet", clusterSpec.masterKubelet, checks);
}

/** Of the cluster, or of a group, whose settings lie over the cluster's. */
export function checkKubelet(path: string, settings: Settings | undefined, checks: Checks): void {
  if (settings === undefined) return;
  checkFlags(path, settings, checks);
  const { topologyManagerPolicy, memorySwapBehavior } = settings;
  const policy = text(topologyManagerPolicy);
  checks.oneOf(`${path}.topologyManagerPolicy`, policy, topologyManagerPolicies, "unknown policy");
  const behaviors = path.startsWith("clusterSpec.") ? swapBehaviors.cluster : swapBehaviors.group;
  checks.oneOf(`${path}.memorySwapBehavior`, text(memorySwapBehavior), behaviors, "unknown behavior");
  checkShutdown(path, settings, checks);
  const restart = "crashLoopBackOffMaxContainerRestartPeriod";
  const period = text(settings[restart]);
  const length = period === undefined ? undefined : nanoseconds(period);
  if (length !== undefined && (length < second || length > 300 * second)) {
    checks.problem(`${path}.${restart}`, "out of range", period, "must be between 1s and 300s");
  }
}

/** kops pkg/apis/kops/validation/validation.go:1070; without the first of the two, kOps panics. */
function checkShutdown(path: string, settings: Settings, checks: Checks): void {
  const [all, critical] = ["shutdownGracePeriod", "shutdownGracePeriodCriticalPods"] as const;
  const needed = { holds: settings[critical] !== undefined, text: `${critical} is set` };
  checks.requiredWhen(`${path}.${all}`, settings[all], needed, "a duration, which includes that of critical pods");
  const [whole, part] = [text(settings[all]), text(settings[critical])];
  if (whole === undefined || part === undefined) return;
  const [wholeLength, partLength] = [nanoseconds(whole), nanoseconds(part)];
  if (wholeLength !== undefined && partLength !== undefined && partLength > wholeLength) {
    checks.problem(`${path}.${critical}`, "longer than the whole", part, `must be at most ${all}, ${whole}`);
  }
}

function checkKubeProxy(settings: Settings | undefined, checks: Checks): void {
  const path = "clusterSpec.kubeProxy";
  checks.oneOf(`${path}.proxyMode`, text(settings?.["proxyMode"]), proxyModes, "unknown mode");
  const excluded = settings?.["ipvsExcludeCidrs"];
  for (const [range, rangePath] of checks.items(`${path}.ipvsExcludeCidrs`, Array.isArray(excluded) ? excluded : [])) {
    const rule = "must be an IPv4 or IPv6 range such as 10.0.0.0/8";
    if (typeof range === "string") checkRange(rangePath, range, rule, checks);
  }
}

/** Flags that all of them have; a program does not start with a value that it does not know. */
function checkFlags(path: string, settings: Settings | undefined, checks: Checks): void {
  if (settings === undefined) return;
  checks.oneOf(`${path}.logFormat`, text(settings["logFormat"]), logFormats, "unknown format");
  checks.oneOf(`${path}.tlsMinVersion`, text(settings["tlsMinVersion"]), tlsVersions, "unknown version");
  const gates = settings["featureGates"];
  if (typeof gates !== "object" || gates === null) return;
  for (const [, value, gatePath] of fields(`${path}.featureGates`, gates as Readonly<Record<string, unknown>>)) {
    checks.oneOf(gatePath, text(value), ["true", "false"]);
  }
}

/** Empty is the same as left out: kOps leaves out an empty text. */
function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
