/** What options of Cilium add to its config map (upup/models/cloudup/resources/addons/networking.cilium.io/k8s-1.16-v1.15.yaml.template). */
import type { KopsRelease } from "../release";

type CiliumFacts = KopsRelease["addons"]["cilium"];

const tlsFolder = "/var/lib/cilium/tls/hubble";

export const ciliumPorts = {
  agentHealth: 9879,
  operator: 9234,
  operatorMetrics: 9963,
  proxyMetrics: 9964,
  hubblePeer: 4244,
  hubbleMetrics: 9965,
  hubbleRelay: 4245,
  hubbleRelayHealth: 4222,
} as const;

/** Entries that hold the value of a field of the cluster spec, by the field's name there. */
export const ciliumFields: CiliumFacts["fields"] = {
  bpfLBSock: "bpf-lb-sock",
  bpfLBSockHostNSOnly: "bpf-lb-sock-hostns-only",
  clusterID: "cluster-id",
  clusterName: "cluster-name",
  cniExclusive: "cni-exclusive",
  disableEndpointCRD: "disable-endpoint-crd",
  enableBPFMasquerade: "enable-bpf-masquerade",
  enableEndpointHealthChecking: "enable-endpoint-health-checking",
  enableHostFirewall: "enable-host-firewall",
  enableL7Proxy: "enable-l7-proxy",
  enableLocalRedirectPolicy: "enable-local-redirect-policy",
  enableServiceTopology: "enable-service-topology",
  identityChangeGracePeriod: "identity-change-grace-period",
  monitorAggregation: "monitor-aggregation",
  preallocateBPFMaps: "preallocate-bpf-maps",
  toFqdnsDnsRejectResponseCode: "tofqdns-dns-reject-response-code",
  tunnel: "tunnel-protocol",
};

export const ciliumFeatures: CiliumFacts["features"] = {
  hubble: {
    "enable-hubble": "true",
    "hubble-disable-tls": "false",
    "hubble-listen-address": `:${ciliumPorts.hubblePeer}`,
    "hubble-network-policy-correlation-enabled": "true",
    "hubble-socket-path": "/var/run/cilium/hubble.sock",
    "hubble-tls-cert-file": `${tlsFolder}/server.crt`,
    "hubble-tls-client-ca-files": `${tlsFolder}/client-ca.crt`,
    "hubble-tls-key-file": `${tlsFolder}/server.key`,
  },
  hubbleMetrics: {
    "enable-hubble-open-metrics": "false",
    "hubble-metrics-server": `:${ciliumPorts.hubbleMetrics}`,
    "hubble-metrics-server-enable-tls": "false",
  },
  metrics: {
    "controller-group-metrics": "write-cni-file sync-host-ips sync-lb-maps-with-k8s-services",
    "enable-metrics": "true",
    "operator-prometheus-serve-addr": `:${ciliumPorts.operatorMetrics}`,
    "proxy-prometheus-port": String(ciliumPorts.proxyMetrics),
  },
  wireguard: { "enable-wireguard": "true" },
  envoy: {
    "enable-envoy-config": "true",
    "envoy-config-retry-interval": "15s",
    "envoy-secrets-namespace": "kube-system",
  },
  gatewayApi: {
    "enable-gateway-api": "true",
    "enable-gateway-api-alpn": "false",
    "enable-gateway-api-app-protocol": "false",
    "enable-gateway-api-proxy-protocol": "false",
    "gateway-api-hostnetwork-enabled": "false",
    "gateway-api-hostnetwork-nodelabelselector": "",
    "gateway-api-secrets-namespace": "kube-system",
    "gateway-api-service-externaltrafficpolicy": "Cluster",
    "gateway-api-xff-num-trusted-hops": "0",
  },
  ingress: {
    "enable-ingress-controller": "true",
    "enable-ingress-proxy-protocol": "false",
    "ingress-hostnetwork-enabled": "false",
    "ingress-hostnetwork-nodelabelselector": "",
    "ingress-hostnetwork-shared-listener-port": "8080",
    "ingress-secrets-namespace": "kube-system",
  },
};
