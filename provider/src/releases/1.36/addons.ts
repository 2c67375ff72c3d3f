import type { KopsRelease } from "../release";
import { versions } from "./versions.gen";

/** upup/pkg/fi/cloudup/bootstrapchannelbuilder/bootstrapchannelbuilder.go:315 and cilium.go:38 */
export const manifests: KopsRelease["addons"]["manifests"] = {
  "kops-controller.addons.k8s.io": { id: "k8s-1.16", file: "k8s-1.16.yaml" },
  "coredns.addons.k8s.io": { id: "k8s-1.12", file: "k8s-1.12.yaml" },
  "kubelet-api.rbac.addons.k8s.io": { id: "k8s-1.9", file: "k8s-1.9.yaml" },
  "limit-range.addons.k8s.io": { id: undefined, file: "v1.5.0.yaml" },
  "dns-controller.addons.k8s.io": { id: "k8s-1.12", file: "k8s-1.12.yaml" },
  "storage-aws.addons.k8s.io": { id: "v1.15.0", file: "v1.15.0.yaml" },
  "networking.cilium.io": { id: "k8s-1.16", file: "k8s-1.16-v1.15.yaml" },
  "aws-cloud-controller.addons.k8s.io": { id: "k8s-1.18", file: "k8s-1.18.yaml" },
  "aws-ebs-csi-driver.addons.k8s.io": { id: "k8s-1.17", file: "k8s-1.17.yaml" },
};

/** pkg/wellknownusers/wellknownusers.go:25 */
export const users = {
  /** Lets a container that is not root read its service account's token. */
  generic: 10001,
  kopsController: 10011,
  apiServerHealthcheck: 10012,
  kopsChannels: 10013,
} as const;

/** upup/models/cloudup/resources/addons/aws-ebs-csi-driver.addons.k8s.io/k8s-1.17.yaml.template */
export const ebsCsi = {
  version: versions.ebsCsiDriver,
  /** The last two containers are off, their services are not. */
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
  /** k8s-1.17.yaml.template:1150 */
  reportsAllocatableFrom: "1.35.0",
} as const;
