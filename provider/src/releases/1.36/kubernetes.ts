/** Kubernetes versions, and what a node runs with each. */
import { assetHashes } from "./assetHashes.gen";

const kubeletUrl = /^https:\/\/dl\.k8s\.io\/release\/v([0-9.]+)\/bin\/linux\/amd64\/kubelet$/;

/** Every version whose files kOps 1.36.2 has hashes of, oldest first. */
export const supportedKubernetesVersions: readonly string[] = Object.keys(assetHashes).flatMap((url) => {
  const version = kubeletUrl.exec(url)?.[1];
  return version === undefined ? [] : [version];
});

/** kops v1.36.2 pkg/model/components/containerd.go:55 */
export const containerd = { version: "2.2.4", runcVersion: "1.3.5" } as const;

/** kops v1.36.2 pkg/model/components/etcd.go:31: the newest release of each line that etcd-manager can run. */
export const etcdReleases = ["3.5.31", "3.6.12"] as const;

/** kops v1.36.2 pkg/model/components/etcdmanager/options.go:45: the kubelet mounts image volumes by itself from 1.36. */
export const imageVolumesOnByDefault = "1.36.0";

/** kops v1.36.2 upup/pkg/fi/cloudup/populate_cluster_spec.go:403 */
export const serviceClusterIpRange = "100.64.0.0/13";
/** kops v1.36.2 upup/pkg/fi/cloudup/populate_cluster_spec.go:394: the upper half of the addresses of pods and services. */
export const podCidr = "100.96.0.0/11";
/** kops v1.36.2 pkg/model/components/kubedns.go:47: the tenth address of that range. */
export const clusterDnsAddress = "100.64.0.10";

/** Whether a version is at least another; both `major.minor.patch`. */
export function versionAtLeast(version: string, least: string): boolean {
  const [left, right] = [version, least].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/** kops v1.36.2 pkg/model/components/defaults.go:33 */
export const clusterDomain = "cluster.local";

/** kops v1.36.2 pkg/model/components/cilium.go:42 */
export const ciliumVersion = "v1.18.6";

/** kops v1.36.2 pkg/model/components/awsebscsidriver.go:46 */
export const ebsCsiDriverVersion = "v1.58.0";
