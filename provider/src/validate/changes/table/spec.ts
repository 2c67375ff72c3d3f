/** Effects of changes on what is given in kOps's own terms. Nodes read their configuration, with all of it, when they boot. */
import {
  encryptionAdded,
  encryptionKeyFirst,
  encryptionKeyRemoved,
  encryptionPath,
  encryptionRemoved,
} from "../stops/encryption";
import {
  loadBalancerControllerAdded,
  loadBalancerControllerPath,
  certManagerAdded,
  certManagerPath,
  podIdentityAdded,
  podIdentityPath,
} from "../stops/addons";
import { type ChangeRow, rollsAll, row } from "../effects";

const configuration = "it is in the configuration that nodes boot with";
const ofControlPlane = "it is in the configuration that control-plane nodes boot with";

const ofBoth = ["containerd", "fileAssets", "hooks", "kubelet", "packages", "sysctlParameters", "updatePolicy"];

export const specRows: readonly ChangeRow[] = [
  row(
    encryptionPath,
    "rolls the control plane",
    "control-plane nodes read it when they boot, and know it by its hash",
    encryptionAdded,
    encryptionRemoved,
    encryptionKeyRemoved,
    encryptionKeyFirst,
  ),
  ...[...ofBoth, "kubeProxy", "ntp"].map((section) => row(`clusterSpec.${section}`, rollsAll, configuration)),
  ...["additionalSans", "kubeAPIServer", "kubeControllerManager", "kubeScheduler", "masterKubelet"].map((section) =>
    row(`clusterSpec.${section}`, "rolls the control plane", ofControlPlane),
  ),
  row("clusterSpec.etcdClusters", "rolls the control plane", "etcd-manager reads its settings when its instance boots"),
  row(
    "clusterSpec.api",
    "rolls the control plane",
    "control-plane instances start with the load balancer's additional security groups; the load balancer itself changes in place",
  ),
  row("clusterSpec.egressProxy", rollsAll, "the bootstrap scripts and node configurations have the proxy"),
  row(
    "clusterSpec.kubeDNS",
    rollsAll,
    "with node-local DNS, the kubelet of every node gives pods another DNS server; other settings only update CoreDNS",
  ),
  row("clusterSpec.metricsServer", "rolls the control plane", "the API server gets a flag for it"),
  row(
    "clusterSpec.authentication",
    "rolls the control plane",
    "the API server gets a flag for it, and keeps its users where only settings of the addon change; an identity mapping that is removed stays in the cluster, and so does its access, until you delete its IAMIdentityMapping",
  ),
  row(podIdentityPath, "in place", "the control plane applies the addon's manifest", podIdentityAdded),
  row(
    "clusterSpec.nodeTerminationHandler",
    rollsAll,
    "the tag by which the handler knows instances comes or goes; other settings only update the handler",
  ),
  row(
    certManagerPath,
    "in place",
    "the control plane applies the addon's manifest; one that is switched off stays in the cluster",
    certManagerAdded,
  ),
  row(
    loadBalancerControllerPath,
    "in place",
    "the control plane applies the addon's manifest, and its role changes; one that is switched off stays in the cluster, without its role",
    loadBalancerControllerAdded,
  ),
  row(
    "clusterSpec.snapshotController",
    "in place",
    "the control plane applies its manifest and that of the EBS driver, whose role may then take snapshots; one that is switched off stays in the cluster",
  ),
  ...["cloudControllerManager", "nodeProblemDetector"].map((section) =>
    row(`clusterSpec.${section}`, "in place", "the control plane applies the addon's manifest"),
  ),
  row("clusterSpec.nodePortAccess", "in place", "security group rules are created and deleted"),
  row("clusterSpec.sshKeyName", rollsAll, "an instance of an Auto Scaling group keeps the key pair it started with"),
  row("clusterSpec.additionalPolicies", "in place", "an inline policy of each role is created, updated and deleted"),
  row("clusterSpec.externalPolicies", "in place", "policies are attached, then others are detached"),
  row("clusterSpec.iam", "in place", "the boundary limits every role at once, also those of running nodes"),
  ...[...ofBoth, "volumeMounts"].flatMap((field) => [
    row(`controlPlane.instanceGroupSpec.${field}`, "rolls the control plane", ofControlPlane),
    row(`nodeGroups.*.instanceGroupSpec.${field}`, "rolls the group's nodes", configuration),
  ]),
];
