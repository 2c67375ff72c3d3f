/** What follows from the choice of the pod network. */
import type { Cni } from "../schema/types.gen";

/** Cilium takes its place. */
export function usesKubeProxy({ cni }: { readonly cni: Cni }): boolean {
  return cni !== "cilium";
}

/** Cilium brings the CNI plugins itself (kops pkg/apis/kops/cluster.go:1004). */
export function needsCniPlugins({ cni }: { readonly cni: Cni }): boolean {
  return cni !== "cilium";
}
