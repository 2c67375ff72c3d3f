/** The name of the cluster, its zones and its versions. */
import type { KopsRelease } from "../../releases/release";
import { kopsVersions, oldestKopsVersion, releaseOf } from "../../resolve/release";
import { minorVersion } from "../../model/versions";
import { controlPlaneGroupName, controlPlaneScalingGroupName } from "../../model/names";
import { partitionOfRegion, regionOfZone } from "../../model/zones";
import type { ClusterInputs } from "../../schema/types.gen";
import { show, showList } from "../report/display";
import { eachDuplicate, items } from "./entries";
import { compareVersions, dnsNameRule, isDnsName, parseVersion } from "./formats";
import type { Problems } from "../report/problem";

/** EC2's limit of a launch template's name, the longest of the names that AWS bounds and kOps does not shorten. */
const launchTemplateNameLimit = 128;

export function checkClusterName(name: string | undefined, zones: readonly string[], problems: Problems): void {
  if (name === undefined) {
    return;
  }
  if (!isDnsName(name)) {
    const rule = `must be a DNS name such as prod.example.com: ${dnsNameRule.replace("must be ", "")}`;
    problems.add("clusterName", `not a DNS name, got ${show(name)}; ${rule}`);
    return;
  }
  if (!name.includes(".")) {
    problems.add("clusterName", `only one label, got ${show(name)}; must have at least two, as in prod.example.com`);
  }
  const longestZone = zones.reduce((longest, zone) => (zone.length > longest.length ? zone : longest), "us-east-1a");
  const fixed = controlPlaneScalingGroupName("", controlPlaneGroupName(longestZone)).length;
  if (fixed + name.length > launchTemplateNameLimit) {
    const most = launchTemplateNameLimit - fixed;
    problems.add(
      "clusterName",
      `too long, got ${name.length} characters; must be at most ${most}, so that the names of launch templates fit`,
    );
  }
}

/** Returns the zones that are well-formed. */
export function checkZones(zones: readonly string[] | undefined, problems: Problems): readonly string[] {
  if (zones === undefined) {
    return [];
  }
  if (zones.length === 0) {
    problems.add("zones", "empty, got no zones; must have at least one availability zone such as us-east-1a");
  }
  const entries = items(zones, "zones");
  let region: string | undefined;
  for (const [zone, path] of entries) {
    const zoneRegion = regionOfZone(zone);
    if (zoneRegion === undefined) {
      problems.add(
        path,
        `not an availability zone, got ${show(zone)}; must be a region and a letter, as in us-east-1a`,
      );
    } else if (partitionOfRegion(zoneRegion) === undefined) {
      problems.add(
        path,
        `zone of an isolated region, got ${show(zone)}; must be in a public, China or GovCloud region`,
      );
    } else if (region !== undefined && zoneRegion !== region) {
      problems.add(path, `another region than the zones before it, got ${show(zone)}; must be in ${region}`);
    } else {
      region = zoneRegion;
    }
  }
  eachDuplicate(entries, (zone, path, first) => {
    problems.add(path, `given twice, got ${show(zone)}; it is already in ${first}`);
  });
  return entries.map(([zone]) => zone).filter((zone) => regionOfZone(zone) !== undefined);
}

export function checkVersions(inputs: Partial<ClusterInputs>, problems: Problems): void {
  if (!checkKopsVersion(inputs.kopsVersion, problems)) {
    return;
  }
  const release = releaseOf(inputs.kopsVersion);
  const kubernetes = inputs.kubernetesVersion ?? release.kubernetes.defaultVersion;
  const supported = Object.values(release.kubernetes.versions).flat();
  if (!supported.includes(kubernetes)) {
    problems.add("kubernetesVersion", kubernetesProblem(kubernetes, release));
  }
  checkKarpenterVersion(inputs.karpenter?.version, minorVersion(kubernetes), release.karpenter, problems);
}

/** Whether it is one that there are facts for. */
function checkKopsVersion(version: string | undefined, problems: Problems): boolean {
  if (version === undefined || kopsVersions.includes(version)) {
    return true;
  }
  const parsed = parseVersion(version);
  const oldest = parseVersion(oldestKopsVersion);
  const allowed = `must be one of ${showList(kopsVersions)}`;
  const isLegacy = parsed !== undefined && oldest !== undefined && compareVersions(parsed, oldest) < 0;
  problems.add(
    "kopsVersion",
    isLegacy
      ? `kOps before 1.34 has the legacy Karpenter integration, got ${show(version)}; ${allowed}`
      : `unknown kOps release, got ${show(version)}; ${allowed}`,
  );
  return false;
}

function kubernetesProblem(version: string, release: KopsRelease): string {
  const allowed = Object.entries(release.kubernetes.versions)
    .map(([, patches]) => `${patches[0] ?? ""} to ${patches[patches.length - 1] ?? ""}`)
    .join(", ");
  const prefix = version.startsWith("v") ? "must be without the v, and " : "must be ";
  return `not a Kubernetes version of kOps ${release.version}, got ${show(version)}; ${prefix}one of ${allowed}`;
}

function checkKarpenterVersion(
  version: string | undefined,
  kubernetesMinor: string,
  { version: usual, oldestByKubernetes }: KopsRelease["karpenter"],
  problems: Problems,
): void {
  if (version === undefined) {
    return;
  }
  const path = "karpenter.version";
  const parsed = parseVersion(version);
  if (parsed === undefined) {
    problems.add(
      path,
      `not a Karpenter version, got ${show(version)}; must be major.minor.patch without v, as in ${usual}`,
    );
    return;
  }
  if (parsed.major < 1) {
    problems.add(path, `legacy Karpenter, got ${show(version)}; must be 1.0 or later, whose API is karpenter.sh/v1`);
    return;
  }
  const oldest = Object.hasOwn(oldestByKubernetes, kubernetesMinor)
    ? parseVersion(oldestByKubernetes[kubernetesMinor] ?? "")
    : undefined;
  if (oldest !== undefined && compareVersions(parsed, oldest) < 0) {
    const least = `${oldest.major}.${oldest.minor}`;
    problems.add(path, `too old for Kubernetes ${kubernetesMinor}, got ${show(version)}; must be ${least} or later`);
  }
}
