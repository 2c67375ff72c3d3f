/** The clusters that goldens are made of: what kOps is told, and the same told to the component. */
import { keysetNames } from "../../../provider/src/model/runtime";
import type { ClusterInputs, Keyset } from "../../../provider/src/schema/types.gen";
import { cloudCases } from "./cloudCases";
import { networkCases } from "./networkCases";
import { specCases } from "./specCases";

export type Document = Record<string, unknown> & {
  kind: string;
  metadata: { name: string };
  spec: Record<string, unknown>;
};

export interface Case {
  readonly name: string;
  /** Arguments of `kops create cluster`, beside the ones that every case has. */
  readonly args: readonly string[];
  /** Changes to the documents that `kops create cluster --dry-run` prints, for what has no argument. */
  readonly edit?: (documents: Document[]) => void;
  readonly inputs: Omit<ClusterInputs, "clusterName" | "stateStore" | "discoveryStore" | "stateStoreAccess">;
  readonly sshPublicKey?: string;
  readonly encryptionConfig?: string;
  /** False: AWS S3 and kOps's own sites, as on real AWS. */
  readonly simulatedStores?: false;
  readonly statePrefix?: string;
  /** A hosted zone that is there before the cluster; for a public one kOps asks the machine's own DNS for its NS records. */
  readonly zone?: { readonly name: string; readonly isPrivate: boolean };
  /** What is done to the keys of the finished cluster: arguments of kOps, one command each. */
  readonly keypairs?: readonly (readonly string[])[];
}

export const SSM_IMAGE = "ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id";
const CHANNEL_IMAGE = "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218";
const ARM_IMAGE = "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-20260218";
const RSA_KEY =
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCkvRsKcyemnvbgW3GtUrq5XPFHLKKnotME8L2cWXhRs1L1M2Ob9XnDlYkjmtBaCp+VrMl61AuGTCcfHO0kcWP2Y3LjsAxOA41xQOPmNV7eaO2rfeJSOhrtKDQk1FyQWC/kEulVz4a0qOON2orP4kl+zZ788XS+YVKkkktg5VkFFkaTjAJOAbxqPyLEFWmW+kl7dPSIZq90lRGWZeAk5e5VoMoM2jyPldoj9yqRbiG8X2qkVeb06W+sEam/f2A1N/AWT64DaHuVCnI4GlsuCnFgprbEI5CvC1JOksDldw6idGjp4se9yOhE78b7pyQ2OEKTT3xTTiyv7A2xqcFF03zh golden";
const ED25519_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINBkgiAiz4SWQh12zPkGCLi0UlT/DLws8b9aekDJQY96 golden";
/** Groups of the user's own. Moto gives others; these stand for them in the goldens. */
export const SECURITY_GROUPS = ["sg-0123456789abcdef0", "sg-0fedcba9876543210"] as const;
/** Of the user's own as well. */
export const KEY_PAIR = "own-key";
const [FIRST_SECURITY_GROUP, SECOND_SECURITY_GROUP] = SECURITY_GROUPS;
const KMS_KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";

// The image of the documented default group; kOps itself would take the channel's. It does not look at --node-image.
const defaultImage = [`--image=${SSM_IMAGE}`, `--control-plane-image=${CHANNEL_IMAGE}`];

