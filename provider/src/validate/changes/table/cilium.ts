/** Effects of changes on the options of Cilium. */
import { type ChangeRow, everyChangeFromDefault, rollsAll, row, whileNetworkIs } from "../effects";

const apart = "nodes with the old value and nodes with the new one do not reach each other's pods";

export const ciliumRows: readonly ChangeRow[] = [
  ...rolling("version", "registry", "cpuRequest", "memoryRequest"),
  ...rolling("hubble.enabled", "hubble.metrics", "encryptionType", "nodeEncryption"),
  stopped("tunnel"),
  ...rolling("enableL7Proxy", "enableLocalRedirectPolicy", "enableBPFMasquerade", "disableMasquerade"),
  ...rolling("enableEndpointHealthChecking", "enableHostFirewall", "enableServiceTopology", "disableEndpointCRD"),
  ...rolling("identityChangeGracePeriod", "enablePrometheusMetrics", "agentPrometheusPort", "metrics"),
  ...rolling("monitorAggregation", "bpfLBSock", "bpfLBSockHostNSOnly", "preallocateBPFMaps", "cniExclusive"),
  stopped("clusterName"),
  stopped("clusterID"),
  ...rolling("toFqdnsDnsRejectResponseCode"),
  ...rolling("ingress.enabled", "ingress.enforceHttps", "ingress.enableSecretsSync"),
  ...rolling("ingress.loadBalancerAnnotationPrefixes", "ingress.defaultLoadBalancerMode"),
  ...rolling("ingress.sharedLoadBalancerServiceName", "gatewayAPI.enabled", "gatewayAPI.enableSecretsSync"),
  ...rolling("agentPodAnnotations", "operatorPodAnnotations", "extraConfig"),
];

function rolling(...names: readonly string[]): readonly ChangeRow[] {
  return names.map((name) => row(`cilium.${name}`, rollsAll, "an agent keeps its options until its node is replaced"));
}

/** A change that splits the pod network until every agent has it. Defaults are not recorded. */
function stopped(name: string): ChangeRow {
  const path = `cilium.${name}`;
  const stop = everyChangeFromDefault(path, "needs acknowledgement", { why: apart });
  return row(path, "needs acknowledgement", apart, whileNetworkIs("cilium", stop));
}
