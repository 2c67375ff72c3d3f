import type { YamlObject } from "../../encode/yaml";
import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";
import { kopsFields } from "../../model/spec/values";

/** Validation has checked that it is a plain value. */
export function hasNodeProblemDetector({ clusterSpec }: Pick<ResolvedCluster, "clusterSpec">): boolean {
  return clusterSpec.nodeProblemDetector?.["enabled"] === true;
}

/** As the completed spec has it (kops pkg/model/components/nodeproblemdetector.go:32). */
export function nodeProblemDetectorConfig({ clusterSpec, release }: UnwrappedCluster): YamlObject | undefined {
  if (clusterSpec.nodeProblemDetector === undefined) return undefined;
  return {
    cpuRequest: "20m",
    enabled: false,
    image: release.images.nodeProblemDetector,
    memoryLimit: "100Mi",
    memoryRequest: "100Mi",
    ...kopsFields(clusterSpec.nodeProblemDetector, "NodeProblemDetectorConfig", release.spec),
  };
}
