/** The control plane. */
import type { ResolvedCluster } from "../../model/cluster";
import type { Checks } from "../kit/checks";
import { checkImage, checkImageFits, checkInstanceType, checkSecurityGroups, checkUserData } from "./instances";
import { checkLabels, checkTaints } from "./scheduling";
import { checkVolume, volumeSizes } from "./volumes";
import { checkZoneList } from "./zoneList";

/** Odd numbers, so that the members of etcd have a majority. */
const zoneCounts = [1, 3, 5, 7];

export function checkControlPlane(
  { declared, controlPlaneGroups, etcdClusters, region }: ResolvedCluster,
  checks: Checks,
): void {
  const controlPlane = declared.controlPlane;
  if (controlPlane === undefined) {
    return;
  }
  const path = "controlPlane";
  const { zones, image, instanceType } = controlPlane;
  if (zones !== undefined && !zoneCounts.includes(zones.length)) {
    const rule = "must be 1, 3, 5 or 7, so that etcd has a majority";
    checks.problem(`${path}.zones`, "wrong number of control-plane zones", zones.length, rule);
  }
  checkZoneList(`${path}.zones`, zones, declared.zones, checks);
  checkInstanceType(`${path}.instanceType`, instanceType, checks);
  checkImage(`${path}.image`, image, checks);
  if (image !== undefined) {
    checkImageFits(`${path}.image`, image, controlPlaneGroups[0]?.instanceType, checks);
  }
  const rootVolume = controlPlaneGroups[0]?.rootVolume;
  const etcdVolume = etcdClusters[0]?.members[0]?.volume;
  checkVolume(
    `${path}.rootVolume`,
    controlPlane.rootVolume,
    { resolved: rootVolume, sizes: volumeSizes.root, region },
    checks,
  );
  checkVolume(
    `${path}.etcdVolume`,
    controlPlane.etcdVolume,
    { resolved: etcdVolume, sizes: volumeSizes.etcd, region },
    checks,
  );
  checkLabels(`${path}.labels`, controlPlane.labels, checks);
  checkTaints(`${path}.taints`, controlPlane.taints, checks);
  checkSecurityGroups(`${path}.additionalSecurityGroupIds`, controlPlane.additionalSecurityGroupIds ?? [], checks);
  checkUserData(`${path}.additionalUserData`, controlPlane.additionalUserData ?? [], 0, checks);
}
