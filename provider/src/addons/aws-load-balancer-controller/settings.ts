import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";

/** Fields of `clusterSpec.awsLoadBalancerController`, which validation has checked. */
interface ControllerSettings {
  readonly enabled?: boolean;
  readonly version?: string;
  readonly enableWAF?: boolean;
  readonly enableWAFv2?: boolean;
  readonly enableShield?: boolean;
  readonly cpuRequest?: string;
  readonly cpuLimit?: string;
  readonly memoryRequest?: string;
  readonly memoryLimit?: string;
}

type Cluster = Pick<ResolvedCluster | UnwrappedCluster, "clusterSpec">;

export function controllerSettings({ clusterSpec }: Cluster): ControllerSettings {
  return clusterSpec.awsLoadBalancerController ?? {};
}

export function hasLoadBalancerController(cluster: Cluster): boolean {
  return controllerSettings(cluster).enabled === true;
}
