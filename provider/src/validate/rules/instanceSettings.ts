/** What a node class says of its instances: network interfaces, placement, processor. */
import type { ResolvedKarpenterGroup } from "../../model/cluster";
import type { NetworkInterface, PlacementGroupSelector } from "../../schema/types.gen";
import type { Checks } from "../kit/checks";
import { pattern } from "../kit/formats";

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: the limits and patterns below */
const mostInterfaces = 150;
const placementGroupId = pattern("placement group id", /^pg-[0-9a-z]+$/, "an id such as pg-0123456789abcdef0");
const timeouts = {
  tcpEstablishedTimeout: { least: 60, most: 432_000, unit: "seconds" },
  udpStreamTimeout: { least: 60, most: 180, unit: "seconds" },
  udpTimeout: { least: 30, most: 60, unit: "seconds" },
};

export function checkInstanceSettings(path: string, group: ResolvedKarpenterGroup, checks: Checks): void {
  const { placementGroupSelector, networkInterfaces, ipPrefixCount, connectionTracking } = group.instanceSettings;
  checkPlacementGroup(`${path}.placementGroupSelector`, placementGroupSelector, checks);
  checkInterfaces(`${path}.networkInterfaces`, networkInterfaces, checks);
  checkPublicAddress(path, group, checks);
  checks.atLeast(`${path}.ipPrefixCount`, ipPrefixCount, 0);
  checkConnectionTracking(`${path}.connectionTracking`, connectionTracking, checks);
}

function checkPlacementGroup(path: string, selector: PlacementGroupSelector | undefined, checks: Checks): void {
  if (selector === undefined) {
    return;
  }
  const { name, id } = selector;
  if (name === undefined && id === undefined) {
    checks.report.add(path, "selects no placement group; set name or id");
  }
  checks.conflictsWith(`${path}.name`, name, `${path}.id`, id !== undefined);
  checks.matches(`${path}.id`, id, placementGroupId);
  if (name === "") {
    checks.problem(`${path}.name`, "invalid placement group name", name, "must not be empty");
  }
}

function checkInterfaces(path: string, interfaces: readonly NetworkInterface[] | undefined, checks: Checks): void {
  if (interfaces === undefined) {
    return;
  }
  const entries = checks.items(path, interfaces);
  checks.fewerThan(path, interfaces.length, mostInterfaces, "network interfaces");
  for (const [{ networkCardIndex, deviceIndex }, interfacePath] of entries) {
    checks.atLeast(`${interfacePath}.networkCardIndex`, networkCardIndex, 0);
    checks.atLeast(`${interfacePath}.deviceIndex`, deviceIndex, 0);
  }
  if (interfaces.length > 0 && entries.length === interfaces.length && !interfaces.some(isPrimary)) {
    const rule = 'one must have networkCardIndex 0, deviceIndex 0 and interfaceType "interface"';
    checks.report.add(path, `no primary network interface; ${rule}`);
  }
  checks.unique(
    entries.map(
      ([each, entryPath]) => [`card ${each.networkCardIndex}, device ${each.deviceIndex}`, entryPath] as const,
    ),
    "network interface",
  );
  const adapters = entries.filter(([each]) => each.interfaceType === "efa-only");
  checks.unique(
    adapters.map(([each, entryPath]) => [`card ${each.networkCardIndex}`, entryPath] as const),
    "efa-only interface of",
  );
}

function isPrimary({ networkCardIndex, deviceIndex, interfaceType }: NetworkInterface): boolean {
  return networkCardIndex === 0 && deviceIndex === 0 && interfaceType === "interface";
}

/** EC2 gives no public address to an instance that starts with several interfaces, and fails the launch. */
function checkPublicAddress(
  path: string,
  { instanceSettings, associatePublicIp }: ResolvedKarpenterGroup,
  checks: Checks,
) {
  const count = instanceSettings.networkInterfaces?.length ?? 0;
  if (count > 1 && associatePublicIp) {
    const rule = "set associatePublicIp to false, and see that the nodes reach the internet another way";
    checks.problem(`${path}.networkInterfaces`, "several interfaces on nodes with public addresses", count, rule);
  }
}

function checkConnectionTracking(
  path: string,
  tracking: ResolvedKarpenterGroup["instanceSettings"]["connectionTracking"],
  checks: Checks,
): void {
  if (tracking === undefined) {
    return;
  }
  const { tcpEstablishedTimeout, udpStreamTimeout, udpTimeout } = tracking;
  if ([tcpEstablishedTimeout, udpStreamTimeout, udpTimeout].every((timeout) => timeout === undefined)) {
    checks.report.add(path, `sets no timeout; set at least one of ${Object.keys(timeouts).join(", ")}`);
  }
  checks.between(`${path}.tcpEstablishedTimeout`, tcpEstablishedTimeout, timeouts.tcpEstablishedTimeout);
  checks.between(`${path}.udpStreamTimeout`, udpStreamTimeout, timeouts.udpStreamTimeout);
  checks.between(`${path}.udpTimeout`, udpTimeout, timeouts.udpTimeout);
}
