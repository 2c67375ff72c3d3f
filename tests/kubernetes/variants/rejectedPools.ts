/** Pools that the component and the API server refuse alike. */
import { pool, requirement, type Rejected } from "./parts";

export const rejectedPools: readonly Rejected[] = [
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
    name: "an unknown consolidation policy",
    group: pool({ disruption: { consolidationPolicy: "WhenUnderutilized" as "WhenEmpty" } }),
    ours: "consolidationPolicy",
    theirs: /consolidationPolicy.*Unsupported value/,
  },
  {
    name: "a reason that this Karpenter does not have yet",
    group: pool({ disruption: { budgets: [{ nodes: "0", reasons: ["Unhealthy"] }] } }),
    ours: "karpenter.version must be 1.15 or later",
    theirs: /reasons.*Unsupported value/,
  },
];
