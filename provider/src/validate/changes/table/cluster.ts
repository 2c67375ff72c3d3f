/** Effects of changes on the inputs of the cluster as a whole. */
import { type ChangeRow, everyChange, rollsAll, row } from "../effects";
import { regionMoved, zoneRemoved } from "../stops/network";
import { keysChanged } from "../stops/store";
import {
  kopsDown,
  kubernetesMinorDown,
  kubernetesMinorsSkipped,
  kubernetesMinorTakenOver,
  kubernetesMinorUnwatched,
  kubernetesMinorWithWatch,
  kubernetesPatchDown,
} from "../stops/versions";

const storeMoved = {
  why: "running nodes, etcd backups and the kOps CLI use the store that the cluster was created with",
  instead: "keep the store, or create a new cluster beside this one",
};
const storeAccess = "the connection settings are in the bootstrap script of the control plane";

export const clusterRows: readonly ChangeRow[] = [
  row(
    "clusterName",
    "refused",
    "names and tags of every resource, the certificates and the paths in the state store contain it",
    everyChange("clusterName", "refused", {
      why: "names and tags of every resource, the certificates and the state store contain the name, so the buckets with keys and etcd backups would be replaced",
      instead: "create a new cluster beside this one and move the workloads",
    }),
  ),
  row(
    "zones",
    rollsAll,
    "a new zone gets its subnets; without DNS, every node is configured with the API load balancer's address in it",
    regionMoved,
    zoneRemoved,
  ),
  row(
    "kubernetesVersion",
    rollsAll,
    "the control plane first, then the nodes of every group",
    kubernetesMinorDown,
    kubernetesMinorsSkipped,
    kubernetesMinorTakenOver,
    kubernetesMinorWithWatch,
    kubernetesMinorUnwatched,
    kubernetesPatchDown,
  ),
  row("kopsVersion", rollsAll, "nodes are configured by the kOps binaries of that version", kopsDown),
  row(
    "stateStore",
    "refused",
    "nodes, etcd backups and the kOps CLI use the store that the cluster was created with",
    everyChange("stateStore", "refused", storeMoved),
    keysChanged,
  ),
  row(
    "discoveryStore",
    "refused",
    "its address is the issuer in every service-account token",
    everyChange("discoveryStore", "refused", {
      why: "its address is the issuer in every service-account token and in the trust policy of every role",
      instead: storeMoved.instead,
    }),
  ),
  row("stateStoreAccess.endpoint", "rolls the control plane", storeAccess),
  row("stateStoreAccess.region", "rolls the control plane", storeAccess),
  row("stateStoreAccess.accessKeyId", "rolls the control plane", storeAccess),
  row("stateStoreAccess.secretAccessKey", "rolls the control plane", storeAccess),
  row(
    "cni",
    "needs acknowledgement",
    "pods lose their network until another CNI takes over on every node",
    everyChange("cni", "needs acknowledgement", {
      why: "pods lose their network until another CNI takes over on every node",
    }),
  ),
  ...["env", "image", "initImage", "networkPolicyAgentImage"].map((input) =>
    row(`amazonVPC.${input}`, rollsAll, "a node keeps the network interfaces that it has until it is replaced"),
  ),
  row("serviceAccountRoles", "in place", "roles and their policies are created, updated and deleted"),
  row(
    "sshPublicKey",
    rollsAll,
    "the key pair is replaced, and an instance of an Auto Scaling group keeps the one it started with",
  ),
  row("sshAccess", "in place", "security group rules are created and deleted"),
  row("tags", rollsAll, "resources are re-tagged in place; instances get their tags when they start"),
  row("assets.kopsBaseUrl", rollsAll, "the bootstrap scripts name the files"),
  row("assets.kopsSourceUrl", "none", "it is only where the machine that runs Pulumi reads definitions of addons"),
  row("assets.fileRepository", rollsAll, "the bootstrap scripts and node configurations name the files"),
  row("assets.containerRegistry", rollsAll, "the node configurations name the images"),
  row("preflight.skip", "none", "it is only whether the inputs are looked up in AWS"),
  row("readiness.timeoutSeconds", "none", "it is only how long the update waits"),
  row("readiness.validationTimeoutSeconds", "none", "it is only how long the update waits"),
  row(
    "readiness.skip",
    "in place",
    "only the wait for the control plane, and the replacement of its instances, come or go",
  ),
  row(
    "rollingUpdate.strategy",
    "in place",
    "only who replaces instances changes; with rolling, the update also replaces those that are behind their launch template",
  ),
  ...[
    ...["drainTimeoutSeconds", "failOnDrainError", "postDrainDelaySeconds", "validationTimeoutSeconds"],
    ...["validateCount", "controlPlaneIntervalSeconds", "nodeIntervalSeconds"],
  ].map((input) => row(`rollingUpdate.${input}`, "none", "it is only how instances are replaced")),
  row("kubeconfig.lifetimeHours", "in place", "a new client certificate is issued; earlier ones stay valid"),
  ...["command", "args", "apiVersion"].map((input) =>
    row(`kubeconfig.exec.${input}`, "none", "only the output userKubeconfig changes"),
  ),
  row("kopsMetadata.instanceGroups", "none", "a group without an entry has the default metadata"),
  ...["cluster", "instanceGroups.*"].flatMap((object) =>
    ["creationTimestamp", "generation", "labels", "annotations"].map((input) =>
      row(`kopsMetadata.${object}.${input}`, "in place", "only the object's file in the state store is written anew"),
    ),
  ),
  row("acknowledge", "none", "it only lets other changes through"),
  row("deletionProtection", "in place", "only the protection in Pulumi's state changes"),
  row("retain", "in place", "only what Pulumi does on deletion changes"),
];
