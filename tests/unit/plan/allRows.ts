import { apiLoadBalancerRows } from "../../../provider/src/plan/apiLoadBalancer";
import { bastionRows } from "../../../provider/src/plan/bastion";
import { controlPlaneRows } from "../../../provider/src/plan/controlPlane";
import { dnsRows } from "../../../provider/src/plan/dns";
import { volumeRows } from "../../../provider/src/plan/etcd";
import { firewallRows } from "../../../provider/src/plan/firewall";
import { iamRows } from "../../../provider/src/plan/iam";
import { interruptionRows } from "../../../provider/src/plan/interruption";
import { networkRows } from "../../../provider/src/plan/network";
import type { ResolvedCluster } from "../../../provider/src/model/cluster";

/** The rows of everything that a cluster may have in AWS. */
export function allRows(cluster: ResolvedCluster) {
  return [
    networkRows(cluster),
    firewallRows(cluster),
    iamRows(cluster),
    volumeRows(cluster),
    apiLoadBalancerRows(cluster),
    controlPlaneRows(cluster),
    interruptionRows(cluster),
    bastionRows(cluster),
    dnsRows(cluster),
  ];
}
