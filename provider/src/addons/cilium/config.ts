/** The config map `cilium-config`, which the agent and the operator read. */
import type { UnwrappedCluster } from "../../model/cluster";
import { completedCilium, isOn, sharedLoadBalancerName, sharesLoadBalancer, usesHubble } from "./settings";

export function ciliumConfigMap(cluster: UnwrappedCluster): Readonly<Record<string, string>> {
  const { config, fields } = cluster.release.addons.cilium;
  const settings = completedCilium(cluster);
  const ofFields = Object.entries(fields).flatMap(([field, key]): readonly (readonly [string, string])[] => {
    const value = settings[field];
    // What is off by default is no field of kOps's completed spec; the map has it.
    return value === undefined || typeof value === "object" ? [] : [[key, String(value)]];
  });
  return {
    ...config,
    ...Object.fromEntries(ofFields),
    "enable-ipv4-masquerade": String(settings["disableMasquerade"] !== true),
    ...featureEntries(cluster),
    ...cluster.cilium.extraConfig,
  };
}

function featureEntries(cluster: UnwrappedCluster): Readonly<Record<string, string>> {
  const { features } = cluster.release.addons.cilium;
  const { cilium } = cluster;
  const hubbleMetrics = cilium.hubble?.metrics ?? [];
  const servesEnvoy = isOn(cilium.gatewayAPI) || isOn(cilium.ingress);
  return {
    ...(usesHubble(cluster) ? features.hubble : {}),
    ...(usesHubble(cluster) && hubbleMetrics.length > 0
      ? { ...features.hubbleMetrics, "hubble-metrics": hubbleMetrics.join(" ") }
      : {}),
    ...(cilium.enablePrometheusMetrics === true ? metricsEntries(cluster) : {}),
    ...(cilium.encryptionType === undefined
      ? {}
      : { ...features.wireguard, "encrypt-node": String(cilium.nodeEncryption ?? false) }),
    ...(servesEnvoy ? features.envoy : {}),
    ...(isOn(cilium.gatewayAPI)
      ? {
          ...features.gatewayApi,
          ...entries({ "enable-gateway-api-secrets-sync": cilium.gatewayAPI?.enableSecretsSync }),
        }
      : {}),
    ...(isOn(cilium.ingress) ? ingressEntries(cluster) : {}),
  };
}

function metricsEntries({ cilium, release }: UnwrappedCluster): Readonly<Record<string, string>> {
  const metrics = cilium.metrics ?? [];
  return {
    ...release.addons.cilium.features.metrics,
    "prometheus-serve-addr": `:${cilium.agentPrometheusPort ?? release.components.cilium.agentPrometheusPort}`,
    ...(metrics.length === 0 ? {} : { metrics: metrics.join(" ") }),
  };
}

function ingressEntries(cluster: UnwrappedCluster): Readonly<Record<string, string>> {
  const { ingress } = cluster.cilium;
  return {
    ...cluster.release.addons.cilium.features.ingress,
    ...entries({
      "enable-ingress-secrets-sync": ingress?.enableSecretsSync,
      "enforce-ingress-https": ingress?.enforceHttps,
      "ingress-default-lb-mode": ingress?.defaultLoadBalancerMode,
      "ingress-lb-annotation-prefixes": ingress?.loadBalancerAnnotationPrefixes,
      "ingress-shared-lb-service-name": sharesLoadBalancer(cluster) ? sharedLoadBalancerName(cluster) : undefined,
    }),
  };
}

function entries(values: Readonly<Record<string, string | boolean | undefined>>): Readonly<Record<string, string>> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
}
