/** Settings of the kubelet. */
import type { Kubelet } from "../../schema/types.gen";
import { fields, type Checks } from "../kit/checks";
import { featureGate, quantity } from "../kit/formats";

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: rules of spec.kubelet */
const reservedResources = ["cpu", "memory", "ephemeral-storage", "pid"];
const evictionSignals = [
  "memory.available",
  "nodefs.available",
  "nodefs.inodesFree",
  "imagefs.available",
  "imagefs.inodesFree",
  "pid.available",
];
const cpuManagerPolicies = ["none", "static"];
/** kops pkg/apis/kops/validation/validation.go:1046 */
export const topologyManagerPolicies = ["none", "best-effort", "restricted", "single-numa-node"];
/** The kubelet's own defaults, which apply when only one of the two is set. */
const imageGcDefaults = { high: 85, low: 80 };

export function checkKubelet(path: string, kubelet: Kubelet | undefined, checks: Checks): void {
  if (kubelet === undefined) {
    return;
  }
  checks.atLeast(`${path}.maxPods`, kubelet.maxPods, 1);
  checks.atLeast(`${path}.evictionMaxPodGracePeriod`, kubelet.evictionMaxPodGracePeriod, 1);
  checkReserved(`${path}.systemReserved`, kubelet.systemReserved, checks);
  checkReserved(`${path}.kubeReserved`, kubelet.kubeReserved, checks);
  checkEviction(path, kubelet, checks);
  checkImageCollection(path, kubelet, checks);
  checkPolicies(path, kubelet, checks);
  for (const [gate, value, gatePath] of fields(`${path}.featureGates`, kubelet.featureGates)) {
    checks.matches(gatePath, gate, featureGate("ImageVolume"));
    checks.oneOf(gatePath, value, ["true", "false"]);
  }
}

function checkReserved(path: string, reserved: Kubelet["systemReserved"], checks: Checks): void {
  for (const [resource, amount, resourcePath] of fields(path, reserved)) {
    checks.oneOf(resourcePath, resource, reservedResources, "unknown resource");
    checks.matches(resourcePath, amount, quantity);
  }
}

function checkEviction(path: string, kubelet: Kubelet, checks: Checks): void {
  checkThresholds(`${path}.evictionHard`, kubelet.evictionHard, checks);
  const soft = checkThresholds(`${path}.evictionSoft`, kubelet.evictionSoft, checks);
  const grace = parseSignals(kubelet.evictionSoftGracePeriod, "=");
  for (const [signal, period] of grace) {
    if (!evictionSignals.includes(signal) || !/^([0-9]{1,9}(\.[0-9]{1,9})?(ms|s|m|h))+$/.test(period)) {
      const rule = "must be signal=duration, separated by commas, as in memory.available=1m30s";
      checks.problem(`${path}.evictionSoftGracePeriod`, "invalid grace period", `${signal}=${period}`, rule);
    }
  }
  for (const signal of soft) {
    if (!grace.some(([other]) => other === signal) && checks.report.isUsable(`${path}.evictionSoftGracePeriod`)) {
      const rule = "evictionSoftGracePeriod must name each signal of evictionSoft";
      checks.problem(`${path}.evictionSoft`, "threshold without a grace period", signal, rule);
    }
  }
}

/** Returns the signals. */
function checkThresholds(path: string, text: string | undefined, checks: Checks): readonly string[] {
  const thresholds = parseSignals(text, "<");
  for (const [signal, threshold] of thresholds) {
    const isPercentage = /^([0-9]{1,2}(\.[0-9]{1,2})?|100(\.0{1,2})?)%$/.test(threshold);
    if (!evictionSignals.includes(signal) || !(isPercentage || quantity.test(threshold))) {
      const rule = `must be signal<quantity or signal<percentage, separated by commas, with the signals ${evictionSignals.join(", ")}`;
      checks.problem(path, "invalid eviction threshold", `${signal}<${threshold}`, rule);
    }
  }
  return thresholds.map(([signal]) => signal);
}

function parseSignals(text: string | undefined, separator: string): readonly (readonly [string, string])[] {
  if (text === undefined || text === "") {
    return [];
  }
  return text.split(",").map((part) => {
    const index = part.indexOf(separator);
    return index < 0 ? [part, ""] : [part.slice(0, index), part.slice(index + 1)];
  });
}

function checkImageCollection(path: string, kubelet: Kubelet, checks: Checks): void {
  const { imageGCHighThresholdPercent: high, imageGCLowThresholdPercent: low } = kubelet;
  const [highPath, lowPath] = [`${path}.imageGCHighThresholdPercent`, `${path}.imageGCLowThresholdPercent`];
  const percentage = { least: 0, most: 100, unit: "percent" };
  checks.between(highPath, high, percentage);
  checks.between(lowPath, low, percentage);
  const [effectiveHigh, effectiveLow] = [high ?? imageGcDefaults.high, low ?? imageGcDefaults.low];
  if (effectiveLow >= effectiveHigh && checks.report.isSound(highPath, lowPath)) {
    const given = `low ${effectiveLow} and high ${effectiveHigh}`;
    const rule = "the low threshold must be below the high one";
    checks.report.add(low === undefined ? highPath : lowPath, `thresholds in the wrong order, got ${given}; ${rule}`);
  }
}

function checkPolicies(path: string, kubelet: Kubelet, checks: Checks): void {
  const { cpuManagerPolicy, topologyManagerPolicy, systemReserved, kubeReserved } = kubelet;
  checks.oneOf(`${path}.cpuManagerPolicy`, cpuManagerPolicy, cpuManagerPolicies, "unknown policy");
  const reservesCpu = systemReserved?.["cpu"] !== undefined || kubeReserved?.["cpu"] !== undefined;
  if (cpuManagerPolicy === "static" && !reservesCpu) {
    const rule = "systemReserved or kubeReserved must have cpu, or the kubelet does not start";
    checks.problem(`${path}.cpuManagerPolicy`, "policy without reserved CPU", cpuManagerPolicy, rule);
  }
  checks.oneOf(`${path}.topologyManagerPolicy`, topologyManagerPolicy, topologyManagerPolicies, "unknown policy");
}
