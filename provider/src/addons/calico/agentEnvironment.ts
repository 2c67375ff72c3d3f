/** How the agent is told its options: each is a variable. */
import type { UnwrappedCluster } from "../../model/cluster";
import { configEnv, env, fieldEnv } from "../objects/containers";
import type { EnvVar } from "../objects/pods";
import { proxyEnvironment } from "../proxyEnvironment";
import { keys } from "./config";
import { config } from "./names";
import { calicoSettings, usesTypha, type CalicoSettings } from "./settings";

export function agentEnvironment(cluster: UnwrappedCluster): readonly EnvVar[] {
  const settings = calicoSettings(cluster);
  return [
    env("DATASTORE_TYPE", "kubernetes"),
    ...(usesTypha(cluster) ? [configEnv("FELIX_TYPHAK8SSERVICENAME", config, keys.typha)] : []),
    env("WAIT_FOR_DATASTORE", "true"),
    fieldEnv("NODENAME", "spec.nodeName"),
    configEnv("CALICO_NETWORKING_BACKEND", config, keys.backend),
    env("CLUSTER_TYPE", "kops,bgp"),
    ...addresses(cluster, settings),
    env("CALICO_DISABLE_FILE_LOGGING", "true"),
    env("FELIX_DEFAULTENDPOINTTOHOSTACTION", "ACCEPT"),
    env("FELIX_IPV6SUPPORT", "false"),
    env("FELIX_HEALTHENABLED", "true"),
    ...options(settings),
    ...proxyEnvironment(cluster),
  ];
}

function addresses(cluster: UnwrappedCluster, settings: CalicoSettings): readonly EnvVar[] {
  return [
    env("IP", "autodetect"),
    env("IP6", "none"),
    env("IP_AUTODETECTION_METHOD", settings.ipv4AutoDetectionMethod),
    env("IP6_AUTODETECTION_METHOD", "none"),
    env("CALICO_IPV4POOL_IPIP", settings.ipipMode),
    env("CALICO_IPV4POOL_VXLAN", "Never"),
    env("CALICO_IPV6POOL_VXLAN", "Never"),
    ...["FELIX_IPINIPMTU", "FELIX_VXLANMTU", "FELIX_WIREGUARDMTU"].map((name) => configEnv(name, config, keys.mtu)),
    env("CALICO_IPV4POOL_CIDR", cluster.network.podCidr),
  ];
}

function options(settings: CalicoSettings): readonly EnvVar[] {
  const { nftablesMode } = settings;
  const option = (name: string, value: string | number | boolean): EnvVar => env(`FELIX_${name}`, String(value));
  return [
    option("AWSSRCDSTCHECK", settings.awsSrcDstCheck),
    option("BPFENABLED", settings.bpfEnabled),
    option("BPFEXTERNALSERVICEMODE", settings.bpfExternalServiceMode),
    option("BPFKUBEPROXYIPTABLESCLEANUPENABLED", settings.bpfKubeProxyIptablesCleanupEnabled),
    option("BPFLOGLEVEL", settings.bpfLogLevel),
    option("CHAININSERTMODE", settings.chainInsertMode),
    option("IPTABLESBACKEND", settings.iptablesBackend),
    ...(nftablesMode === undefined ? [] : [option("NFTABLESMODE", nftablesMode)]),
    option("LOGSEVERITYSCREEN", settings.logSeverityScreen),
    option("PROMETHEUSMETRICSENABLED", settings.prometheusMetricsEnabled),
    option("PROMETHEUSMETRICSPORT", settings.prometheusMetricsPort),
    option("PROMETHEUSGOMETRICSENABLED", settings.prometheusGoMetricsEnabled),
    option("PROMETHEUSPROCESSMETRICSENABLED", settings.prometheusProcessMetricsEnabled),
    option("WIREGUARDENABLED", settings.wireguardEnabled),
  ];
}
