/** What the addons of kOps 1.36.2 are configured with, when the cluster is left at kOps's defaults. */

/** kops v1.36.2 pkg/wellknownusers/wellknownusers.go:25 */
export const users = {
  /** Lets a container that is not root read its service account's token. */
  generic: 10001,
  kopsController: 10011,
} as const;

/** kops v1.36.2 upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template */
export const ebsCsi = {
  driver: "ebs.csi.aws.com",
  /** Metrics of each container of the controller; the last two containers are off, their services are not. */
  metricsPorts: {
    controller: 3301,
    provisioner: 3302,
    attacher: 3303,
    resizer: 3304,
    livenessProbe: 3305,
    snapshotter: 3306,
    volumeModifier: 3307,
  },
  healthPort: 9808,
  registrarHealthPort: 9809,
  /** First generation of Arm instances, which have no NVMe volumes to attach. */
  excludedInstanceTypes: ["a1.medium", "a1.large", "a1.xlarge", "a1.2xlarge", "a1.4xlarge"],
  /** Kinds of compute that are no EC2 instance of the cluster. */
  excludedComputeTypes: ["fargate", "auto", "hybrid"],
} as const;

/**
 * Each addon of the bootstrap channel: its id, and its manifest below the folder of its name
 * (kops v1.36.2 upup/pkg/fi/cloudup/bootstrapchannelbuilder/bootstrapchannelbuilder.go:315 and cilium.go:38).
 */
export const channelManifests = {
  "kops-controller.addons.k8s.io": { id: "k8s-1.16", file: "k8s-1.16.yaml" },
  "coredns.addons.k8s.io": { id: "k8s-1.12", file: "k8s-1.12.yaml" },
  "kubelet-api.rbac.addons.k8s.io": { id: "k8s-1.9", file: "k8s-1.9.yaml" },
  "limit-range.addons.k8s.io": { id: undefined, file: "v1.5.0.yaml" },
  "dns-controller.addons.k8s.io": { id: "k8s-1.12", file: "k8s-1.12.yaml" },
  "storage-aws.addons.k8s.io": { id: "v1.15.0", file: "v1.15.0.yaml" },
  "networking.cilium.io": { id: "k8s-1.16", file: "k8s-1.16-v1.15.yaml" },
  "aws-cloud-controller.addons.k8s.io": { id: "k8s-1.18", file: "k8s-1.18.yaml" },
  "aws-ebs-csi-driver.addons.k8s.io": { id: "k8s-1.17", file: "k8s-1.17.yaml" },
} as const;
