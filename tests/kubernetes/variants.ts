/** Groups whose objects the API server takes, and groups that it and the component refuse alike. */
import type { NodeGroup, NodePool } from "../../provider/src/schema/types.gen";

const pool = (settings: NodePool): NodeGroup => ({ nodePools: { pool: settings } });
const requirement = (settings: NonNullable<NodePool["requirements"]>[number]): NodeGroup =>
  pool({ requirements: [settings] });

export const variants: readonly { readonly name: string; readonly group: NodeGroup }[] = [
  { name: "a group that says nothing", group: {} },
  { name: "several pools on one class", group: { nodePools: { a: { weight: 100 }, b: { weight: 1 } } } },
  { name: "a static pool", group: pool({ replicas: 2, limits: { nodes: "4" } }) },
  { name: "a static pool of nothing", group: pool({ replicas: 0 }) },
  { name: "a group of a fixed size", group: { minSize: 2, maxSize: 5 } },
  { name: "limits", group: pool({ limits: { cpu: "1000", memory: "1000Gi", nodes: "10" } }) },
  {
    name: "budgets with schedules and reasons",
    group: pool({
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter: "1m",
        budgets: [
          { nodes: "10%" },
          { nodes: "0", schedule: "0 9 * * mon-fri", duration: "8h" },
          { nodes: "2", schedule: "@daily", duration: "1h30m", reasons: ["Drifted", "Empty"] },
        ],
      },
    }),
  },
  {
    name: "no consolidation",
    group: pool({ disruption: { consolidationPolicy: "WhenEmpty", consolidateAfter: "Never" } }),
  },
  { name: "expiry and grace", group: pool({ expireAfter: "720h", terminationGracePeriod: "1h30m" }) },
  { name: "nodes that never expire", group: pool({ expireAfter: "Never" }) },
  {
    name: "every operator",
    group: pool({
      requirements: [
        { key: "karpenter.k8s.aws/instance-category", operator: "In", values: ["c", "m", "r"], minValues: 2 },
        { key: "karpenter.k8s.aws/instance-size", operator: "NotIn", values: ["metal"] },
        { key: "karpenter.k8s.aws/instance-generation", operator: "Gt", values: ["4"] },
        { key: "karpenter.k8s.aws/instance-cpu", operator: "Lt", values: ["65"] },
        { key: "karpenter.k8s.aws/instance-gpu-count", operator: "DoesNotExist" },
        { key: "example.com/team", operator: "Exists" },
      ],
    }),
  },
  {
    name: "bounds that include their value",
    group: pool({
      requirements: [
        { key: "karpenter.k8s.aws/instance-cpu", operator: "Gte", values: ["4"] },
        { key: "karpenter.k8s.aws/instance-memory", operator: "Lte", values: ["65536"] },
      ],
    }),
  },
  {
    name: "labels, taints and startup taints",
    group: {
      labels: { team: "platform" },
      taints: [{ key: "example.com/gpu", value: "true", effect: "NoSchedule" }],
      nodePools: {
        pool: {
          labels: { "example.com/tier": "fast" },
          taints: [{ key: "dedicated", effect: "NoExecute" }],
          startupTaints: [{ key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoExecute" }],
        },
      },
    },
  },
  { name: "one architecture and capacity type", group: pool({ architectures: ["arm64"], capacityTypes: ["spot"] }) },
  { name: "reserved capacity", group: pool({ capacityTypes: ["reserved", "on-demand"] }) },
  {
    name: "kubelet's three fields",
    group: { kubelet: { maxPods: 40, systemReserved: { cpu: "100m", memory: "200Mi" }, kubeReserved: { pid: "100" } } },
  },
  {
    name: "a root volume of its own",
    group: {
      rootVolume: {
        size: 100,
        type: "io2",
        iops: 5000,
        encrypted: true,
        kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1",
      },
    },
  },
  { name: "the largest root volume", group: { rootVolume: { size: 59_000, throughput: 500, iops: 4000 } } },
  { name: "metadata options", group: { metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 2 } } },
  {
    name: "images of every form",
    group: {
      images: ["ami-0123456789abcdef0", "ssm:/a/b", "mine-amd64", "ubuntu/images/jammy-*", "123456789012/theirs"],
    },
  },
  {
    name: "instance types, tags, security groups and no public address",
    group: {
      instanceTypes: ["m6i.large", "c6i.xlarge"],
      tags: { "cost-centre": "42" },
      additionalSecurityGroupIds: ["sg-0123456789abcdef0"],
      associatePublicIp: false,
    },
  },
];

export interface Rejected {
  readonly name: string;
  readonly group: NodeGroup;
  /** Part of the component's reason. */
  readonly ours: string;
  /** The API server's. */
  readonly theirs: RegExp;
}

