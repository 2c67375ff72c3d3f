/** The name of the cluster, its zones and its versions. */
import type { ResolvedCluster } from "../../model/cluster";
import { controlPlaneGroupName, controlPlaneScalingGroupName } from "../../model/names";
import { isPatchOf, isVersion, minorVersion, versionAtLeast } from "../../model/versions";
import { partitionOfRegion, regionOfZone } from "../../model/zones";
import type { KopsRelease } from "../../releases/release";
import { kopsVersions, oldestKopsVersion } from "../../resolve/release";
import type { Checks } from "../kit/checks";
import { dnsNameRule, isDnsName } from "../kit/formats";
import { showList } from "../report/display";

/** EC2's limit of a launch template's name, the longest of the names that AWS bounds and kOps does not shorten. */
const launchTemplateNameLimit = 128;
const usualZone = "us-east-1a";

export function checkClusterName({ name, declared }: ResolvedCluster, checks: Checks): void {
  const path = "clusterName";
  if (!isDnsName(name)) {
    checks.problem(path, "invalid DNS name", name, `must be a DNS name such as prod.example.com: ${dnsNameRule}`);
    return;
  }
  if (!name.includes(".")) {
    checks.problem(path, "only one label", name, "must have at least two, as in prod.example.com");
  }
  const longestZone = declared.zones
    .filter((zone) => regionOfZone(zone) !== undefined)
    .reduce((longest, zone) => (zone.length > longest.length ? zone : longest), usualZone);
  const most = launchTemplateNameLimit - controlPlaneScalingGroupName("", controlPlaneGroupName(longestZone)).length;
  checks.fewerThan(path, name.length, most, "characters", "because the names of launch templates contain it");
}

export function checkZones({ declared: { zones } }: ResolvedCluster, checks: Checks): void {
  checks.notEmpty("zones", zones, `list at least one availability zone such as ${usualZone}`);
  const entries = checks.items("zones", zones);
  let region: string | undefined;
  for (const [zone, path] of entries) {
    const zoneRegion = regionOfZone(zone);
    if (zoneRegion === undefined) {
      checks.problem(path, "invalid availability zone", zone, `must be a region and a letter, as in ${usualZone}`);
    } else if (partitionOfRegion(zoneRegion) === undefined) {
      checks.problem(path, "zone of an isolated region", zone, "must be in a public, China or GovCloud region");
    } else if (region !== undefined && zoneRegion !== region) {
      checks.problem(path, "zone of another region", zone, `must be in region ${region}, like the other zones`);
    } else {
      region = zoneRegion;
    }
  }
  checks.unique(entries);
}

export function checkVersions({ declared, kubernetesVersion, release }: ResolvedCluster, checks: Checks): void {
  const { kopsVersion, karpenter } = declared;
  checkKopsVersion(kopsVersion, checks);
  if (!isPatchOf(kubernetesVersion, release.kubernetes.versions)) {
    checkKubernetesVersion(kubernetesVersion, kopsVersion ?? release.version, release, checks);
  }
  checkKarpenterVersion(karpenter?.version, kubernetesVersion, release.karpenter, checks);
}

function checkKopsVersion(version: string | undefined, checks: Checks): void {
  const isLegacy = version !== undefined && isVersion(version) && !versionAtLeast(version, oldestKopsVersion);
  if (isLegacy) {
    const what = `kOps before ${minorVersion(oldestKopsVersion)} has the legacy Karpenter integration`;
    checks.problem("kopsVersion", what, version, `must be one of ${showList(kopsVersions)}`);
  } else {
    checks.oneOf("kopsVersion", version, kopsVersions, "unknown kOps release");
  }
}

/** For an unknown kOps release, a version is held against all that there are facts for. */
function checkKubernetesVersion(version: string, kopsVersion: string, release: KopsRelease, checks: Checks): void {
  const { versions, defaultVersion } = release.kubernetes;
  const supportedBy = kopsVersion === release.version ? ` with kOps ${kopsVersion}` : "";
  const prefix = version.startsWith("v") ? "must be without the v, and " : "must be ";
  checks.problem(
    "kubernetesVersion",
    `unsupported Kubernetes version${supportedBy}`,
    version,
    `${prefix}a patch release of ${Object.keys(versions).join(", ")}, such as ${defaultVersion}`,
  );
}

function checkKarpenterVersion(
  version: string | undefined,
  kubernetesVersion: string,
  { version: usual, oldestByKubernetes }: KopsRelease["karpenter"],
  checks: Checks,
): void {
  const path = "karpenter.version";
  if (version === undefined) {
    return;
  }
  if (!isVersion(version)) {
    checks.problem(path, "invalid Karpenter version", version, `must be major.minor.patch without v, as in ${usual}`);
    return;
  }
  if (version.startsWith("0.")) {
    checks.problem(path, "legacy Karpenter", version, "must be 1.0 or later, whose API is karpenter.sh/v1");
    return;
  }
  const kubernetesMinor = minorVersion(kubernetesVersion);
  const oldest = Object.hasOwn(oldestByKubernetes, kubernetesMinor) ? oldestByKubernetes[kubernetesMinor] : undefined;
  if (oldest !== undefined && !versionAtLeast(version, oldest)) {
    const rule = `must be ${minorVersion(oldest)} or later`;
    checks.problem(path, `too old for Kubernetes ${kubernetesMinor}`, version, rule);
  }
}
