/** Effects of changes on the control plane. */
import { type ChangeRow, everyChange, row } from "../effects";
import { etcdVolumeShrunk, membersLost, protectedMembersLost, quorumLost } from "../stops/controlPlane";

const replaced = {
  why: "EBS cannot change the encryption of a volume: it would be replaced by an empty one, and etcd would lose its data",
  instead: "create a new cluster beside this one and move the workloads",
};
const rolls = (input: string, why: string): ChangeRow => row(`controlPlane.${input}`, "rolls the control plane", why);
const withInstance = "a root volume is replaced with its instance, so it can also shrink";
const modified = "EBS modifies the volume while it is in use";

export const controlPlaneRows: readonly ChangeRow[] = [
  row(
    "controlPlane.zones",
    "rolls the control plane",
    "new zones get etcd members",
    quorumLost,
    protectedMembersLost,
    membersLost,
  ),
  rolls("instanceType", "a new launch template version has it"),
  rolls("image", "a new launch template version has it"),
  rolls("rootVolume.size", withInstance),
  rolls("rootVolume.type", withInstance),
  rolls("rootVolume.iops", withInstance),
  rolls("rootVolume.throughput", withInstance),
  rolls("rootVolume.encrypted", withInstance),
  rolls("rootVolume.kmsKeyArn", withInstance),
  row("controlPlane.etcdVolume.size", "in place", modified, etcdVolumeShrunk),
  row("controlPlane.etcdVolume.type", "in place", `${modified}, between gp2, gp3, io1 and io2`),
  row("controlPlane.etcdVolume.iops", "in place", modified),
  row("controlPlane.etcdVolume.throughput", "in place", modified),
  ...["encrypted", "kmsKeyArn"].map((input) => {
    const path = `controlPlane.etcdVolume.${input}`;
    return row(path, "refused", "EBS cannot change the encryption of a volume", everyChange(path, "refused", replaced));
  }),
  rolls("labels", "a node registers with its labels"),
  rolls("taints", "a node registers with its taints"),
  rolls("additionalSecurityGroupIds", "a new launch template version has them"),
  rolls("additionalUserData", "a new launch template version has it"),
];
