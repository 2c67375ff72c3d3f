/** The other Kubernetes components: controllers, scheduler, proxy, cloud controller. */
import type { YamlObject } from "../../encode/yaml";
import { imageLocation, images, kubernetesImage, type KubernetesComponent } from "../../releases/1.36/images";
import { podCidr } from "../../releases/1.36/kubernetes";
import type { SettledCluster } from "../../model/cluster";

/** kops v1.36.2 pkg/model/components/kubecontrollermanager.go:47 */
export function kubeControllerManagerConfig(cluster: SettledCluster): YamlObject {
  return {
    allocateNodeCIDRs: true,
    attachDetachReconcileSyncPeriod: "1m0s",
    cloudProvider: "external",
    clusterCIDR: podCidr,
    clusterName: cluster.name,
    configureCloudRoutes: false,
    image: componentImage("kube-controller-manager", cluster),
    leaderElection: { leaderElect: true },
    logLevel: 2,
    useServiceAccountCredentials: true,
  };
}

/** kops v1.36.2 pkg/model/components/kubescheduler.go:33 */
export function kubeSchedulerConfig(cluster: SettledCluster): YamlObject {
  return {
    image: componentImage("kube-scheduler", cluster),
    leaderElection: { leaderElect: true },
    logLevel: 2,
  };
}

/** kops v1.36.2 pkg/model/components/kubeproxy.go:33; cilium takes its place. */
export function kubeProxyConfig(cluster: SettledCluster): YamlObject {
  return {
    clusterCIDR: podCidr,
    cpuRequest: "100m",
    enabled: cluster.cni === "cilium" ? false : undefined,
    image: componentImage("kube-proxy", cluster),
    logLevel: 2,
  };
}

/** kops v1.36.2 pkg/model/components/awscloudcontrollermanager.go:35; the addon, not the spec, names a mirror. */
export function cloudControllerManagerConfig(cluster: SettledCluster): YamlObject {
  return {
    allocateNodeCIDRs: true,
    clusterCIDR: podCidr,
    clusterName: cluster.name,
    configureCloudRoutes: false,
    image: images.awsCloudController,
    leaderElection: { leaderElect: true },
  };
}

function componentImage(component: KubernetesComponent, cluster: SettledCluster): string {
  return imageLocation(kubernetesImage(component, cluster.kubernetesVersion), cluster.assets.containerRegistry);
}
