/** kOps's node termination handler: in clusters without Karpenter, which drains nodes itself. */
import type { YamlObject } from "../encode/yaml";
import type { ResolvedCluster, UnwrappedCluster } from "./cluster";
import { kopsFields } from "./spec/values";

type Cluster = Pick<ResolvedCluster | UnwrappedCluster, "karpenter" | "clusterSpec" | "release">;

/** Validation has checked that it is a plain value. */
export function hasNodeTerminationHandler({ karpenter, clusterSpec }: Omit<Cluster, "release">): boolean {
  return !karpenter.enabled && clusterSpec.nodeTerminationHandler?.["enabled"] !== false;
}

/** As the completed spec has it (kops pkg/model/components/nodeterminationhandler.go:33). */
export function nodeTerminationConfig(cluster: UnwrappedCluster): YamlObject | undefined {
  const { clusterSpec, release } = cluster;
  const given = kopsFields(clusterSpec.nodeTerminationHandler ?? {}, "NodeTerminationHandlerSpec", release.spec);
  if (cluster.karpenter.enabled) return undefined;
  return hasNodeTerminationHandler(cluster) ? { ...release.components.nodeTerminationHandler, ...given } : given;
}

/** Instances have it that the handler may drain. */
export function handledTag(cluster: Cluster): Readonly<Record<string, string>> {
  if (!hasNodeTerminationHandler(cluster)) return {};
  const given = cluster.clusterSpec.nodeTerminationHandler?.["managedASGTag"] as string | undefined;
  const key = given ?? cluster.release.components.nodeTerminationHandler.managedASGTag;
  return key === "" ? {} : { [key]: "" };
}

/** Whether it drains nodes that AWS advises to replace. */
export function drainsAtRebalance({ clusterSpec }: Pick<Cluster, "clusterSpec">): boolean {
  return clusterSpec.nodeTerminationHandler?.["enableRebalanceDraining"] === true;
}
