/** All addons, and which of them a cluster has. */
import type { ResolvedCluster } from "../model/cluster";
import type { Addon } from "./addon";
import { amazonVpc } from "./amazon-vpc";
import { awsCloudController } from "./aws-cloud-controller";
import { awsAuthenticator } from "./authentication-aws";
import { loadBalancerController } from "./aws-load-balancer-controller";
import { calico } from "./calico";
import { certManager } from "./cert-manager";
import { cilium } from "./cilium";
import { coredns } from "./coredns";
import { dnsController } from "./dns-controller";
import { ebsCsiDriver } from "./ebs-csi";
import { karpenter } from "./karpenter";
import { kindnet } from "./kindnet";
import { kopsController } from "./kops-controller";
import { kubeletApiRbac } from "./kubelet-api-rbac";
import { limitRange } from "./limit-range";
import { metricsServer } from "./metrics-server";
import { nodeLocalDns } from "./nodelocaldns";
import { nodeProblemDetector } from "./node-problem-detector";
import { podIdentityWebhook } from "./pod-identity-webhook";
import { nodeTerminationHandler } from "./node-termination-handler";
import { snapshotController } from "./snapshot-controller";
import { storageAws } from "./storage-aws";

/** In the order of kOps's bootstrap channel (kops upup/pkg/fi/cloudup/bootstrapchannelbuilder/bootstrapchannelbuilder.go:290). */
export const addonCatalog: readonly Addon[] = [
  kopsController,
  coredns,
  kubeletApiRbac,
  limitRange,
  dnsController,
  nodeLocalDns,
  metricsServer,
  certManager,
  nodeTerminationHandler,
  nodeProblemDetector,
  loadBalancerController,
  podIdentityWebhook,
  storageAws,
  calico,
  amazonVpc,
  kindnet,
  cilium,
  awsAuthenticator,
  awsCloudController,
  ebsCsiDriver,
  snapshotController,
  karpenter,
];

export function addonsOf(cluster: ResolvedCluster): readonly Addon[] {
  return addonCatalog.filter((addon) => addon.condition?.(cluster) ?? true);
}
