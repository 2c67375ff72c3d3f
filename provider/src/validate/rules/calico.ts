/** The options of Calico. */
import { parseIpv4Range } from "../../model/cidr";
import type { ResolvedCluster } from "../../model/cluster";
import type { Calico } from "../../schema/types.gen";
import type { Checks } from "../kit/checks";
import { pattern, registry, type Format } from "../kit/formats";
import { checkCpuRequest } from "./requests";

const path = "calico";
const ports = { least: 1, most: 65_535 };
/** From the least of IPv4 to EC2's jumbo frames. */
const mtu = { least: 576, most: 9001 };

const severity = pattern(
  "log level",
  /^(debug|info|warning|error|fatal)$/i,
  "one of debug, info, warning, error and fatal",
);

export function checkCalico({ cni, declared, calico, release }: ResolvedCluster, checks: Checks): void {
  if (!checks.report.isUsable(path)) return;
  checks.onlyIf(path, declared.calico, { holds: cni === "calico", text: 'cni is "calico"' });
  const known = release.addons.calico.defaults.version;
  const tag = pattern("version", /^v[0-9][\w.-]{0,126}$/, `the tag of its images, such as ${known}`);
  checks.matches(`${path}.version`, calico.version, tag);
  checks.matches(`${path}.registry`, calico.registry, registry);
  checkCpuRequest(`${path}.cpuRequest`, calico.cpuRequest, checks);
  checks.between(`${path}.mtu`, calico.mtu, mtu);
  checks.matches(`${path}.ipv4AutoDetectionMethod`, calico.ipv4AutoDetectionMethod, detectionMethod);
  checks.matches(`${path}.logSeverityScreen`, calico.logSeverityScreen, severity);
  checkSourceCheck(calico, checks);
  checkDataPlane(calico, checks);
  checkMetrics(calico, checks);
}

/** Packets between pods of one subnet have the pods' addresses, unless all traffic is encapsulated. */
function checkSourceCheck({ awsSrcDstCheck, ipipMode }: Calico, checks: Checks): void {
  const enabled = awsSrcDstCheck === "Enable" ? awsSrcDstCheck : undefined;
  const isEncapsulated = { holds: ipipMode === "Always", text: `${path}.ipipMode is "Always"` };
  checks.onlyIf(`${path}.awsSrcDstCheck`, enabled, isEncapsulated);
}

function checkDataPlane(calico: Calico, checks: Checks): void {
  const isOn = { holds: calico.bpfEnabled === true, text: `${path}.bpfEnabled is true` };
  checks.onlyIf(`${path}.bpfExternalServiceMode`, calico.bpfExternalServiceMode, isOn);
  checks.onlyIf(`${path}.bpfLogLevel`, calico.bpfLogLevel, isOn);
  const cleanup = calico.bpfKubeProxyIptablesCleanupEnabled === true ? true : undefined;
  checks.onlyIf(`${path}.bpfKubeProxyIptablesCleanupEnabled`, cleanup, isOn);
}

function checkMetrics(calico: Calico, checks: Checks): void {
  const { prometheusMetricsEnabled, prometheusMetricsPort, typhaReplicas = 0 } = calico;
  const serves = { holds: prometheusMetricsEnabled === true, text: `${path}.prometheusMetricsEnabled is true` };
  checks.onlyIf(`${path}.prometheusMetricsPort`, prometheusMetricsPort, serves);
  checks.between(`${path}.prometheusMetricsPort`, prometheusMetricsPort, ports);
  checks.atLeast(`${path}.typhaReplicas`, typhaReplicas, 0);
  const typhaServes = calico.typhaPrometheusMetricsEnabled === true ? true : undefined;
  const hasTypha = { holds: typhaReplicas > 0, text: `${path}.typhaReplicas is at least 1` };
  checks.onlyIf(`${path}.typhaPrometheusMetricsEnabled`, typhaServes, hasTypha);
  const { typhaPrometheusMetricsPort } = calico;
  const text = `${path}.typhaPrometheusMetricsEnabled is true`;
  checks.onlyIf(`${path}.typhaPrometheusMetricsPort`, typhaPrometheusMetricsPort, {
    holds: typhaServes === true,
    text,
  });
  checks.between(`${path}.typhaPrometheusMetricsPort`, typhaPrometheusMetricsPort, ports);
}

/** kops pkg/apis/kops/validation/validation.go:1789; Go's regular expressions have no look-around. */
const detectionMethod: Format = {
  name: "detection method",
  test: (text) => {
    const [, method, value = ""] = /^(first-found|can-reach|interface|skip-interface)(?:=([^=]+))?$/.exec(text) ?? [];
    if (method === undefined) return false;
    if (method === "first-found") return value === "";
    return method === "can-reach" ? isIpv4Address(value) : isInterfaceList(value);
  },
  rule: "first-found, can-reach= with an IPv4 address, or interface= or skip-interface= with regular expressions separated by commas",
};

function isIpv4Address(text: string): boolean {
  return parseIpv4Range(`${text}/32`) !== undefined;
}

function isInterfaceList(text: string): boolean {
  return /^[\w.*+?^$|()[\],:-]+$/.test(text) && !text.includes("(?") && text.split(",").every(isExpression);
}

function isExpression(text: string): boolean {
  try {
    return text !== "" && new RegExp(text).source !== "";
  } catch {
    return false;
  }
}
