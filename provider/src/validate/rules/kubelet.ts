/** Settings of the kubelet. */
import type { Kubelet } from "../../schema/types.gen";
import { show, showList } from "../report/display";
import { fields } from "./entries";
import { isQuantity, quantityRule } from "./formats";
import type { Problems } from "../report/problem";

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
/** kops v1.36.2 pkg/apis/kops/validation/validation.go:1046 */
const topologyManagerPolicies = ["none", "best-effort", "restricted", "single-numa-node"];

export function checkKubelet(kubelet: Kubelet | undefined, path: string, problems: Problems): void {
  if (kubelet === undefined) {
    return;
  }
  if (kubelet.maxPods !== undefined && kubelet.maxPods < 1) {
    problems.add(`${path}.maxPods`, `out of range, got ${kubelet.maxPods}; must be 1 or more`);
  }
  checkReserved(kubelet.systemReserved, `${path}.systemReserved`, problems);
  checkReserved(kubelet.kubeReserved, `${path}.kubeReserved`, problems);
  checkEviction(kubelet, path, problems);
  checkImageCollection(kubelet, path, problems);
  checkPolicies(kubelet, path, problems);
  for (const [gate, value, gatePath] of fields(kubelet.featureGates, `${path}.featureGates`)) {
    if (!/^[A-Z][A-Za-z0-9]*$/.test(gate)) {
      problems.add(gatePath, `not a feature gate, got ${show(gate)}; must be a name such as ImageVolume`);
    }
    if (value !== "true" && value !== "false") {
      problems.add(gatePath, `unknown value, got ${show(value)}; must be one of "true", "false"`);
    }
  }
}

function checkReserved(reserved: Kubelet["systemReserved"], path: string, problems: Problems): void {
  for (const [resource, amount, resourcePath] of fields(reserved, path)) {
    if (!reservedResources.includes(resource)) {
      problems.add(
        resourcePath,
        `unknown resource, got ${show(resource)}; must be one of ${showList(reservedResources)}`,
      );
    }
    if (!isQuantity(amount)) {
      problems.add(resourcePath, `not a quantity, got ${show(amount)}; ${quantityRule}`);
    }
  }
}

function checkEviction(kubelet: Kubelet, path: string, problems: Problems): void {
  checkThresholds(kubelet.evictionHard, `${path}.evictionHard`, problems);
  const soft = checkThresholds(kubelet.evictionSoft, `${path}.evictionSoft`, problems);
  const grace = parseSignals(kubelet.evictionSoftGracePeriod, "=");
  for (const [signal, period] of grace) {
    if (!evictionSignals.includes(signal) || !/^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/.test(period)) {
      const rule = "must be signal=duration, separated by commas, as in memory.available=1m30s";
      problems.add(
        `${path}.evictionSoftGracePeriod`,
        `not a grace period, got ${show(`${signal}=${period}`)}; ${rule}`,
      );
    }
  }
  for (const signal of soft) {
    if (!grace.some(([other]) => other === signal)) {
      const rule = "evictionSoftGracePeriod must name each signal of evictionSoft";
      problems.add(`${path}.evictionSoft`, `threshold without a grace period, got ${show(signal)}; ${rule}`);
    }
  }
}

/** Returns the signals. */
function checkThresholds(text: string | undefined, path: string, problems: Problems): readonly string[] {
  const thresholds = parseSignals(text, "<");
  for (const [signal, threshold] of thresholds) {
    const isPercentage = /^([0-9]{1,2}(\.[0-9]+)?|100)%$/.test(threshold);
    if (!evictionSignals.includes(signal) || !(isPercentage || isQuantity(threshold))) {
      const rule = `must be signal<quantity or signal<percentage, separated by commas, with the signals ${evictionSignals.join(", ")}`;
      problems.add(path, `not an eviction threshold, got ${show(`${signal}<${threshold}`)}; ${rule}`);
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

function checkImageCollection(kubelet: Kubelet, path: string, problems: Problems): void {
  // The kubelet's own: what one of them alone is held against.
  const { imageGCHighThresholdPercent: high = 85, imageGCLowThresholdPercent: low = 80 } = kubelet;
  const before = problems.all.length;
  for (const key of ["imageGCHighThresholdPercent", "imageGCLowThresholdPercent"] as const) {
    const percent = kubelet[key];
    if (percent !== undefined && (percent < 0 || percent > 100)) {
      problems.add(`${path}.${key}`, `out of range, got ${percent}; must be 0 to 100 percent`);
    }
  }
  if (problems.all.length === before && low >= high) {
    const key = kubelet.imageGCLowThresholdPercent === undefined ? "High" : "Low";
    problems.add(
      `${path}.imageGC${key}ThresholdPercent`,
      `low threshold not below the high one, got low ${low} and high ${high}; must be low below high`,
    );
  }
}

function checkPolicies(kubelet: Kubelet, path: string, problems: Problems): void {
  const { cpuManagerPolicy, topologyManagerPolicy } = kubelet;
  if (cpuManagerPolicy !== undefined && !cpuManagerPolicies.includes(cpuManagerPolicy)) {
    const allowed = `must be one of ${showList(cpuManagerPolicies)}`;
    problems.add(`${path}.cpuManagerPolicy`, `unknown policy, got ${show(cpuManagerPolicy)}; ${allowed}`);
  }
  const reservesCpu = kubelet.systemReserved?.["cpu"] !== undefined || kubelet.kubeReserved?.["cpu"] !== undefined;
  if (cpuManagerPolicy === "static" && !reservesCpu) {
    const rule = "systemReserved or kubeReserved must have cpu, or the kubelet does not start";
    problems.add(`${path}.cpuManagerPolicy`, `policy without reserved CPU, got "static"; ${rule}`);
  }
  if (topologyManagerPolicy !== undefined && !topologyManagerPolicies.includes(topologyManagerPolicy)) {
    const allowed = `must be one of ${showList(topologyManagerPolicies)}`;
    problems.add(`${path}.topologyManagerPolicy`, `unknown policy, got ${show(topologyManagerPolicy)}; ${allowed}`);
  }
}
