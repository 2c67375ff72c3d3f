import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of node pools", [
  {
    name: "no pools",
    input: { nodeGroups: { workers: { nodePools: {} } } },
    problems: [
      "nodeGroups.workers.nodePools: must not be empty; list at least one pool, or omit it for one named workers",
    ],
  },
  {
    name: "a pool name with capitals",
    input: { nodeGroups: { workers: { nodePools: { Spot: {} } } } },
    problems: [
      'nodeGroups.workers.nodePools.Spot: invalid node pool name, got "Spot"; must be lowercase letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
  {
    name: "a pool name used in two groups",
    input: { nodeGroups: { a: { nodePools: { shared: {} } }, b: { nodePools: { shared: {} } } } },
    problems: [
      'nodeGroups.b.nodePools.shared: duplicate node pool name "shared"; first used at nodeGroups.a.nodePools.shared',
    ],
  },
  {
    name: "minSize with several pools",
    input: { nodeGroups: { workers: { minSize: 2, nodePools: { a: {}, b: {} } } } },
    problems: [
      "nodeGroups.workers.minSize: not allowed for a group with several pools, got 2; omit it, and set replicas on each pool",
    ],
  },
  {
    name: "maxSize with several pools",
    input: { nodeGroups: { workers: { maxSize: 9, nodePools: { a: {}, b: {} } } } },
    problems: [
      "nodeGroups.workers.maxSize: not allowed for a group with several pools, got 9; omit it, and set limits.nodes on each pool",
    ],
  },
  {
    name: "a size given twice",
    input: { nodeGroups: { workers: { minSize: 2, nodePools: { a: { replicas: 2 } } } } },
    problems: [
      "nodeGroups.workers.nodePools.a.replicas: conflicts with nodeGroups.workers.minSize, got 2; set only one",
    ],
  },
  {
    name: "a limit given twice",
    input: { nodeGroups: { workers: { maxSize: 9, nodePools: { a: { limits: { nodes: "8" } } } } } },
    problems: [
      'nodeGroups.workers.nodePools.a.limits.nodes: conflicts with nodeGroups.workers.maxSize, got "8"; set only one',
    ],
  },
  {
    name: "replicas below nothing",
    input: { nodeGroups: { workers: { nodePools: { a: { replicas: -1 } } } } },
    problems: ["nodeGroups.workers.nodePools.a.replicas: out of range, got -1; must be at least 0"],
  },
  {
    name: "a static pool with limits of CPU and a weight",
    input: {
      nodeGroups: { workers: { nodePools: { a: { replicas: 2, weight: 10, limits: { cpu: "10", nodes: "4" } } } } },
    },
    problems: [
      "nodeGroups.workers.nodePools.a.weight: not allowed for a static pool, got 10; omit it, or omit replicas and minSize",
      'nodeGroups.workers.nodePools.a.limits.cpu: not allowed for a static pool, got "10"; must limit nodes only',
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
    problems: ["nodeGroups.workers.nodePools.a.weight: out of range, got 101; must be between 1 and 100"],
  },
  {
    name: "limits that are no quantities",
    input: { nodeGroups: { workers: { nodePools: { a: { limits: { cpu: "ten" } } } } } },
    problems: [
      'nodeGroups.workers.nodePools.a.limits.cpu: invalid quantity, got "ten"; must be a Kubernetes quantity such as 500m, 2 or 1Gi',
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
      "nodeGroups.workers.nodePools.a.capacityTypes: must not be empty; list at least one capacity type, or omit it",
    ],
  },
  {
    name: "a schedule without a duration",
    input: {
      nodeGroups: { workers: { nodePools: { a: { disruption: { budgets: [{ nodes: "0", schedule: "@daily" }] } } } } },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.disruption.budgets[0].schedule: allowed only when duration is set, got "@daily"; set both or neither',
    ],
  },
  {
    name: "a duration without a schedule",
    input: {
      nodeGroups: { workers: { nodePools: { a: { disruption: { budgets: [{ nodes: "0", duration: "8h" }] } } } } },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.disruption.budgets[0].duration: allowed only when schedule is set, got "8h"; set both or neither',
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
      'nodeGroups.workers.nodePools.a.disruption.budgets[0].nodes: invalid number of nodes, got "200%"; must be a number or a percentage, as in 3 or 10%',
      'nodeGroups.workers.nodePools.a.disruption.budgets[1].schedule: invalid schedule, got "at noon"; must be five cron fields, or one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually',
      'nodeGroups.workers.nodePools.a.disruption.budgets[1].duration: invalid budget duration, got "90s"; must be hours and minutes, as in 8h or 1h30m',
    ],
  },
  {
    name: "no budgets, which to Karpenter is no limit",
    input: { nodeGroups: { workers: { nodePools: { a: { disruption: { budgets: [] } } } } } },
    problems: [
      'nodeGroups.workers.nodePools.a.disruption.budgets: must not be empty; list at least one, such as nodes "100%" for no limit, or omit it',
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
      'nodeGroups.workers.nodePools.a.disruption.consolidateAfter: invalid duration, got "5 minutes"; must be a duration such as 5m, or Never',
      'nodeGroups.workers.nodePools.a.expireAfter: invalid duration, got "30d"; must be a duration such as 720h, or Never',
      'nodeGroups.workers.nodePools.a.terminationGracePeriod: invalid duration, got "Never"; must be a duration such as 48h or 1h30m',
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
      'nodeGroups.workers.nodePools.a.requirements[0].key: reserved requirement, got "kubernetes.io/arch"; set architectures on the pool',
      'nodeGroups.workers.nodePools.a.requirements[1].key: reserved requirement, got "karpenter.sh/capacity-type"; set capacityTypes on the pool',
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
      "nodeGroups.workers.nodePools.a.requirements[0].values: required when operator is In; list at least one value",
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
      "nodeGroups.workers.nodePools.a.requirements[0].values: not allowed with operator Exists, got 1; omit them",
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
      'nodeGroups.workers.nodePools.a.requirements[0].values: invalid values for operator Gt, got "4", "8"; must be one whole number, 0 or more',
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
      'nodeGroups.workers.nodePools.a.requirements[0].values: invalid values for operator Lt, got "many"; must be one whole number, 0 or more',
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
      "nodeGroups.workers.nodePools.a.requirements[0].minValues: more than the number of values, got 2; must be at most 1",
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
    problems: [
      "nodeGroups.workers.nodePools.a.requirements[0].minValues: out of range, got 51; must be between 1 and 50",
    ],
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
      'nodeGroups.workers.nodePools.a.taints[0]: already a taint of the group, got "gpu:NoSchedule"; set it on the group or on the pool',
    ],
  },
  {
    name: "a reserved label of a pool",
    input: { nodeGroups: { workers: { nodePools: { a: { labels: { "x.karpenter.sh/y": "z" } } } } } },
    problems: [
      'nodeGroups.workers.nodePools.a.labels["x.karpenter.sh/y"]: reserved label, got "x.karpenter.sh/y"; Karpenter sets it',
    ],
  },
  {
    name: "schedules, durations and limits that Karpenter would refuse later",
    input: {
      nodeGroups: {
        workers: {
          nodePools: {
            a: {
              expireAfter: "9999999999h",
              limits: { nodes: "1.5", cpu: "1e999" },
              disruption: {
                budgets: [
                  { nodes: "0", schedule: "0 24 * * *", duration: "8h" },
                  { nodes: "0", schedule: "0 9 * * fri-mon", duration: "8h" },
                ],
              },
            },
          },
        },
      },
    },
    problems: [
      'nodeGroups.workers.nodePools.a.limits.cpu: invalid quantity, got "1e999"; must be a Kubernetes quantity such as 500m, 2 or 1Gi',
      'nodeGroups.workers.nodePools.a.limits.nodes: invalid number of nodes, got "1.5"; must be a whole number of nodes',
      'nodeGroups.workers.nodePools.a.disruption.budgets[0].schedule: invalid schedule, got "0 24 * * *"; must be five cron fields, or one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually',
      'nodeGroups.workers.nodePools.a.disruption.budgets[1].schedule: invalid schedule, got "0 9 * * fri-mon"; must be five cron fields, or one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually',
      'nodeGroups.workers.nodePools.a.expireAfter: invalid duration, got "9999999999h"; must be a duration such as 720h, or Never',
    ],
  },
]);
