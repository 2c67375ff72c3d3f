/** Effects of changes on the options of Calico. */
import { type ChangeRow, everyChangeFromDefault, rollsAll, row, whileNetworkIs } from "../effects";

const replaced = "the manifest changes, and Kubernetes replaces the pods of Calico one by one";
const poolKept =
  "Calico reads it only when it creates its address pool; change the IPPool of a running cluster as well";
const bothOrNeither =
  "until a node is replaced, it has kube-proxy and the eBPF data plane side by side, which use the same port, or neither";

export const calicoRows: readonly ChangeRow[] = [
  ...inPlace("version", "registry", "cpuRequest"),
  row("calico.encapsulationMode", "in place", "kOps uses ipip in any case"),
  row("calico.ipipMode", "in place", poolKept),
  row("calico.awsSrcDstCheck", "in place", `the roles of the nodes change, too; ${replaced}`),
  ...inPlace("mtu"),
  row("calico.wireguardEnabled", rollsAll, "it is in the configuration that nodes boot with"),
  ...inPlace("ipv4AutoDetectionMethod", "allowIPForwarding"),
  row(
    "calico.bpfEnabled",
    "needs acknowledgement",
    bothOrNeither,
    whileNetworkIs(
      "calico",
      everyChangeFromDefault("calico.bpfEnabled", "needs acknowledgement", { why: bothOrNeither }),
    ),
  ),
  ...inPlace("bpfExternalServiceMode", "bpfKubeProxyIptablesCleanupEnabled", "bpfLogLevel"),
  ...inPlace("chainInsertMode", "iptablesBackend", "nftablesMode", "logSeverityScreen"),
  ...inPlace("prometheusMetricsEnabled", "prometheusMetricsPort"),
  ...inPlace("prometheusGoMetricsEnabled", "prometheusProcessMetricsEnabled"),
  ...inPlace("typhaReplicas", "typhaPrometheusMetricsEnabled", "typhaPrometheusMetricsPort"),
];

function inPlace(...names: readonly string[]): readonly ChangeRow[] {
  return names.map((name) => row(`calico.${name}`, "in place", replaced));
}
