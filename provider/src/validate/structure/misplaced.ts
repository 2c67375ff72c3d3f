/** Keys that people bring along from kOps and Karpenter, and what is true of them here. */
const ownedByComponent = "the component sets it";

export const misplacedKeys: Readonly<Record<string, string>> = {
  amiFamily: "amiFamily is always Custom and is not an input",
  amiSelectorTerms: "amiSelectorTerms is not an input; set images on the node group",
  blockDeviceMappings: "blockDeviceMappings is not an input; set rootVolume and volumes on the node group",
  clusterDNS: `clusterDNS is not an input; ${ownedByComponent} to the cluster's DNS service`,
  podsPerCore: "podsPerCore is not an input, because kOps nodes have no such setting; set kubelet.maxPods",
  instanceStorePolicy: "instanceStorePolicy is not available on a node class with amiFamily Custom and is not an input",
  instanceProfile: `instanceProfile is not an input; ${ownedByComponent} to the profile of the worker nodes`,
  role: `role is not an input; ${ownedByComponent} to the role of the worker nodes`,
  subnetSelectorTerms: "subnetSelectorTerms is not an input; set zones on the node group",
  securityGroupSelectorTerms: `securityGroupSelectorTerms is not an input; ${ownedByComponent}, and additionalSecurityGroupIds on the node group adds to it`,
  userData: `userData is not an input; ${ownedByComponent} to the group's bootstrap script, and additionalUserData on the node group adds to it`,
  nodeClassRef: `nodeClassRef is not an input; ${ownedByComponent} to the group's own node class`,
  kubelet: "kubelet is set on a node group (nodeGroups.*.kubelet), nowhere else",
  taints: "taints are set on a node group, a node pool or the control plane, nowhere else",
  labels: "labels are set on a node group, a node pool or the control plane, nowhere else",
  manager:
    "manager is set on a node group (nodeGroups.*.manager), nowhere else; the control plane is always in Auto Scaling groups",
  machineType: "machineType is not an input; set instanceTypes on a node group or instanceType on the control plane",
  useServiceAccountExternalPermissions:
    "useServiceAccountExternalPermissions is not an input; IAM roles for service accounts are always on",
  cloudLabels: "cloudLabels is not an input; set tags on the cluster or on a node group",
};
