/**
 * Effects of changes on node groups and pools. Karpenter replaces drifted nodes within the budgets of their pools, an update
 * those of Auto Scaling groups.
 */
import { type ChangeRow, row } from "../effects";
import {
  groupModeChanged,
  groupRemoved,
  managerChanged,
  nodeClassRenamed,
  nodeClassTaken,
  poolModeChanged,
  poolRemoved,
} from "../stops/nodeGroups";

const rolls = (input: string, why: string): ChangeRow => row(`nodeGroups.*.${input}`, "rolls the group's nodes", why);
const classDrift = "the node class or the launch template changes";
const ofGroup = (input: string, why: string): ChangeRow => row(`nodeGroups.*.cloudGroup.${input}`, "in place", why);
const rollsGroup = (input: string): ChangeRow => rolls(`cloudGroup.${input}`, "the launch template changes");
const withNode = "a root volume is replaced with its node, so it can also shrink";
const configuration = "a node reads its configuration when it boots";

const pool = (input: string): string => `nodeGroups.*.nodePools.*.${input}`;
const rollsPool = (input: string, why: string): ChangeRow => row(pool(input), "rolls the group's nodes", why);
const behaviour = (input: string, why: string): ChangeRow => row(pool(input), "in place", why);

export const nodeGroupRows: readonly ChangeRow[] = [
  row(
    "nodeGroups",
    "in place",
    "a new group gets its files and its Karpenter objects or Auto Scaling group",
    groupRemoved,
  ),
  row(
    "nodeGroups.*.manager",
    "needs acknowledgement",
    "the new manager launches nodes, and those of the former one are drained and terminated",
    managerChanged,
  ),
  rolls(
    "instanceTypes",
    "Karpenter replaces nodes of other types, an update all nodes of an Auto Scaling group whose first type changes",
  ),
  rolls("images", classDrift),
  row(
    "nodeGroups.*.minSize",
    "in place",
    "Karpenter or the Auto Scaling group launches or terminates the difference",
    groupModeChanged,
  ),
  row("nodeGroups.*.maxSize", "in place", "a limit stops new nodes and terminates none"),
  rolls("zones", "nodes in zones that are left out are replaced"),
  rolls("rootVolume.size", withNode),
  rolls("rootVolume.type", withNode),
  rolls("rootVolume.iops", withNode),
  rolls("rootVolume.throughput", withNode),
  rolls("rootVolume.encrypted", withNode),
  rolls("rootVolume.kmsKeyArn", withNode),
  rolls("volumes", "a volume comes and goes with its node"),
  rolls("labels", "a node registers with its labels"),
  rolls("taints", "a node registers with its taints"),
  ...[
    ...["maxPods", "systemReserved", "kubeReserved", "evictionHard", "evictionSoft", "evictionSoftGracePeriod"],
    "evictionMaxPodGracePeriod",
    ...["imageGCHighThresholdPercent", "imageGCLowThresholdPercent", "cpuCFSQuota", "cpuManagerPolicy"],
    ...["topologyManagerPolicy", "featureGates"],
  ].map((input) => rolls(`kubelet.${input}`, configuration)),
  rolls("tags", classDrift),
  rolls("metadataOptions.httpTokens", classDrift),
  row("nodeGroups.*.metadataOptions.httpEndpoint", "none", "nodes need the endpoint, so it has one valid value"),
  rolls("metadataOptions.httpPutResponseHopLimit", classDrift),
  rolls("metadataOptions.httpProtocolIpv6", classDrift),
  rolls("associatePublicIp", classDrift),
  rolls("capacityReservationSelectorTerms", "nodes in a reservation that no term selects are replaced"),
  ...["name", "id"].map((input) => rolls(`placementGroupSelector.${input}`, classDrift)),
  rolls("networkInterfaces", classDrift),
  row("nodeGroups.*.ipPrefixCount", "in place", "new nodes get the prefixes; Karpenter replaces none for them"),
  ...["tcpEstablishedTimeout", "udpStreamTimeout", "udpTimeout"].map((input) =>
    rolls(`connectionTracking.${input}`, classDrift),
  ),
  rolls("detailedMonitoring", classDrift),
  rolls("cpuOptions.nestedVirtualization", classDrift),
  rolls("enclaveOptions.enabled", classDrift),
  rolls("context", classDrift),
  rolls("additionalSecurityGroupIds", classDrift),
  rolls("additionalUserData", classDrift),
  row(
    "nodeGroups.*.nodeClassName",
    "needs acknowledgement",
    "the pools of the group are replaced, which terminates all their nodes at once",
    nodeClassTaken,
    nodeClassRenamed,
  ),
  ofGroup("capacityRebalance", "Auto Scaling follows it from then on"),
  rollsGroup("cpuCredits"),
  ofGroup("instanceProtection", "instances that run keep the protection they started with"),
  ofGroup("maxInstanceLifetime", "Auto Scaling replaces instances that are older"),
  rollsGroup("maxPrice"),
  ...[
    "onDemandAllocationStrategy",
    "onDemandBase",
    "onDemandAboveBase",
    "spotAllocationStrategy",
    "spotInstancePools",
  ].map((input) => ofGroup(`mixedInstancesPolicy.${input}`, "it decides about new instances")),
  ...["maxSurge", "maxUnavailable"].map((input) =>
    ofGroup(`rollingUpdate.${input}`, "the next replacement follows it"),
  ),
  ofGroup("suspendProcesses", "Auto Scaling follows it from then on"),
  ofGroup("targetGroupArns", "instances that run join or leave the target groups"),
  rollsGroup("tenancy"),
  ofGroup("warmPool.minSize", "Auto Scaling follows it from then on"),
  ofGroup("warmPool.maxSize", "Auto Scaling follows it from then on"),
  rolls("cloudGroup.warmPool.enableLifecycleHook", configuration),
  ofGroup("warmPool.lifecycleHookTimeout", "it is for instances that start from then on"),
  rolls("cloudGroup.warmPool.additionalImages", configuration),
  row("nodeGroups.*.nodePools", "in place", "a new pool is created", poolRemoved),
  rollsPool("architectures", "nodes that no longer match are replaced"),
  rollsPool("capacityTypes", "nodes that no longer match are replaced"),
  rollsPool("requirements", "nodes that no longer match are replaced"),
  rollsPool("labels", "a node registers with its labels"),
  rollsPool("annotations", "a node registers with its annotations"),
  rollsPool("taints", "a node registers with its taints"),
  rollsPool("startupTaints", "a node registers with its taints"),
  behaviour("limits", "a limit stops new nodes and terminates none"),
  behaviour("weight", "it decides between pools for new nodes"),
  behaviour("disruption.consolidationPolicy", "Karpenter follows it from then on"),
  behaviour("disruption.consolidateAfter", "Karpenter follows it from then on"),
  behaviour("disruption.budgets", "Karpenter follows them from then on"),
  rollsPool("expireAfter", "a node keeps the lifetime it started with"),
  rollsPool("terminationGracePeriod", "a node keeps the period it started with"),
  row(pool("replicas"), "in place", "Karpenter launches or terminates the difference", poolModeChanged),
];
