import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of volumes, the kubelet and what machines run", [
  {
    name: "iops on gp2",
    input: { nodeGroups: { gpu: { rootVolume: { type: "gp2", iops: 3000 } } } },
    problems: ["nodeGroups.gpu.rootVolume.iops: not configurable for volumes of type gp2, got 3000; omit it"],
  },
  {
    name: "throughput on io2",
    input: { nodeGroups: { gpu: { rootVolume: { type: "io2", throughput: 250 } } } },
    problems: ["nodeGroups.gpu.rootVolume.throughput: not configurable for volumes of type io2, got 250; omit it"],
  },
  {
    name: "throughput without the operations",
    input: { nodeGroups: { gpu: { rootVolume: { throughput: 1000 } } } },
    problems: [
      "nodeGroups.gpu.rootVolume.throughput: too high for the iops, got 1000 with 3000 iops; must be at most a quarter of iops",
    ],
  },
  {
    name: "operations without the size",
    input: { nodeGroups: { gpu: { rootVolume: { size: 20, iops: 16000 } } } },
    problems: [
      "nodeGroups.gpu.rootVolume.iops: too many for the size, got 16000 on 20 GiB; must be at most 500 per GiB",
    ],
  },
  {
    name: "a volume larger than Karpenter takes",
    input: { nodeGroups: { gpu: { rootVolume: { size: 60000 } } } },
    problems: ["nodeGroups.gpu.rootVolume.size: out of range, got 60000; must be between 8 and 59000 GiB for type gp3"],
  },
  {
    name: "a key of an open volume",
    input: { nodeGroups: { gpu: { rootVolume: { encrypted: false, kmsKeyArn: "my-key" } } } },
    problems: [
      'nodeGroups.gpu.rootVolume.kmsKeyArn: invalid KMS key ARN, got "my-key"; must be the ARN of a KMS key such as arn:aws:kms:us-east-1:123456789012:key/…',
      "nodeGroups.gpu.rootVolume.kmsKeyArn: conflicts with encrypted, got a key and encrypted false; omit the key, or encrypt the volume",
    ],
  },
  {
    name: "metadata that nodes need",
    input: { nodeGroups: { gpu: { metadataOptions: { httpEndpoint: "disabled", httpPutResponseHopLimit: 65 } } } },
    problems: [
      "nodeGroups.gpu.metadataOptions.httpPutResponseHopLimit: out of range, got 65; must be between 1 and 64",
      'nodeGroups.gpu.metadataOptions.httpEndpoint: no instance metadata, got "disabled"; must be "enabled": kOps nodes need instance metadata',
    ],
  },
  {
    name: "malformed security groups",
    input: { nodeGroups: { gpu: { additionalSecurityGroupIds: ["default", "sg-1", "sg-1"] } } },
    problems: [
      'nodeGroups.gpu.additionalSecurityGroupIds[0]: invalid security group id, got "default"; must be an id such as sg-0123456789abcdef0',
      'nodeGroups.gpu.additionalSecurityGroupIds[2]: duplicate value "sg-1"; first used at nodeGroups.gpu.additionalSecurityGroupIds[1]',
    ],
  },
  {
    name: "user data of a strange type",
    input: {
      nodeGroups: {
        gpu: {
          additionalUserData: [
            { name: "a.sh", type: "text/plain", content: "" },
            { name: "nodeup.sh", type: "text/x-shellscript", content: "x" },
          ],
        },
      },
    },
    problems: [
      'nodeGroups.gpu.additionalUserData[0].type: unknown type, got "text/plain"; must be one of "text/x-include-once-url", "text/x-include-url", "text/cloud-config-archive", "text/upstart-job", "text/cloud-config", "text/part-handler", "text/x-shellscript", "text/cloud-boothook"',
      "nodeGroups.gpu.additionalUserData[0].content: must not be empty; must be the text of the part",
      'nodeGroups.gpu.additionalUserData[1].name: invalid part name, got "nodeup.sh"; must be letters, digits, ., _ and -, and not nodeup.sh',
    ],
  },
  {
    name: "too few pods and odd reservations",
    input: { nodeGroups: { a: { kubelet: { maxPods: 0, systemReserved: { cpu: "much", disk: "1Gi" } } } } },
    problems: [
      "nodeGroups.a.kubelet.maxPods: out of range, got 0; must be at least 1",
      'nodeGroups.a.kubelet.systemReserved.cpu: invalid quantity, got "much"; must be a Kubernetes quantity such as 500m, 2 or 1Gi',
      'nodeGroups.a.kubelet.systemReserved.disk: unknown resource, got "disk"; must be one of "cpu", "memory", "ephemeral-storage", "pid"',
    ],
  },
  {
    name: "percentages of image collection",
    input: {
      nodeGroups: {
        a: { kubelet: { imageGCHighThresholdPercent: 101 } },
        b: { kubelet: { imageGCLowThresholdPercent: 90 } },
      },
    },
    problems: [
      "nodeGroups.a.kubelet.imageGCHighThresholdPercent: out of range, got 101; must be between 0 and 100 percent",
      "nodeGroups.b.kubelet.imageGCLowThresholdPercent: thresholds in the wrong order, got low 90 and high 85; the low threshold must be below the high one",
    ],
  },
  {
    name: "eviction that the kubelet would not take",
    input: { nodeGroups: { a: { kubelet: { evictionHard: "memory<100Mi", evictionSoft: "memory.available<200Mi" } } } },
    problems: [
      'nodeGroups.a.kubelet.evictionHard: invalid eviction threshold, got "memory<100Mi"; must be signal<quantity or signal<percentage, separated by commas, with the signals memory.available, nodefs.available, nodefs.inodesFree, imagefs.available, imagefs.inodesFree, pid.available',
      'nodeGroups.a.kubelet.evictionSoft: threshold without a grace period, got "memory.available"; evictionSoftGracePeriod must name each signal of evictionSoft',
    ],
  },
  {
    name: "unknown policies",
    input: { nodeGroups: { a: { kubelet: { cpuManagerPolicy: "dynamic", topologyManagerPolicy: "strict" } } } },
    problems: [
      'nodeGroups.a.kubelet.cpuManagerPolicy: unknown policy, got "dynamic"; must be one of "none", "static"',
      'nodeGroups.a.kubelet.topologyManagerPolicy: unknown policy, got "strict"; must be one of "none", "best-effort", "restricted", "single-numa-node"',
    ],
  },
  {
    name: "static CPUs without reserved ones",
    input: { nodeGroups: { a: { kubelet: { cpuManagerPolicy: "static" } } } },
    problems: [
      'nodeGroups.a.kubelet.cpuManagerPolicy: policy without reserved CPU, got "static"; systemReserved or kubeReserved must have cpu, or the kubelet does not start',
    ],
  },
  {
    name: "a kubelet feature gate that is neither on nor off",
    input: { nodeGroups: { a: { kubelet: { featureGates: { ImageVolume: "on" } } } } },
    problems: [
      'nodeGroups.a.kubelet.featureGates.ImageVolume: unknown value, got "on"; must be one of "true", "false"',
    ],
  },
  {
    name: "more user data than EC2 takes",
    input: {
      nodeGroups: {
        big: { additionalUserData: [{ name: "a.sh", type: "text/x-shellscript", content: "x".repeat(9000) }] },
      },
    },
    problems: [
      "nodeGroups.big.additionalUserData: user data too long, got 9256 bytes; must be at most 8192, because EC2 allows 16384 including the bootstrap script",
    ],
  },
  {
    name: "a volume of an unknown type, whose size and key can be judged all the same",
    input: {
      controlPlane: { etcdVolume: { type: "st1", size: 70000, kmsKeyArn: "my-key" } },
    },
    problems: [
      'controlPlane.etcdVolume.kmsKeyArn: invalid KMS key ARN, got "my-key"; must be the ARN of a KMS key such as arn:aws:kms:us-east-1:123456789012:key/…',
      'controlPlane.etcdVolume.type: unknown volume type, got "st1"; must be one of "gp3", "gp2", "io1", "io2"',
      "controlPlane.etcdVolume.size: out of range, got 70000; must be between 1 and 65536 GiB",
    ],
  },
  {
    name: "a key of another region",
    input: { nodeGroups: { a: { rootVolume: { kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/a" } } } },
    problems: [
      'nodeGroups.a.rootVolume.kmsKeyArn: key of another region, got "arn:aws:kms:eu-west-1:123456789012:key/a"; must be in region us-east-1, like the cluster',
    ],
  },
  {
    name: "numbers that do not fit into 32 bits",
    input: {
      readiness: { timeoutSeconds: 2 ** 31 },
      karpenter: { replicas: 2 ** 40 },
      nodeGroups: { a: { maxSize: 2 ** 33, kubelet: { maxPods: 2 ** 31 } } },
    },
    problems: [
      "nodeGroups.a.maxSize: out of range, got 8589934592; must be at most 2147483647",
      "nodeGroups.a.kubelet.maxPods: out of range, got 2147483648; must be at most 2147483647",
      "karpenter.replicas: out of range, got 1099511627776; must be at most 2147483647",
      "readiness.timeoutSeconds: out of range, got 2147483648; must be at most 2147483647",
    ],
  },
]);
