/** Clusters with workers in Auto Scaling groups, which kOps takes as edits of what `kops create cluster` makes. */
import type { Case, Document } from "./cases";

/** Of the user's own. Moto gives it another name; this stands for it in the goldens. */
export const TARGET_GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/own/0123456789abcdef";
const AMD64_IMAGE = "099720109477/ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260218";

const terminationHandler = {
  cpuRequest: "20m",
  enableRebalanceDraining: true,
  enableRebalanceMonitoring: true,
  managedASGTag: "example.com/drained",
  memoryLimit: "128Mi",
  podTerminationGracePeriod: 60,
  prometheusEnable: true,
  taintNode: true,
  webhookURL: "https://hooks.example.com/nodes",
};

const warmPool = {
  minSize: 1,
  maxSize: 3,
  enableLifecycleHook: true,
  lifecycleHookTimeout: 900,
  additionalImages: ["registry.k8s.io/pause:3.10.1", "registry.example.com/app:2"],
};

export const cloudCases: readonly Case[] = [
  {
    name: "cloud-groups",
    args: ["--zones=us-east-1a,us-east-1b", "--kubernetes-version=1.35.5"],
    edit: editGroups,
    inputs: {
      zones: ["us-east-1a", "us-east-1b"],
      kubernetesVersion: "1.35.5",
      nodeGroups: {
        batch: { images: [AMD64_IMAGE] },
        plain: {
          manager: "CloudGroup",
          cloudGroup: { capacityRebalance: true, targetGroupArns: [TARGET_GROUP], warmPool },
        },
        spot: {
          manager: "CloudGroup",
          instanceTypes: ["m6i.large", "m5.large"],
          minSize: 0,
          maxSize: 6,
          zones: ["us-east-1b"],
          rootVolume: { size: 60, type: "gp3", iops: 4000, throughput: 250 },
          volumes: [{ deviceName: "/dev/sdf", size: 100, type: "io2", iops: 500, deleteOnTermination: false }],
          labels: { "example.com/tier": "spot" },
          taints: [{ key: "example.com/spot", effect: "NoSchedule" }],
          kubelet: { maxPods: 60 },
          tags: { team: "data" },
          metadataOptions: { httpPutResponseHopLimit: 2 },
          associatePublicIp: false,
          detailedMonitoring: true,
          cloudGroup: {
            cpuCredits: "standard",
            instanceProtection: true,
            maxInstanceLifetime: 172_800,
            maxPrice: "0.05",
            mixedInstancesPolicy: {
              onDemandBase: 1,
              onDemandAboveBase: 20,
              spotAllocationStrategy: "capacity-optimized",
            },
            rollingUpdate: { maxSurge: "25%", maxUnavailable: "1" },
            suspendProcesses: ["AZRebalance"],
            tenancy: "dedicated",
          },
          instanceGroupSpec: { sysctlParameters: ["vm.swappiness=1"] },
        },
      },
    },
  },
  {
    name: "cloud-groups-only",
    args: [
      ...["--instance-manager=cloudgroups", "--zones=us-east-1a,us-east-1b", "--kubernetes-version=1.35.5"],
      "--node-size=t3.medium",
    ],
    inputs: {
      zones: ["us-east-1a", "us-east-1b"],
      kubernetesVersion: "1.35.5",
      karpenter: { enabled: false },
    },
  },
  {
    name: "termination-handler",
    args: [
      ...["--instance-manager=cloudgroups", "--zones=us-east-1a,us-east-1b,us-east-1c"],
      ...["--control-plane-count=3", "--kubernetes-version=1.35.5", "--node-size=t3.medium", "--node-count=3"],
    ],
    edit: (documents) => {
      for (const { kind, spec } of documents)
        if (kind === "Cluster") spec["nodeTerminationHandler"] = terminationHandler;
    },
    inputs: {
      zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      controlPlane: { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
      kubernetesVersion: "1.35.5",
      karpenter: { enabled: false },
      clusterSpec: { nodeTerminationHandler: terminationHandler },
    },
  },
];

/** The same groups in kOps's own words. */
function editGroups(documents: Document[]): void {
  const nodes = documents.find(({ metadata }) => metadata.name === "nodes");
  if (nodes === undefined) throw new Error("there is no group of nodes");
  const { manager: _karpenter, ...spec } = nodes.spec;
  const group = (name: string, more: Record<string, unknown>): Document => ({
    ...structuredClone({ ...nodes, metadata: { ...nodes.metadata, name } }),
    spec: { ...structuredClone(spec), image: AMD64_IMAGE, nodeLabels: { "kops.k8s.io/instancegroup": name }, ...more },
  });
  documents.push(
    group("plain", {
      capacityRebalance: true,
      externalLoadBalancers: [{ targetGroupArn: TARGET_GROUP }],
      machineType: "t3.medium",
      minSize: 2,
      maxSize: 2,
      warmPool,
    }),
    group("spot", {
      associatePublicIp: false,
      cloudLabels: { team: "data" },
      cpuCredits: "standard",
      detailedInstanceMonitoring: true,
      instanceMetadata: { httpPutResponseHopLimit: 2 },
      instanceProtection: true,
      kubelet: { maxPods: 60 },
      machineType: "m6i.large",
      maxInstanceLifetime: "48h",
      maxPrice: "0.05",
      maxSize: 6,
      minSize: 0,
      mixedInstancesPolicy: {
        instances: ["m6i.large", "m5.large"],
        onDemandBase: 1,
        onDemandAboveBase: 20,
        spotAllocationStrategy: "capacity-optimized",
      },
      nodeLabels: { "kops.k8s.io/instancegroup": "spot", "example.com/tier": "spot" },
      rollingUpdate: { maxSurge: "25%", maxUnavailable: 1 },
      rootVolumeIops: 4000,
      rootVolumeSize: 60,
      rootVolumeThroughput: 250,
      rootVolumeType: "gp3",
      subnets: ["us-east-1b"],
      suspendProcesses: ["AZRebalance"],
      sysctlParameters: ["vm.swappiness=1"],
      taints: ["example.com/spot:NoSchedule"],
      tenancy: "dedicated",
      volumes: [{ device: "/dev/sdf", size: 100, type: "io2", iops: 500, deleteOnTermination: false }],
    }),
  );
  nodes.metadata.name = "batch";
  Object.assign(nodes.spec, { image: AMD64_IMAGE, nodeLabels: { "kops.k8s.io/instancegroup": "batch" } });
}
