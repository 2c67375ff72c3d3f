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
  checks.between(`${path}.prometheusMetricsPort`, calico.prometheusMetricsPort, ports);
  checks.between(`${path}.typhaPrometheusMetricsPort`, calico.typhaPrometheusMetricsPort, ports);
  checks.atLeast(`${path}.typhaReplicas`, calico.typhaReplicas, 0);
}

/** Packets between pods of one subnet have the pods' addresses, unless all traffic is encapsulated. */
function checkSourceCheck({ awsSrcDstCheck, ipipMode }: Calico, checks: Checks): void {
  const enabled = awsSrcDstCheck === "Enable" ? awsSrcDstCheck : undefined;
  const isEncapsulated = { holds: ipipMode === "Always", text: `${path}.ipipMode is "Always"` };
  checks.onlyIf(`${path}.awsSrcDstCheck`, enabled, isEncapsulated);
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
