/** Effects of changes on what is given in kOps's own terms. Nodes read their configuration, with all of it, when they boot. */
import { encryptionAdded, encryptionPath, encryptionRemoved } from "../stops/encryption";
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
  ),
  ...[...ofBoth, "kubeProxy", "ntp"].map((section) => row(`clusterSpec.${section}`, rollsAll, configuration)),
  ...["additionalSans", "kubeAPIServer", "kubeControllerManager", "kubeScheduler", "masterKubelet"].map((section) =>
    row(`clusterSpec.${section}`, "rolls the control plane", ofControlPlane),
  ),
  row("clusterSpec.etcdClusters", "rolls the control plane", "etcd-manager reads its settings when its instance boots"),
  ...[...ofBoth, "volumeMounts"].flatMap((field) => [
    row(`controlPlane.instanceGroupSpec.${field}`, "rolls the control plane", ofControlPlane),
    row(`nodeGroups.*.instanceGroupSpec.${field}`, "rolls the group's nodes", configuration),
  ]),
];
