/** Effects of changes on the options of Cilium. */
import { type ChangeRow, rollsAll, row } from "../effects";
import type { Recorded } from "../recorded";

const options = "an agent keeps its options until its node is replaced";
const apart = "nodes with the old value and nodes with the new one do not reach each other's pods";

export const ciliumRows: readonly ChangeRow[] = [
  ...[
    ...["version", "registry", "cpuRequest", "memoryRequest", "hubble.enabled", "hubble.metrics", "encryptionType"],
    ...["nodeEncryption"],
  ].map((name) => row(`cilium.${name}`, rollsAll, options)),
  stopped("tunnel"),
  ...[
    ...["enableL7Proxy", "enableLocalRedirectPolicy", "enableBPFMasquerade", "disableMasquerade"],
    ...["enableEndpointHealthChecking", "enableHostFirewall", "enableServiceTopology", "disableEndpointCRD"],
    ...["identityChangeGracePeriod", "enablePrometheusMetrics", "agentPrometheusPort", "metrics"],
    ...["monitorAggregation", "bpfLBSock", "bpfLBSockHostNSOnly", "preallocateBPFMaps", "cniExclusive"],
  ].map((name) => row(`cilium.${name}`, rollsAll, options)),
  stopped("clusterName"),
  stopped("clusterID"),
  ...[
    "toFqdnsDnsRejectResponseCode",
    ...[
      "enabled",
      "enforceHttps",
      "enableSecretsSync",
      "loadBalancerAnnotationPrefixes",
      "defaultLoadBalancerMode",
    ].map((name) => `ingress.${name}`),
    ...["ingress.sharedLoadBalancerServiceName", "gatewayAPI.enabled", "gatewayAPI.enableSecretsSync"],
    ...["agentPodAnnotations", "operatorPodAnnotations", "extraConfig"],
  ].map((name) => row(`cilium.${name}`, rollsAll, options)),
];

/** A change that splits the pod network until every agent has it. Defaults are not recorded. */
function stopped(name: string): ChangeRow {
  const path = `cilium.${name}`;
  const shown = (side: Recorded): string => (side.value(path) === undefined ? "the default" : side.shown(path));
  return row(path, "needs acknowledgement", apart, {
    effect: "needs acknowledgement",
    find: (old, next) => {
      const isCilium = [old, next].every((side) => side.text("cni") === "cilium");
      if (!isCilium || old.value(path) === next.value(path)) return [];
      return [{ path, change: `${shown(old)} to ${shown(next)}`, why: apart }];
    },
  });
}
