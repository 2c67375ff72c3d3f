/** The ports of services of type NodePort. */
import type { KopsRelease } from "../../releases/release";
import type { ResolvedCluster } from "../cluster";

/** Of `clusterSpec.kubeAPIServer`, in the form first-last (kops pkg/model/context.go:394). */
export function nodePortRange({
  clusterSpec,
  release,
}: Pick<ResolvedCluster, "clusterSpec" | "release">): KopsRelease["network"]["nodePorts"] {
  const given = clusterSpec.kubeAPIServer?.["serviceNodePortRange"] as string | undefined;
  if (given === undefined) return release.network.nodePorts;
  const [first, last] = given.split("-").map(Number);
  if (first === undefined || last === undefined) throw new Error(`bug: port range ${given} got past validation`);
  return { first, last };
}
