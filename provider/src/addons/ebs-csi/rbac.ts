/** Accounts of the driver's pods and what they may do. */
import type { UnwrappedCluster } from "../../model/cluster";
import { kubeSystem } from "../objects/containers";
import { serviceAccount, type KubernetesObject, type ObjectMeta } from "../objects/builders";
import {
  clusterRole,
  clusterRoleBinding,
  role,
  roleBinding,
  rule,
  serviceAccountSubject,
  type PolicyRule,
} from "../objects/rbac";
import { clusterScoped, controllerAccount, namespaced, nodeAccount } from "./names";

const storage = "storage.k8s.io";
const snapshots = "snapshot.storage.k8s.io";
const groupSnapshots = "groupsnapshot.storage.k8s.io";

const attacherRules: readonly PolicyRule[] = [
  rule("", "persistentvolumes", "get list watch patch"),
  rule(storage, "csinodes", "get list watch"),
  rule(storage, "volumeattachments", "get list watch patch"),
  rule(storage, "volumeattachments/status", "patch"),
];

const nodeRules: readonly PolicyRule[] = [
  rule(storage, "volumeattachments", "get list watch"),
  rule("", "nodes", "get"),
  rule("", "nodes", "patch list watch"),
  rule(storage, "csinodes", "get"),
];

const provisionerRules: readonly PolicyRule[] = [
  rule("", "persistentvolumes", "get list watch create patch delete"),
  rule("", "persistentvolumeclaims", "get list watch update"),
  rule(storage, "storageclasses", "get list watch"),
  rule("", "events", "list watch create update patch"),
  rule(snapshots, "volumesnapshots", "get list watch update"),
  rule(snapshots, "volumesnapshotcontents", "get list"),
  rule(storage, "csinodes", "get list watch"),
  rule("", "nodes", "get list watch"),
  rule(storage, "volumeattachments", "get list watch"),
  rule(storage, "volumeattributesclasses", "get"),
];

const resizerRules: readonly PolicyRule[] = [
  rule("", "persistentvolumes", "get list watch patch"),
  rule("", "persistentvolumeclaims", "get list watch"),
  rule("", "pods", "get list watch"),
  rule("", "persistentvolumeclaims/status", "patch"),
  rule("", "events", "list watch create update patch"),
  rule(storage, "volumeattributesclasses", "get list watch"),
];

const snapshotterRules: readonly PolicyRule[] = [
  rule("", "events", "list watch create update patch"),
  rule(snapshots, "volumesnapshotclasses", "get list watch"),
  rule(snapshots, "volumesnapshotcontents", "get list watch update patch"),
  rule(snapshots, "volumesnapshotcontents/status", "update patch"),
  rule(groupSnapshots, "volumegroupsnapshotclasses", "get list watch"),
  rule(groupSnapshots, "volumegroupsnapshotcontents", "get list watch update patch"),
  rule(groupSnapshots, "volumegroupsnapshotcontents/status", "update patch"),
];

const leaseRules: readonly PolicyRule[] = [
  rule("coordination.k8s.io", "leases", "get watch list delete update create"),
];

export function accounts(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  return [controllerAccount, nodeAccount].map(({ name }) =>
    serviceAccount(namespaced(cluster, name), { automountServiceAccountToken: true }),
  );
}

const attacher = "ebs-external-attacher-role";
const nodeRole = "ebs-csi-node-role";
const provisioner = "ebs-external-provisioner-role";
const resizer = "ebs-external-resizer-role";
const snapshotter = "ebs-external-snapshotter-role";
const leases = "ebs-csi-leases-role";

export function permissions(cluster: UnwrappedCluster): readonly KubernetesObject[] {
  const scoped = (name: string): ObjectMeta => clusterScoped(cluster, name);
  const ofController = serviceAccountSubject(controllerAccount.name, kubeSystem);
  const ofNode = serviceAccountSubject(nodeAccount.name, kubeSystem);
  return [
    clusterRole(scoped(attacher), attacherRules),
    clusterRole(scoped(nodeRole), nodeRules),
    clusterRole(scoped(provisioner), provisionerRules),
    clusterRole(scoped(resizer), resizerRules),
    clusterRole(scoped(snapshotter), snapshotterRules),
    clusterRoleBinding(scoped("ebs-csi-attacher-binding"), attacher, ofController),
    clusterRoleBinding(scoped("ebs-csi-node-getter-binding"), nodeRole, ofNode),
    clusterRoleBinding(scoped("ebs-csi-provisioner-binding"), provisioner, ofController),
    clusterRoleBinding(scoped("ebs-csi-resizer-binding"), resizer, ofController),
    clusterRoleBinding(scoped("ebs-csi-snapshotter-binding"), snapshotter, ofController),
    role(namespaced(cluster, leases), leaseRules),
    roleBinding(namespaced(cluster, "ebs-csi-leases-rolebinding"), leases, ofController),
  ];
}
