/** Which parts of the network hold nodes that a change would cut off. */
import { differs, fromTo, type Finding, type Stop } from "../effects";
import { showSome, texts, without, type Recorded, type RecordedPart } from "../recorded";
import { show } from "../../report/display";

const subnetsPath = "network.subnets";
/** What a change says of itself that the aws provider cannot make of a network load balancer in place. */
export const balancerReplaced =
  "it replaces the API load balancer, and with it the API's address, which nodes and kubeconfigs hold";

function sameRegion(old: Recorded, next: Recorded): boolean {
  return !differs(old, next, "region");
}

/** A region is not an input: its zones tell it. */
export const regionMoved: Stop = {
  effect: "refused",
  when: "if the region changes",
  find: (old, next) =>
    sameRegion(old, next)
      ? []
      : [
          {
            path: "zones",
            change: fromTo(old, next, "region"),
            why: "every resource of the cluster, its etcd data among them, stays in its region",
            instead: "create a new cluster beside this one and move the workloads",
          },
        ],
};

/** The aws provider replaces a network load balancer that loses a subnet, and it has one in each zone. */
export const zoneRemoved: Stop = {
  effect: "needs acknowledgement",
  when: "if a zone is removed",
  find: (old, next) => {
    const removed = sameRegion(old, next) ? without(old.list("zones"), next.list("zones")) : [];
    if (removed.length === 0) return [];
    const used = removed.filter((zone) => groupsIn(old, zone).length > 0);
    const why = [balancerReplaced];
    if (used.length > 0) {
      const groups = [...new Set(used.flatMap((zone) => groupsIn(old, zone)))].sort();
      why.push(
        `it deletes the subnets of ${showSome(used)}, where nodes of ${showSome(groups)} may run; a subnet cannot be deleted before its nodes are gone`,
      );
    }
    return [{ path: "zones", change: fromTo(old, next, "zones"), why: why.join("; ") }];
  },
};

function groupsIn(recorded: Recorded, zone: string): readonly string[] {
  return recorded
    .parts("nodeGroups")
    .filter(([, group]) => texts(group["zones"]).includes(zone))
    .map(([name]) => name);
}

/** Subnets that go or move for no other reason than that they were declared otherwise. */
export const subnetsMoved: Stop = {
  effect: "needs acknowledgement",
  when: "if a subnet is removed or its zone, range, type or ID changes",
  find: (old, next) => {
    const moved = isMovedAsAWhole(old, next) ? [] : movedSubnets(old, next);
    const shown = moved.slice(0, 3).map(({ text }) => text);
    const rest = moved.length - shown.length;
    return moved.length === 0
      ? []
      : [
          {
            path: subnetsPath,
            change: [...shown, ...(rest > 0 ? [`${String(rest)} more`] : [])].join(", "),
            why: "AWS cannot change a subnet: it is replaced, which fails while instances or load balancers use it",
          },
        ];
  },
};

/** With another VPC, range or topology, all subnets move; those inputs' own rules say so. */
function isMovedAsAWhole(old: Recorded, next: Recorded): boolean {
  return ["region", "network.cidr", "network.topology", "network.vpcId"].some((path) => differs(old, next, path));
}

function movedSubnets(old: Recorded, next: Recorded): readonly { readonly text: string }[] {
  const zones = next.list("zones");
  return old.parts(subnetsPath).flatMap(([name, before]) => {
    const after = next.part(subnetsPath, name);
    if (after === undefined) {
      // Those of a zone that is removed go with it.
      return zones.includes(String(before["zone"])) ? [{ text: `${show(name)} removed` }] : [];
    }
    const aspect = (["zone", "type", "cidr", "id"] as const).find((key) => isMoved(before, after, key));
    if (aspect === undefined) return [];
    const values = aspect === "id" ? "another subnet" : `${show(before[aspect])} to ${show(after[aspect])}`;
    return [{ text: `${show(name)} ${aspect === "id" ? "" : `${aspect} `}${values}` }];
  });
}

function isMoved(before: RecordedPart, after: RecordedPart, key: string): boolean {
  const [old, next] = [before[key], after[key]];
  return old !== undefined && next !== undefined && JSON.stringify(old) !== JSON.stringify(next);
}

/** Findings of an input that only matters where the region stays. */
export function vpcFinding(old: Recorded, next: Recorded): readonly Finding[] {
  const path = "network.vpcId";
  return differs(old, next, path)
    ? [
        {
          path,
          change: fromTo(old, next, path),
          why: "every subnet, security group, load balancer and instance is bound to its VPC",
          instead: "create a new cluster in the other VPC and move the workloads",
        },
      ]
    : [];
}
