/** The options of Cilium. */
import type { ResolvedCluster } from "../../model/cluster";
import { minorVersion } from "../../model/versions";
import type { Cilium } from "../../schema/types.gen";
import { fields, type Checks } from "../kit/checks";
import { dnsLabel, labelKey, pattern, registry, unquotedText } from "../kit/formats";
import { checkCpuRequest, checkMemoryRequest } from "./requests";

const path = "cilium";
const largestPort = 65_535;

const metric = pattern(
  "metric",
  /^[+-]?[A-Za-z][\w:=,;|./+-]*$/,
  "a name with its options, without spaces, such as drop or httpV2:exemplars=true",
);
const configKey = pattern(
  "key of a config map",
  /^[A-Za-z][A-Za-z0-9._-]{0,252}$/,
  "letters, digits, -, _ and ., starting with a letter",
);
const meshName = pattern(
  "name in a mesh",
  /^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/,
  "at most 32 lowercase letters, digits and -, starting and ending with a letter or digit",
);
const gracePeriod = pattern("duration", /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/, "a duration such as 5s or 1m30s");
const annotationPrefixes = pattern(
  "prefixes of annotations",
  /^[A-Za-z0-9./_-]+( [A-Za-z0-9./_-]+)*$/,
  "prefixes separated by single spaces",
);

export function checkCilium(cluster: ResolvedCluster, checks: Checks): void {
  const { cni, declared, cilium } = cluster;
  if (!checks.report.isUsable(path)) {
    return;
  }
  checks.onlyIf(path, declared.cilium, { holds: cni === "cilium", text: 'cni is "cilium"' });
  checkVersion(cluster, checks);
  checks.matches(`${path}.registry`, cilium.registry, registry);
  checkCpuRequest(`${path}.cpuRequest`, cilium.cpuRequest, checks);
  checkMemoryRequest(`${path}.memoryRequest`, cilium.memoryRequest, checks);
  checkDependencies(cilium, checks);
  checkMetrics(cilium, checks);
  checks.matches(`${path}.identityChangeGracePeriod`, cilium.identityChangeGracePeriod, gracePeriod);
  checks.matches(`${path}.clusterName`, cilium.clusterName, meshName);
  checks.between(`${path}.clusterID`, cilium.clusterID, { least: 1, most: 255 });
  checkIngress(cilium.ingress, checks);
  checkTexts(cilium, checks);
}

/** kops pkg/apis/kops/validation/validation.go:1333 */
function checkVersion({ cilium: { version }, release }: ResolvedCluster, checks: Checks): void {
  if (version === undefined) {
    return;
  }
  const supported = minorVersion(release.components.cilium.version.slice(1));
  const at = `${path}.version`;
  const isVersion = /^v\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version);
  if (!isVersion || minorVersion(version.slice(1)) !== supported) {
    checks.problem(at, "unsupported version", version, `must be a release of ${supported}, such as v${supported}.6`);
  }
}

function checkDependencies(cilium: Cilium, checks: Checks): void {
  const encrypts = { holds: cilium.encryptionType !== undefined, text: `${path}.encryptionType is set` };
  checks.onlyIf(`${path}.nodeEncryption`, whereTrue(cilium.nodeEncryption), encrypts);
  const balances = { holds: cilium.bpfLBSock === true, text: `${path}.bpfLBSock is true` };
  checks.onlyIf(`${path}.bpfLBSockHostNSOnly`, whereTrue(cilium.bpfLBSockHostNSOnly), balances);
  const isNamed = { holds: cilium.clusterName !== undefined, text: `${path}.clusterName is set` };
  checks.onlyIf(`${path}.clusterID`, cilium.clusterID, isNamed);
  const usesProxy = { holds: cilium.enableL7Proxy !== false, text: `${path}.enableL7Proxy is not false` };
  checks.onlyIf(`${path}.ingress`, cilium.ingress, usesProxy);
  checks.onlyIf(`${path}.gatewayAPI`, cilium.gatewayAPI, usesProxy);
}

function whereTrue(value: boolean | undefined): true | undefined {
  return value === true ? true : undefined;
}

function checkMetrics({ enablePrometheusMetrics, agentPrometheusPort, metrics, hubble }: Cilium, checks: Checks): void {
  const serves = { holds: enablePrometheusMetrics === true, text: `${path}.enablePrometheusMetrics is true` };
  checks.onlyIf(`${path}.metrics`, metrics, serves);
  checks.between(`${path}.agentPrometheusPort`, agentPrometheusPort, { least: 1, most: largestPort });
  for (const [at, list] of [
    [`${path}.metrics`, metrics],
    [`${path}.hubble.metrics`, hubble?.metrics],
  ] as const) {
    checks.matchAll(checks.items(at, list), metric);
  }
}

function checkIngress(ingress: Cilium["ingress"], checks: Checks): void {
  const at = `${path}.ingress`;
  const name = ingress?.sharedLoadBalancerServiceName;
  const isShared = ingress?.defaultLoadBalancerMode !== "dedicated";
  const text = `${at}.defaultLoadBalancerMode is not "dedicated"`;
  checks.onlyIf(`${at}.sharedLoadBalancerServiceName`, name, { holds: isShared, text });
  checks.matches(`${at}.sharedLoadBalancerServiceName`, name, dnsLabel("Service name"));
  checks.matches(`${at}.loadBalancerAnnotationPrefixes`, ingress?.loadBalancerAnnotationPrefixes, annotationPrefixes);
}

/** kOps puts annotations between quotes as they are. */
function checkTexts(cilium: Cilium, checks: Checks): void {
  for (const name of ["agentPodAnnotations", "operatorPodAnnotations"] as const) {
    for (const [key, value, at] of fields(`${path}.${name}`, cilium[name])) {
      checks.matches(at, key, labelKey("annotation key"));
      checks.matches(at, value, unquotedText);
    }
  }
  for (const [key, , at] of fields(`${path}.extraConfig`, cilium.extraConfig)) {
    checks.matches(at, key, configKey);
  }
}