export const cases: readonly Case[] = [
  {
    name: "default",
    args: ["--zones=us-east-1a", "--kubernetes-version=1.35.5", ...defaultImage],
    inputs: { zones: ["us-east-1a"] },
  },
  {
    name: "three-zones",
    args: [
      "--zones=us-east-1a,us-east-1b,us-east-1c",
      "--control-plane-zones=us-east-1a,us-east-1b,us-east-1c",
      "--kubernetes-version=1.35.5",
      ...defaultImage,
    ],
    sshPublicKey: RSA_KEY,
    inputs: {
      zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      kubernetesVersion: "1.35.5",
      controlPlane: { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
      sshPublicKey: RSA_KEY,
    },
  },
  {
    name: "cni-none",
    args: [
      "--zones=us-east-1b",
      "--networking=cni",
      "--encrypt-etcd-storage",
      "--network-cidr=10.10.0.0/16",
      "--cloud-labels=team=platform,cost-center=42",
      "--kubernetes-version=1.34.8",
      ...defaultImage,
    ],
    inputs: {
      zones: ["us-east-1b"],
      kubernetesVersion: "1.34.8",
      cni: "none",
      network: { cidr: "10.10.0.0/16" },
      controlPlane: { etcdVolume: { encrypted: true } },
      tags: { team: "platform", "cost-center": "42" },
    },
  },
  ...networkCases(defaultImage),
  {
    name: "static-group",
    args: [
      "--zones=us-east-1a",
      "--kubernetes-version=1.35.5",
      "--node-count=3",
      "--node-size=t3.large",
      "--node-volume-size=60",
      "--control-plane-size=m6i.large",
      "--control-plane-volume-size=80",
    ],
    inputs: {
      zones: ["us-east-1a"],
      kubernetesVersion: "1.35.5",
      controlPlane: { instanceType: "m6i.large", rootVolume: { size: 80 } },
      nodeGroups: {
        nodes: {
          instanceTypes: ["t3.large"],
          images: [CHANNEL_IMAGE],
          minSize: 3,
          rootVolume: { size: 60 },
        },
      },
    },
  },
  {
    // A version that kOps has no hashes for: it reads them from beside the files.
    name: "newest-kubernetes",
    args: ["--zones=us-east-1a", "--kubernetes-version=1.36.9", ...defaultImage],
    inputs: { zones: ["us-east-1a"], kubernetesVersion: "1.36.9" },
  },
  {
    name: "access-lists",
    args: [
      "--zones=us-east-1a,us-east-1d",
      "--admin-access=203.0.113.0/24,2001:db8::/32",
      "--ssh-access=198.51.100.7/32",
      "--kubernetes-version=1.35.4",
      ...defaultImage,
    ],
    inputs: {
      zones: ["us-east-1a", "us-east-1d"],
      kubernetesVersion: "1.35.4",
      api: { access: ["203.0.113.0/24", "2001:db8::/32"] },
      sshAccess: ["198.51.100.7/32"],
    },
  },
  {
    name: "mirrors",
    args: [
      "--zones=us-east-1a",
      "--kubernetes-version=1.35.5",
      "--set=cluster.spec.assets.containerRegistry=registry.example.com/mirror",
      "--set=cluster.spec.assets.fileRepository=https://files.example.com/kops",
      ...defaultImage,
    ],
    inputs: {
      zones: ["us-east-1a"],
      kubernetesVersion: "1.35.5",
      assets: { containerRegistry: "registry.example.com/mirror", fileRepository: "https://files.example.com/kops" },
    },
  },
  {
    name: "private-topology",
    args: ["--zones=us-east-1a,us-east-1b", "--topology=private", "--kubernetes-version=1.35.5", ...defaultImage],
    inputs: {
      zones: ["us-east-1a", "us-east-1b"],
      kubernetesVersion: "1.35.5",
      network: { topology: "private" },
    },
  },
  {
    name: "private-bastion",
    args: [
      "--zones=us-east-1a,us-east-1b",
      "--topology=private",
      "--api-loadbalancer-type=internal",
      "--bastion",
      `--bastion-image=${CHANNEL_IMAGE}`,
      "--kubernetes-version=1.35.5",
      ...defaultImage,
    ],
    inputs: {
      zones: ["us-east-1a", "us-east-1b"],
      kubernetesVersion: "1.35.5",
      network: { topology: "private", bastion: {} },
      api: { loadBalancer: "internal" },
    },
  },
  {
    name: "private-dns",
    args: [
      "--zones=us-east-1a,us-east-1b",
      "--topology=private",
      "--bastion",
      `--bastion-image=${CHANNEL_IMAGE}`,
      "--dns=private",
      "--dns-zone=example.com",
      "--kubernetes-version=1.35.5",
      ...defaultImage,
    ],
    zone: { name: "example.com", isPrivate: true },
    inputs: {
      zones: ["us-east-1a", "us-east-1b"],
      kubernetesVersion: "1.35.5",
      network: { topology: "private", bastion: {} },
      dns: { type: "private", zone: "example.com" },
    },
  },
  {
    name: "public-dns",
    args: [
      "--zones=us-east-1a",
      "--api-loadbalancer-type=public",
      "--dns=public",
      "--dns-zone=example.com",
      "--kubernetes-version=1.35.5",
      ...defaultImage,
    ],
    zone: { name: "example.com", isPrivate: false },
    inputs: {
      zones: ["us-east-1a"],
      kubernetesVersion: "1.35.5",
      dns: { type: "public", zone: "example.com" },
    },
  },
  {
    name: "public-sites",
    args: ["--zones=us-east-1a", "--kubernetes-version=1.35.5", ...defaultImage],
    simulatedStores: false,
    statePrefix: "teams/platform",
    inputs: { zones: ["us-east-1a"], kubernetesVersion: "1.35.5" },
  },
  {
    name: "rotated-keys",
    args: ["--zones=us-east-1a", "--kubernetes-version=1.35.5", ...defaultImage],
    // Every keyset with a key on its way in; two of them go further, and then the first gets one more.
    keypairs: [
      ["create", "keypair", "all"],
      ["promote", "keypair", "kubernetes-ca"],
      ["promote", "keypair", "service-account"],
      ["distrust", "keypair", "kubernetes-ca"],
      ["create", "keypair", "kubernetes-ca"],
    ],
    inputs: { zones: ["us-east-1a"], kubernetesVersion: "1.35.5", pki: { keysets: rotatedKeysets() } },
  },
  {
    name: "edited-groups",
    args: ["--zones=us-east-1a,us-east-1b", "--kubernetes-version=1.35.5"],
    sshPublicKey: ED25519_KEY,
    edit: editGroups,
    inputs: {
      zones: ["us-east-1a", "us-east-1b"],
      kubernetesVersion: "1.35.5",
      sshPublicKey: ED25519_KEY,
      controlPlane: {
        instanceType: "m6g.large",
        image: ARM_IMAGE,
        rootVolume: { size: 100, type: "gp3", iops: 3500, throughput: 200, encrypted: true, kmsKeyArn: KMS_KEY },
        etcdVolume: { size: 40, type: "io2", iops: 600, encrypted: true, kmsKeyArn: KMS_KEY },
        labels: { "example.com/tier": "control" },
        taints: [{ key: "example.com/quiet", value: "yes", effect: "PreferNoSchedule" }],
        additionalSecurityGroupIds: [FIRST_SECURITY_GROUP],
        additionalUserData: [
          { name: "hello.sh", type: "text/x-shellscript", content: "#!/bin/sh\necho hello\n" },
          { name: "users.yaml", type: "text/cloud-config", content: "#cloud-config\ntimezone: UTC\n" },
        ],
      },
      nodeGroups: {
        "arm-workers": {
          images: [ARM_IMAGE],
          zones: ["us-east-1b"],
          associatePublicIp: false,
          metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 2 },
        },
        batch: {
          instanceTypes: ["m6i.large", "m6i.xlarge", "c6i.xlarge"],
          images: [SSM_IMAGE],
          minSize: 2,
          maxSize: 5,
          rootVolume: { size: 200, type: "gp3", iops: 4000, throughput: 250, encrypted: true, kmsKeyArn: KMS_KEY },
          labels: { "example.com/tier": "batch", "example.com/flag": "true" },
          taints: [
            { key: "example.com/batch", value: "only", effect: "NoSchedule" },
            { key: "example.com/late", effect: "NoExecute" },
          ],
          kubelet: {
            maxPods: 60,
            systemReserved: { cpu: "100m", memory: "200Mi" },
            kubeReserved: { cpu: "150m", memory: "300Mi", "ephemeral-storage": "1Gi" },
            evictionHard: "memory.available<200Mi",
            evictionSoft: "memory.available<400Mi",
            evictionSoftGracePeriod: "memory.available=1m",
            imageGCHighThresholdPercent: 75,
            imageGCLowThresholdPercent: 65,
            cpuCFSQuota: false,
            cpuManagerPolicy: "static",
            topologyManagerPolicy: "best-effort",
            featureGates: { GracefulNodeShutdown: "true" },
          },
          tags: { "cost-center": "7", team: "data" },
          additionalSecurityGroupIds: [SECOND_SECURITY_GROUP, FIRST_SECURITY_GROUP],
          additionalUserData: [{ name: "hello.sh", type: "text/x-shellscript", content: "#!/bin/sh\necho hello\n" }],
        },
      },
    },
  },
  ...specCases(defaultImage, { keyPair: KEY_PAIR, securityGroup: FIRST_SECURITY_GROUP }),
  ...cloudCases,
];

