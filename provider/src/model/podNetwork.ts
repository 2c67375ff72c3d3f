/** What follows from the choice of the pod network. */
import type { Calico, Cni } from "../schema/types.gen";

/** Cilium takes its place, and so does the eBPF data plane of Calico. */
export function usesKubeProxy({ cni, calico }: { readonly cni: Cni; readonly calico: Calico }): boolean {
  return cni === "calico" ? calico.bpfEnabled !== true : cni !== "cilium";
}

/** Some bring the CNI plugins themselves (kops pkg/apis/kops/cluster.go:1004). */
const bringPlugins: readonly Cni[] = ["amazonvpc", "calico", "cilium"];

export function needsCniPlugins({ cni }: { readonly cni: Cni }): boolean {
  return !bringPlugins.includes(cni);
}

/** Pods then have addresses of the VPC, on the network interfaces of their nodes. */
export function usesVpcAddresses({ cni }: { readonly cni: Cni }): boolean {
  return cni === "amazonvpc";
}
