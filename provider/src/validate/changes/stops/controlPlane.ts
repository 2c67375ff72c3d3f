/** What the control plane and the data of etcd survive. */
import { fromTo, type Finding, type Stop } from "../effects";
import { showSome, without, type Recorded } from "../recorded";

const zonesPath = "controlPlane.zones";

/** Control-plane zones that go, with as many as etcd can lose: the others must still be a majority of the members. */
function lostZones(old: Recorded, next: Recorded): { readonly lost: readonly string[]; readonly bearable: number } {
  const before = old.list(zonesPath);
  // In another region every zone is another; the region's own rule says so.
  const sameRegion = old.text("region") === next.text("region");
  const lost = sameRegion ? without(before, next.list(zonesPath)) : [];
  return { lost, bearable: Math.floor((before.length - 1) / 2) };
}

function zonesFinding(old: Recorded, next: Recorded, said: Pick<Finding, "why" | "instead">): readonly Finding[] {
  return [{ path: zonesPath, change: fromTo(old, next, zonesPath), ...said }];
}

export const quorumLost: Stop = {
  effect: "refused",
  when: "if half or more of the etcd members are in zones that are removed",
  find: (old, next) => {
    const { lost, bearable } = lostZones(old, next);
    if (lost.length === 0 || lost.length <= bearable) return [];
    const before = old.list(zonesPath);
    return zonesFinding(old, next, {
      why: `it deletes the etcd volumes in ${showSome(lost)}, ${String(lost.length)} of ${String(before.length)} members, so etcd loses its ${before.length === 1 ? "data" : "quorum"}`,
      instead:
        bearable === 0
          ? `set ${zonesPath} to ${showSome(before)}; to leave a zone, grow to three zones first, then replace one zone at a time`
          : `replace one zone at a time, and wait until etcd is healthy again`,
    });
  },
};

/** The engine would refuse it too, by the state, but only after it has created the members of the new zones. */
export const protectedMembersLost: Stop = {
  effect: "refused",
  when: "if deletionProtection was on before",
  find: (old, next) => {
    const { lost, bearable } = lostZones(old, next);
    return isProtected(old) && lost.length > 0 && lost.length <= bearable
      ? zonesFinding(old, next, {
          why: `deletionProtection keeps the Auto Scaling groups and etcd volumes in ${showSome(lost)}`,
          instead: "set deletionProtection to false in an update before this one",
        })
      : [];
  },
};

function isProtected(old: Recorded): boolean {
  return old.value("deletionProtection") === true;
}

export const membersLost: Stop = {
  effect: "needs acknowledgement",
  when: "if fewer than half are",
  find: (old, next) => {
    const { lost, bearable } = lostZones(old, next);
    return !isProtected(old) && lost.length > 0 && lost.length <= bearable
      ? zonesFinding(old, next, {
          why: `it terminates the control-plane nodes in ${showSome(lost)} and deletes their etcd volumes; until the new members have joined, etcd cannot lose another`,
        })
      : [];
  },
};

const sizePath = "controlPlane.etcdVolume.size";

export const etcdVolumeShrunk: Stop = {
  effect: "refused",
  when: "if the size is smaller",
  find: (old, next) => {
    const [before, after] = [old.value(sizePath), next.value(sizePath)];
    return typeof before === "number" && typeof after === "number" && after < before
      ? [
          {
            path: sizePath,
            change: fromTo(old, next, sizePath),
            why: "EBS volumes only grow",
            instead: `keep ${String(before)}`,
          },
        ]
      : [];
  },
};
