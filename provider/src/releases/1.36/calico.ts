import type { KopsRelease } from "../release";
import { versions } from "./versions.gen";

/** upup/models/cloudup/resources/addons/networking.projectcalico.org/k8s-1.25.yaml.template:73 and :7080 */
export const calico: KopsRelease["addons"]["calico"] = {
  cniVersion: "0.3.1",
  defaults: {
    allowIPForwarding: false,
    awsSrcDstCheck: "Disable",
    bpfEnabled: false,
    bpfExternalServiceMode: "Tunnel",
    bpfKubeProxyIptablesCleanupEnabled: false,
    bpfLogLevel: "Off",
    chainInsertMode: "insert",
    cpuRequest: "250m",
    // pkg/model/components/calico.go:38
    encapsulationMode: "ipip",
    ipipMode: "CrossSubnet",
    iptablesBackend: "Auto",
    ipv4AutoDetectionMethod: "first-found",
    logSeverityScreen: "info",
    mtu: 0,
    prometheusGoMetricsEnabled: false,
    prometheusMetricsEnabled: false,
    prometheusMetricsPort: 9091,
    prometheusProcessMetricsEnabled: false,
    registry: "docker.io",
    typhaPrometheusMetricsEnabled: false,
    typhaPrometheusMetricsPort: 9093,
    typhaReplicas: 0,
    version: versions.calico,
    wireguardEnabled: false,
  },
};
