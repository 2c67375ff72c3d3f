import type { ResolvedCluster, UnwrappedCluster } from "../../model/cluster";

/** Fields of `clusterSpec.certManager`, which validation has checked. */
interface CertManagerSettings {
  readonly enabled?: boolean;
  readonly managed?: boolean;
  readonly defaultIssuer?: string;
  readonly nameservers?: readonly string[];
  readonly hostedZoneIDs?: readonly string[];
  readonly featureGates?: Readonly<Record<string, boolean>>;
}

type Cluster = Pick<ResolvedCluster | UnwrappedCluster, "clusterSpec">;

export function certManagerSettings({ clusterSpec }: Cluster): CertManagerSettings {
  return clusterSpec.certManager ?? {};
}

/** Installed by kOps, or said to be installed by the user. */
export function usesCertManager(cluster: Cluster): boolean {
  return certManagerSettings(cluster).enabled === true;
}

/** Installed by kOps: those fields are plain values. */
export function hasCertManager(cluster: Cluster): boolean {
  return usesCertManager(cluster) && certManagerSettings(cluster).managed !== false;
}