/** The same keys as the component declares them. */
function rotatedKeysets(): Record<string, Keyset> {
  const entries = keysetNames.map((name): [string, Keyset] => [name, { keys: { initial: {}, second: {} } }]);
  return {
    ...Object.fromEntries(entries),
    "service-account": { primary: "second", keys: { initial: {}, second: {} } },
    "kubernetes-ca": {
      primary: "second",
      keys: { initial: { distrustTimestamp: "2027-03-01T12:00:00Z" }, second: {}, third: {} },
    },
  };
}

/** The same groups in kOps's own words. */
function editGroups(documents: Document[]): void {
  const cluster = documents.find((each) => each.kind === "Cluster");
  const controlPlane = documents.find((each) => each.metadata.name.startsWith("control-plane-"));
  const nodes = documents.find((each) => each.metadata.name === "nodes");
  if (cluster === undefined || controlPlane === undefined || nodes === undefined) throw new Error("groups are missing");
  for (const etcd of cluster.spec["etcdClusters"] as { etcdMembers: Record<string, unknown>[] }[]) {
    for (const member of etcd.etcdMembers) {
      Object.assign(member, { volumeSize: 40, volumeType: "io2", volumeIops: 600, kmsKeyId: KMS_KEY });
    }
  }
  Object.assign(controlPlane.spec, {
    machineType: "m6g.large",
    image: ARM_IMAGE,
    rootVolumeSize: 100,
    rootVolumeType: "gp3",
    rootVolumeIops: 3500,
    rootVolumeThroughput: 200,
    rootVolumeEncryption: true,
    rootVolumeEncryptionKey: KMS_KEY,
    taints: ["example.com/quiet=yes:PreferNoSchedule"],
    additionalSecurityGroups: [FIRST_SECURITY_GROUP],
    additionalUserData: [
      { name: "hello.sh", type: "text/x-shellscript", content: "#!/bin/sh\necho hello\n" },
      { name: "users.yaml", type: "text/cloud-config", content: "#cloud-config\ntimezone: UTC\n" },
    ],
  });
  Object.assign(controlPlane.spec["nodeLabels"] as object, { "example.com/tier": "control" });

  const arm = structuredClone(nodes);
  arm.metadata.name = "arm-workers";
  Object.assign(arm.spec, {
    image: ARM_IMAGE,
    subnets: ["us-east-1b"],
    associatePublicIp: false,
    nodeLabels: { "kops.k8s.io/instancegroup": "arm-workers" },
    instanceMetadata: { httpTokens: "optional", httpPutResponseHopLimit: 2 },
  });
  documents.push(arm);

  nodes.metadata.name = "batch";
  Object.assign(nodes.spec, {
    image: SSM_IMAGE,
    machineType: "m6i.large",
    mixedInstancesPolicy: { instances: ["m6i.large", "m6i.xlarge", "c6i.xlarge"] },
    minSize: 2,
    maxSize: 5,
    rootVolumeSize: 200,
    rootVolumeType: "gp3",
    rootVolumeIops: 4000,
    rootVolumeThroughput: 250,
    rootVolumeEncryption: true,
    rootVolumeEncryptionKey: KMS_KEY,
    nodeLabels: {
      "kops.k8s.io/instancegroup": "batch",
      "example.com/tier": "batch",
      "example.com/flag": "true",
    },
    taints: ["example.com/batch=only:NoSchedule", "example.com/late:NoExecute"],
    kubelet: {
      maxPods: 60,
      systemReserved: { cpu: "100m", memory: "200Mi" },
      kubeReserved: { cpu: "150m", memory: "300Mi", "ephemeral-storage": "1Gi" },
      evictionHard: "memory.available<200Mi",
      evictionSoft: "memory.available<400Mi",
      evictionSoftGracePeriod: "memory.available=1m",
      imageGCHighThresholdPercent: 75,
      imageGCLowThresholdPercent: 65,
      cpuCFSQuota: false,
      cpuManagerPolicy: "static",
      topologyManagerPolicy: "best-effort",
      featureGates: { GracefulNodeShutdown: "true" },
    },
    cloudLabels: { "cost-center": "7", team: "data" },
    additionalSecurityGroups: [SECOND_SECURITY_GROUP, FIRST_SECURITY_GROUP],
    additionalUserData: [{ name: "hello.sh", type: "text/x-shellscript", content: "#!/bin/sh\necho hello\n" }],
  });
}
