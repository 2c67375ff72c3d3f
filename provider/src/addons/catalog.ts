/**
 * Which addons a cluster has, in the order of the bootstrap channel
 * (kops v1.36.2 upup/pkg/fi/cloudup/bootstrapchannelbuilder/bootstrapchannelbuilder.go:290). Karpenter is none of
 * them here: it comes from its own charts.
 */
import type { ResolvedCluster } from "../model/cluster";
import { addon, type Addon } from "./addon";
import { awsCloudControllerObjects } from "./aws-cloud-controller";
import { ciliumObjects } from "./cilium";
import { publishesDnsRecords } from "./clusterValues";
import { corednsObjects } from "./coredns";
import { dnsControllerObjects } from "./dns-controller";
import { ebsCsiObjects } from "./ebs-csi";
import { kopsControllerObjects } from "./kops-controller";
import { kubeletApiRbacObjects } from "./kubelet-api-rbac";
import { limitRangeObjects } from "./limit-range";
import { storageAwsObjects } from "./storage-aws";

export function addonsOf(cluster: ResolvedCluster): readonly Addon[] {
  return [
    kopsController(cluster),
    addon("coredns.addons.k8s.io", "k8s-1.12", corednsObjects),
    addon("kubelet-api.rbac.addons.k8s.io", "k8s-1.9", kubeletApiRbacObjects),
    addon("limit-range.addons.k8s.io", undefined, limitRangeObjects, { file: "v1.5.0" }),
    dnsController(cluster),
    addon("storage-aws.addons.k8s.io", "v1.15.0", storageAwsObjects),
    ...(cluster.cni === "cilium" ? [cilium] : []),
    addon("aws-cloud-controller.addons.k8s.io", "k8s-1.18", awsCloudControllerObjects, { needs: ["accountId"] }),
    addon("aws-ebs-csi-driver.addons.k8s.io", "k8s-1.17", ebsCsiObjects, { needs: ["accountId"] }),
  ];
}

function kopsController(cluster: ResolvedCluster): Addon {
  return addon("kops-controller.addons.k8s.io", "k8s-1.16", kopsControllerObjects, {
    needsRollingUpdate: "control-plane",
    needs: cluster.stores.s3Compatible ? ["stateStore", "storeAccess"] : ["stateStore"],
  });
}

/** Empty without records of its own, and then pruning removes what an earlier configuration left. */
function dnsController(cluster: ResolvedCluster): Addon {
  const name = "dns-controller.addons.k8s.io";
  return publishesDnsRecords(cluster)
    ? addon(name, "k8s-1.12", dnsControllerObjects, { needs: ["accountId"] })
    : addon(name, "k8s-1.12", () => [], { prune: true });
}

const cilium = addon("networking.cilium.io", "k8s-1.16", ciliumObjects, {
  file: "k8s-1.16-v1.15",
  // One label for every network plugin, so that the objects of a former one are found.
  selector: { "role.kubernetes.io/networking": "1" },
  needsRollingUpdate: "all",
});
