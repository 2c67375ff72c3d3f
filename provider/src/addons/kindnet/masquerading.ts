import type { UnwrappedCluster } from "../../model/cluster";

/** Traffic that keeps the pod's address: that within the cluster (kops pkg/model/components/kindnet.go:51). */
export function kindnetMasquerading({ network }: UnwrappedCluster) {
  return { enabled: true, nonMasqueradeCIDRs: [network.cidr, network.podCidr, network.serviceCidr] };
}
