/** The other Kubernetes components: controllers, scheduler, proxy. */
import type { YamlObject } from "../../encode/yaml";
import { componentImage } from "../../model/containerImages";
import type { UnwrappedCluster } from "../../model/cluster";
import { usesKubeProxy, usesVpcAddresses } from "../../model/podNetwork";
import { overridden } from "../spec/overrides";

export function kubeControllerManagerConfig(cluster: UnwrappedCluster): YamlObject {
  return overridden(cluster, "kubeControllerManager", {
    ...cluster.release.components.kubeControllerManager,
    clusterCIDR: cluster.network.podCidr,
    clusterName: cluster.name,
    image: componentImage(cluster, "kube-controller-manager"),
  });
}

export function kubeSchedulerConfig(cluster: UnwrappedCluster): YamlObject {
  return overridden(cluster, "kubeScheduler", {
    ...cluster.release.components.kubeScheduler,
    image: componentImage(cluster, "kube-scheduler"),
  });
}

export function kubeProxyConfig(cluster: UnwrappedCluster): YamlObject {
  return overridden(cluster, "kubeProxy", {
    ...cluster.release.components.kubeProxy,
    // Addresses of pods are in no range of their own (kops pkg/model/components/kubeproxy.go:79).
    clusterCIDR: usesVpcAddresses(cluster) ? undefined : cluster.network.podCidr,
    enabled: usesKubeProxy(cluster) ? undefined : false,
    image: componentImage(cluster, "kube-proxy"),
  });
}
