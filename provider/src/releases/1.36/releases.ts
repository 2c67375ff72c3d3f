/** Releases: which kOps, Kubernetes and Karpenter versions go together, and the defaults that belong to them. */

export interface KopsRelease {
  readonly version: string;
  readonly defaultKubernetesVersion: string;
  /** By minor version: the patch releases whose files the release has hashes for, oldest first. */
  readonly kubernetesVersions: Readonly<Record<string, readonly string[]>>;
  readonly karpenterVersion: string;
  /** By Kubernetes minor version. */
  readonly etcdVersions: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<"amd64" | "arm64", string>>;
}

export const legacyKarpenterBelow = "1.34.0";

export const kopsReleases: Readonly<Record<string, KopsRelease>> = {
  "1.36.2": {
    version: "1.36.2",
    // kops v1.36.2 channels/stable:204: the range that holds 1.36.2
    defaultKubernetesVersion: "1.35.5",
    // kops v1.36.2 pkg/assets/assetdata/k8s-1.34.yaml, k8s-1.35.yaml, k8s-1.36.yaml
    kubernetesVersions: {
      "1.34": ["1.34.0", "1.34.1", "1.34.2", "1.34.3", "1.34.4", "1.34.5", "1.34.6", "1.34.7", "1.34.8"],
      "1.35": ["1.35.0", "1.35.1", "1.35.2", "1.35.3", "1.35.4", "1.35.5"],
      "1.36": ["1.36.0", "1.36.1"],
    },
    // kops v1.36.2 pkg/model/components/karpenter.go:39
    karpenterVersion: "1.13.0",
    // kops v1.36.2 pkg/model/components/etcd.go:31
    etcdVersions: { "1.34": "3.6.12", "1.35": "3.6.12", "1.36": "3.6.12" },
    // kops v1.36.2 channels/stable, spec.images for aws, kubernetesVersion >=1.32.0
    images: {
      amd64: "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218",
      arm64: "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20260218",
    },
  },
};

export const defaultKopsVersion = "1.36.2";

export function kopsRelease(version: string): KopsRelease {
  const release = kopsReleases[version];
  if (release === undefined) {
    throw new Error(`bug: kOps release ${version} got past validation`);
  }
  return release;
}

/** `1.35` of `1.35.5`. */
export function minorVersion(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** The oldest Karpenter that a Kubernetes minor version works with: Karpenter's compatibility matrix. */
export const oldestKarpenterByKubernetes: Readonly<Record<string, string>> = {
  "1.34": "1.6.0",
  "1.35": "1.9.0",
  "1.36": "1.13.0",
};

/** Charts of Karpenter's own releases. */
export const karpenterCharts = {
  controller: "oci://public.ecr.aws/karpenter/karpenter",
  crds: "oci://public.ecr.aws/karpenter/karpenter-crd",
};

/** Canonical's SSM parameters of the newest Ubuntu 24.04 image, as AMI selectors. */
export const ubuntuImageParameters = {
  amd64: "ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
  arm64: "ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id",
};

/** kops v1.36.2 pkg/model/defaults/volumes.go:26, pkg/model/awsmodel/autoscalinggroup.go:40, pkg/model/master_volumes.go:42 */
export const volumeDefaults = {
  type: "gp3",
  controlPlaneSize: 64,
  nodeSize: 128,
  bastionSize: 32,
  etcdSize: 20,
  provisionedIops: 100,
  gp3Iops: 3000,
  gp3Throughput: 125,
} as const;

/** kops v1.36.2 upup/pkg/fi/cloudup/new_cluster.go:1598 */
export const etcdDefaults = {
  cpuRequests: { main: "200m", events: "100m" },
  memoryRequest: "100Mi",
  backupRetentionDays: 90,
} as const;

export const networkDefaults = {
  /** kops v1.36.2 upup/pkg/fi/cloudup/defaults.go:36 */
  cidr: "172.20.0.0/16",
  /** kops v1.36.2 upup/pkg/fi/cloudup/defaults.go:38: addresses of pods and services. */
  nonMasqueradeCidr: "100.64.0.0/10",
  /** kops v1.36.2 upup/pkg/fi/cloudup/new_cluster.go:185: who may reach the API and port 22. */
  openToAll: ["0.0.0.0/0", "::/0"],
} as const;

export const instanceTypeDefaults = { controlPlane: "t3.medium", bastion: "t3.micro" } as const;

/** kops v1.36.2 pkg/model/awsmodel/autoscalinggroup.go:211 */
export const metadataDefaults = {
  httpTokens: "required",
  httpEndpoint: "enabled",
  httpPutResponseHopLimit: 1,
} as const;