export const rejected: readonly Rejected[] = [
  {
    name: "a weight of 101",
    group: pool({ weight: 101 }),
    ours: "must be between 1 and 100",
    theirs: /weight.*less than or equal to 100/,
  },
  {
    name: "a weight of 0",
    group: pool({ weight: 0 }),
    ours: "must be between 1 and 100",
    theirs: /weight.*greater than or equal to 1/,
  },
  {
    name: "a weight of a static pool",
    group: pool({ replicas: 1, weight: 10 }),
    ours: "weight: not allowed for a static pool",
    theirs: /'weight' is not supported/,
  },
  {
    name: "a limit of CPU on a static pool",
    group: pool({ replicas: 1, limits: { cpu: "10" } }),
    ours: "limits.cpu: not allowed for a static pool",
    theirs: /only 'limits\.nodes' is supported/,
  },
  {
    name: "fewer replicas than none",
    group: pool({ replicas: -1 }),
    ours: "must be at least 0",
    theirs: /replicas.*greater than or equal to 0/,
  },
  {
    name: "a limit that is no quantity",
    group: pool({ limits: { cpu: "ten" } }),
    ours: "invalid quantity",
    theirs: /limits\.cpu/,
  },
  {
    name: "expiry in days",
    group: pool({ expireAfter: "30d" }),
    ours: "invalid duration",
    theirs: /expireAfter.*should match/,
  },
  {
    name: "a grace period without end",
    group: pool({ terminationGracePeriod: "Never" }),
    ours: "invalid duration",
    theirs: /terminationGracePeriod.*should match/,
  },
  {
    name: "consolidation after words",
    group: pool({ disruption: { consolidateAfter: "5 minutes" } }),
    ours: "invalid duration",
    theirs: /consolidateAfter.*should match/,
  },
  {
    name: "a budget above all",
    group: pool({ disruption: { budgets: [{ nodes: "200%" }] } }),
    ours: "invalid number of nodes",
    theirs: /nodes.*should match/,
  },
  {
    name: "a schedule without a duration",
    group: pool({ disruption: { budgets: [{ nodes: "0", schedule: "@daily" }] } }),
    ours: "schedule: allowed only when duration is set",
    theirs: /'schedule' must be set with 'duration'/,
  },
  {
    name: "a duration without a schedule",
    group: pool({ disruption: { budgets: [{ nodes: "0", duration: "8h" }] } }),
    ours: "duration: allowed only when schedule is set",
    theirs: /'schedule' must be set with 'duration'/,
  },
  {
    name: "51 budgets",
    group: pool({ disruption: { budgets: Array.from({ length: 51 }, () => ({ nodes: "1" })) } }),
    ours: "must be at most 50",
    theirs: /budgets.*at most 50 items/,
  },
  {
    name: "In without values",
    group: requirement({ key: "topology.kubernetes.io/zone", operator: "In" }),
    ours: "required when operator is In",
    theirs: /'In' must have a value defined/,
  },
  {
    name: "Gt with two values",
    group: requirement({ key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["4", "8"] }),
    ours: "must be one whole number",
    theirs: /must have a single positive integer value/,
  },
  {
    name: "Lt with a word",
    group: requirement({ key: "karpenter.k8s.aws/instance-cpu", operator: "Lt", values: ["many"] }),
    ours: "must be one whole number",
    theirs: /must have a single positive integer value/,
  },
  {
    name: "more minValues than values",
    group: requirement({ key: "karpenter.k8s.aws/instance-family", operator: "In", values: ["m7g"], minValues: 2 }),
    ours: "more than the number of values",
    theirs: /'minValues' must have at least that many values/,
  },
  {
    name: "51 minValues",
    group: requirement({ key: "karpenter.k8s.aws/instance-family", operator: "Exists", minValues: 51 }),
    ours: "must be between 1 and 50",
    theirs: /minValues.*less than or equal to 50/,
  },
  {
    name: "an unknown key of Karpenter's",
    group: requirement({ key: "karpenter.k8s.aws/instance-color", operator: "Exists" }),
    ours: "unknown key of a reserved domain",
    theirs: /karpenter\.k8s\.aws.*restricted/,
  },
  {
    name: "the hostname as a requirement",
    group: requirement({ key: "kubernetes.io/hostname", operator: "Exists" }),
    ours: "reserved requirement",
    theirs: /kubernetes\.io\/hostname.*restricted/,
  },
  {
    name: "a label of Karpenter's",
    group: pool({ labels: { "karpenter.sh/nodepool": "other" } }),
    ours: "reserved label",
    theirs: /karpenter\.sh\/nodepool.*restricted/,
  },
  {
    name: "an eviction resource that kubelet does not reserve",
    group: { kubelet: { systemReserved: { "nvidia.com/gpu": "1" } } },
    ours: "unknown resource",
    theirs: /valid keys for systemReserved/,
  },
  {
    name: "pods fewer than none",
    group: { kubelet: { maxPods: -1 } },
    ours: "must be at least 1",
    theirs: /maxPods.*greater than or equal to 0/,
  },
  {
    name: "65 hops",
    group: { metadataOptions: { httpPutResponseHopLimit: 65 } },
    ours: "must be between 1 and 64",
    theirs: /httpPutResponseHopLimit.*less than or equal to 64/,
  },
  {
    name: "a root volume too large",
    group: { rootVolume: { size: 60_000 } },
    ours: "out of range",
    theirs: /volumeSize.*should match/,
  },
];
