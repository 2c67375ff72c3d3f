/** Changes of the options of Calico. */
import type { ProgramInputs } from "./programInputs";

export const calicoChanges: Readonly<Record<string, readonly [from: unknown, to: unknown]>> = {
  version: [undefined, "v3.31.4"],
  registry: [undefined, "registry.example.com"],
  cpuRequest: ["250m", "100m"],
  encapsulationMode: [undefined, "ipip"],
  ipipMode: ["CrossSubnet", "Always"],
  awsSrcDstCheck: ["Disable", "DoNothing"],
  mtu: [undefined, 8981],
  wireguardEnabled: [undefined, true],
  ipv4AutoDetectionMethod: ["first-found", "interface=ens.*"],
  allowIPForwarding: [false, true],
  bpfEnabled: [false, true],
  bpfExternalServiceMode: ["Tunnel", "DSR"],
  bpfKubeProxyIptablesCleanupEnabled: [false, true],
  bpfLogLevel: ["Off", "Info"],
  chainInsertMode: ["insert", "append"],
  iptablesBackend: ["Auto", "NFT"],
  nftablesMode: ["Disabled", "Enabled"],
  logSeverityScreen: ["info", "debug"],
  prometheusMetricsEnabled: [false, true],
  prometheusMetricsPort: [9091, 9191],
  prometheusGoMetricsEnabled: [false, true],
  prometheusProcessMetricsEnabled: [false, true],
  typhaReplicas: [1, 3],
  typhaPrometheusMetricsEnabled: [false, true],
  typhaPrometheusMetricsPort: [9093, 9193],
};

export const calicoNeeds: Readonly<Record<string, ProgramInputs>> = {
  calico: { cni: "calico" },
  "calico.bpfExternalServiceMode": { calico: { bpfEnabled: true } },
  "calico.bpfKubeProxyIptablesCleanupEnabled": { calico: { bpfEnabled: true } },
  "calico.bpfLogLevel": { calico: { bpfEnabled: true } },
  "calico.prometheusMetricsPort": { calico: { prometheusMetricsEnabled: true } },
  "calico.typhaPrometheusMetricsEnabled": { calico: { typhaReplicas: 1 } },
  "calico.typhaPrometheusMetricsPort": { calico: { typhaReplicas: 1, typhaPrometheusMetricsEnabled: true } },
};
