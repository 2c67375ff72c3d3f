import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of node pools", [
  {
    name: "no pools",
    input: { nodeGroups: { workers: { nodePools: {} } } },
    problems: [
      "nodeGroups.workers.nodePools: empty, got no pools; must have at least one, or leave it out for one named workers",
    ],
  },
  {
    name: "a pool name with capitals",
    input: { nodeGroups: { workers: { nodePools: { Spot: {} } } } },
    problems: [
      'nodeGroups.workers.nodePools.Spot: not a node pool name, got "Spot"; must be lower-case letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
  {
    name: "a pool name used in two groups",
    input: { nodeGroups: { a: { nodePools: { shared: {} } }, b: { nodePools: { shared: {} } } } },
    problems: [
      'nodeGroups.b.nodePools.shared: node pool name used twice, got "shared"; must be unique in the cluster, and nodeGroups.a.nodePools.shared has it',
    ],
  },
  {
    name: "minSize with several pools",
    input: { nodeGroups: { workers: { minSize: 2, nodePools: { a: {}, b: {} } } } },
    problems: [
      "nodeGroups.workers.minSize: size of a group with several pools, got 2; leave it out, and set replicas of each pool",
    ],
  },
  {
    name: "maxSize with several pools",
    input: { nodeGroups: { workers: { maxSize: 9, nodePools: { a: {}, b: {} } } } },
    problems: [
      "nodeGroups.workers.maxSize: size of a group with several pools, got 9; leave it out, and set limits.nodes of each pool",
    ],
  },
  {
    name: "a size given twice",
    input: { nodeGroups: { workers: { minSize: 2, nodePools: { a: { replicas: 2 } } } } },
    problems: [
      "nodeGroups.workers.nodePools.a.replicas: size given twice, got 2 beside minSize of the group; leave it out here or there",
    ],
  },
  {
    name: "a limit given twice",
    input: { nodeGroups: { workers: { maxSize: 9, nodePools: { a: { limits: { nodes: "8" } } } } } },
    problems: [
      'nodeGroups.workers.nodePools.a.limits.nodes: limit given twice, got "8" beside maxSize of the group; leave it out here or there',
    ],
  },
  {
    name: "replicas below nothing",
    input: { nodeGroups: { workers: { nodePools: { a: { replicas: -1 } } } } },
    problems: ["nodeGroups.workers.nodePools.a.replicas: out of range, got -1; must be 0 or more"],
  },
  {
    name: "a static pool with limits of CPU and a weight",
    input: {
      nodeGroups: { workers: { nodePools: { a: { replicas: 2, weight: 10, limits: { cpu: "10", nodes: "4" } } } } },
    },
    problems: [
      "nodeGroups.workers.nodePools.a.weight: weight of a static pool, got 10; leave it out, or make the pool dynamic",
      'nodeGroups.workers.nodePools.a.limits.cpu: limit of a static pool, got "cpu"; must be nodes alone',
    ],
  },
  {
    name: "a static pool limited below its size",
    input: { nodeGroups: { workers: { nodePools: { a: { replicas: 5, limits: { nodes: "4" } } } } } },
    problems: ['nodeGroups.workers.nodePools.a.limits.nodes: below replicas, got "4"; must be at least 5'],
  },
  {
    name: "a weight out of range",
    input: { nodeGroups: { workers: { nodePools: { a: { weight: 101 } } } } },
    problems: ["nodeGroups.workers.nodePools.a.weight: out of range, got 101; must be 1 to 100"],
  },
  {
    name: "limits that are no quantities",
    input: { nodeGroups: { workers: { nodePools: { a: { limits: { cpu: "ten" } } } } } },
    problems: [
      'nodeGroups.workers.nodePools.a.limits.cpu: not a quantity, got "ten"; must be a Kubernetes quantity such as 500m, 2 or 1Gi',
    ],
  },
  {
    name: "an architecture that the group has not",
    input: {
      nodeGroups: { workers: { instanceTypes: ["m7g.large"], nodePools: { a: { architectures: ["amd64"] } } } },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.architectures[0]: not an architecture of the group, got "amd64"; the group\'s images and instance types are for "arm64"',
    ],
  },
  {
    name: "no capacity types",
    input: { nodeGroups: { workers: { nodePools: { a: { capacityTypes: [] } } } } },
    problems: [
      "nodeGroups.workers.nodePools.a.capacityTypes: empty, got no capacity types; must have at least one, or leave it out",
    ],
  },
  {
    name: "a schedule without a duration",
    input: {
      nodeGroups: { workers: { nodePools: { a: { disruption: { budgets: [{ nodes: "0", schedule: "@daily" }] } } } } },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.disruption.budgets[0].schedule: schedule without a duration, got "@daily"; must have both or neither',
    ],
  },
  {
    name: "a duration without a schedule",
    input: {
      nodeGroups: { workers: { nodePools: { a: { disruption: { budgets: [{ nodes: "0", duration: "8h" }] } } } } },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.disruption.budgets[0].duration: duration without a schedule, got "8h"; must have both or neither',
    ],
  },
  {
    name: "malformed budgets",
    input: {
      nodeGroups: {
        workers: {
          nodePools: { a: { disruption: { budgets: [{ nodes: "200%" }, { schedule: "at noon", duration: "90s" }] } } },
        },
      },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.disruption.budgets[0].nodes: not a number of nodes, got "200%"; must be a number or a percentage, as in 3 or 10%',
      'nodeGroups.workers.nodePools.a.disruption.budgets[1].schedule: not a schedule, got "at noon"; must be five cron fields, or one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually',
      'nodeGroups.workers.nodePools.a.disruption.budgets[1].duration: not a duration of a budget, got "90s"; must be hours and minutes, as in 8h or 1h30m',
    ],
  },
  {
    name: "too many budgets",
    input: {
      nodeGroups: {
        workers: { nodePools: { a: { disruption: { budgets: Array.from({ length: 51 }, () => ({ nodes: "1" })) } } } },
      },
    },
    problems: ["nodeGroups.workers.nodePools.a.disruption.budgets: too many budgets, got 51; must be at most 50"],
  },
  {
    name: "malformed durations",
    input: {
      nodeGroups: {
        workers: {
          nodePools: {
            a: { disruption: { consolidateAfter: "5 minutes" }, expireAfter: "30d", terminationGracePeriod: "Never" },
          },
        },
      },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.disruption.consolidateAfter: not a duration, got "5 minutes"; must be such as 5m, or Never',
      'nodeGroups.workers.nodePools.a.expireAfter: not a duration, got "30d"; must be such as 720h, or Never',
      'nodeGroups.workers.nodePools.a.terminationGracePeriod: not a duration, got "Never"; must be such as 48h or 1h30m',
    ],
  },
  {
    name: "a requirement that has an input of its own",
    input: {
      nodeGroups: {
        workers: {
          nodePools: {
            a: {
              requirements: [
                { key: "kubernetes.io/arch", operator: "In", values: ["amd64"] },
                { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
              ],
            },
          },
        },
      },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.requirements[0].key: reserved requirement, got "kubernetes.io/arch"; set architectures of the pool',
      'nodeGroups.workers.nodePools.a.requirements[1].key: reserved requirement, got "karpenter.sh/capacity-type"; set capacityTypes of the pool',
    ],
  },
  {
    name: "a requirement in a reserved domain",
    input: {
      nodeGroups: {
        workers: {
          nodePools: { a: { requirements: [{ key: "karpenter.k8s.aws/instance-color", operator: "Exists" }] } },
        },
      },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.requirements[0].key: unknown key of a reserved domain, got "karpenter.k8s.aws/instance-color"; must be one of Karpenter\'s, such as karpenter.k8s.aws/instance-category',
    ],
  },
  {
    name: "In without values",
    input: {
      nodeGroups: {
        workers: { nodePools: { a: { requirements: [{ key: "topology.kubernetes.io/zone", operator: "In" }] } } },
      },
    },
    problems: [
      "nodeGroups.workers.nodePools.a.requirements[0].values: no values for operator In, got none; must have at least one",
    ],
  },
  {
    name: "Exists with values",
    input: {
      nodeGroups: {
        workers: { nodePools: { a: { requirements: [{ key: "team", operator: "Exists", values: ["a"] }] } } },
      },
    },
    problems: [
      "nodeGroups.workers.nodePools.a.requirements[0].values: values for operator Exists, got 1; leave them out",
    ],
  },
  {
    name: "Gt with two values",
    input: {
      nodeGroups: {
        workers: {
          nodePools: {
            a: { requirements: [{ key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["4", "8"] }] },
          },
        },
      },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.requirements[0].values: wrong values for operator Gt, got "4", "8"; must be one whole number, 0 or more',
    ],
  },
  {
    name: "Lt with a word",
    input: {
      nodeGroups: {
        workers: {
          nodePools: {
            a: { requirements: [{ key: "karpenter.k8s.aws/instance-cpu", operator: "Lt", values: ["many"] }] },
          },
        },
      },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.requirements[0].values: wrong values for operator Lt, got "many"; must be one whole number, 0 or more',
    ],
  },
  {
    name: "more minValues than values",
    input: {
      nodeGroups: {
        workers: {
          nodePools: {
            a: {
              requirements: [
                { key: "karpenter.k8s.aws/instance-family", operator: "In", values: ["m7g"], minValues: 2 },
              ],
            },
          },
        },
      },
    },
    problems: [
      "nodeGroups.workers.nodePools.a.requirements[0].minValues: more than there are values, got 2; must be at most 1",
    ],
  },
  {
    name: "minValues out of range",
    input: {
      nodeGroups: {
        workers: {
          nodePools: {
            a: { requirements: [{ key: "karpenter.k8s.aws/instance-family", operator: "Exists", minValues: 51 }] },
          },
        },
      },
    },
    problems: ["nodeGroups.workers.nodePools.a.requirements[0].minValues: out of range, got 51; must be 1 to 50"],
  },
  {
    name: "a taint that the group has already",
    input: {
      nodeGroups: {
        workers: {
          taints: [{ key: "gpu", effect: "NoSchedule" }],
          nodePools: { a: { taints: [{ key: "gpu", effect: "NoSchedule" }] } },
        },
      },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.taints[0]: already a taint of the group, got "gpu:NoSchedule"; leave it out here or there',
    ],
  },
  {
    name: "a reserved label of a pool",
    input: { nodeGroups: { workers: { nodePools: { a: { labels: { "x.karpenter.sh/y": "z" } } } } } },
    problems: [
      'nodeGroups.workers.nodePools.a.labels["x.karpenter.sh/y"]: reserved label, got "x.karpenter.sh/y"; Karpenter sets the labels of that kind itself',
    ],
  },
]);
