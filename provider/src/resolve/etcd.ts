/** The two etcd clusters: a member of each on every control-plane group. */
import type { KopsRelease } from "../releases/release";
import type { ControlPlane } from "../schema/types.gen";
import type { ResolvedEtcdCluster } from "../model/cluster";
import { controlPlaneGroupName } from "../model/names";
import { minorVersion } from "../model/versions";
import { resolveVolume } from "./volumes";

export function resolveEtcdClusters(
  zones: readonly string[],
  controlPlane: ControlPlane,
  release: KopsRelease,
  kubernetesVersion: string,
): readonly ResolvedEtcdCluster[] {
  const version = etcdVersion(release, kubernetesVersion);
  const { etcd, volumes } = release.defaults;
  const names = etcdMemberNames(zones);
  // Members keep the order in which the zones were given (kops upup/pkg/fi/cloudup/new_cluster.go:1633).
  const members = zones.map((zone, index) => ({
    name: names[index] ?? zone,
    group: controlPlaneGroupName(zone),
    zone,
    volume: resolveVolume(volumes, controlPlane.etcdVolume, volumes.etcdSize),
  }));
  return (["main", "events"] as const).map((name) => ({
    name,
    version,
    cpuRequest: etcd.cpuRequests[name],
    memoryRequest: etcd.memoryRequest,
    backupRetentionDays: etcd.backupRetentionDays,
    members,
  }));
}

/**
 * The zones without the start that all share, at least one character each; one that then starts with a digit gets a
 * prefix, since it names a host (kops upup/pkg/fi/cloudup/new_cluster.go:1065).
 */
export function etcdMemberNames(zones: readonly string[]): readonly string[] {
  const first = zones[0] ?? "";
  let shared = 0;
  // The first name alone stops the trimming; the others share its start up to there and so are no shorter in practice.
  while (first.length - shared > 1 && zones.every((zone) => zone.startsWith(first.slice(0, shared + 1)))) {
    shared++;
  }
  return zones.map((zone) => {
    const rest = zone.slice(shared);
    return /^[0-9]/.test(rest) ? `etcd-${rest}` : rest;
  });
}

/** For an unknown Kubernetes version, which validation reports, that of the default one. */
function etcdVersion({ etcd, kubernetes }: KopsRelease, kubernetesVersion: string): string {
  const [minor, usual] = [kubernetesVersion, kubernetes.defaultVersion].map(minorVersion) as [string, string];
  return etcd.versions[Object.hasOwn(etcd.versions, minor) ? minor : usual] ?? "";
}
