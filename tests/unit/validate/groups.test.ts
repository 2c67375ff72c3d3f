import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of node groups", [
  {
    name: "no groups",
    input: { nodeGroups: {} },
    problems: ["nodeGroups: must not be empty; list at least one group, because a cluster needs workers, or omit it"],
  },
  {
    name: "a group name with capitals",
    input: { nodeGroups: { GPU: {} } },
    problems: [
      'nodeGroups.GPU: invalid group name, got "GPU"; must be lowercase letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
  {
    name: "a group name that is too long",
    input: { nodeGroups: { [`${"g".repeat(40)}.${"p".repeat(40)}`]: { nodeClassName: "g", nodePools: { g: {} } } } },
    problems: [
      'nodeGroups["gggggggggggggggggggggggggggggggggggggggg.pppppppppppppppppppppppppppppppppppppppp"]: too many characters in a group name, got 81; must be at most 63, because it is the value of a label',
    ],
  },
  {
    name: "a group named as the control plane's",
    input: { nodeGroups: { "control-plane-us-east-1a": {} } },
    problems: [
      'nodeGroups.control-plane-us-east-1a: name of another instance group, got "control-plane-us-east-1a"; must be unique among the cluster\'s groups',
    ],
  },
  {
    name: "an instance type without a size",
    input: { nodeGroups: { gpu: { instanceTypes: ["m7g"] } } },
    problems: [
      'nodeGroups.gpu.instanceTypes[0]: invalid instance type, got "m7g"; must be a family and a size, as in m7g.large',
    ],
  },
  {
    name: "no instance types",
    input: { nodeGroups: { gpu: { instanceTypes: [] } } },
    problems: ["nodeGroups.gpu.instanceTypes: must not be empty; list at least one instance type, or omit it"],
  },
  {
    name: "an instance type given twice",
    input: { nodeGroups: { gpu: { instanceTypes: ["m7g.large", "m7g.large"] } } },
    problems: [
      'nodeGroups.gpu.instanceTypes[1]: duplicate value "m7g.large"; first used at nodeGroups.gpu.instanceTypes[0]',
    ],
  },
  {
    name: "instance types of two architectures",
    input: { nodeGroups: { mixed: { instanceTypes: ["m7g.large", "m7i.large"] } } },
    problems: [
      'nodeGroups.mixed.instanceTypes: several architectures, got "m7g.large", "m7i.large"; must be all amd64 or all arm64; use a group for each',
    ],
  },
  {
    name: "GPU and other types",
    input: { nodeGroups: { mixed: { instanceTypes: ["g5.xlarge", "m5.xlarge"] } } },
    problems: [
      'nodeGroups.mixed.instanceTypes: mixes GPU and non-GPU types, got "g5.xlarge", "m5.xlarge"; must be all with GPUs or all without',
    ],
  },
  {
    name: "an image of another architecture",
    input: { nodeGroups: { arm: { instanceTypes: ["t4g.large"], images: ["ubuntu-amd64-server"] } } },
    problems: [
      'nodeGroups.arm.images[0]: wrong architecture for the instance type, got "ubuntu-amd64-server"; must be for arm64, like "t4g.large"',
    ],
  },
  {
    name: "an AMI alias, alone or as Karpenter's term",
    input: { nodeGroups: { gpu: { images: ["al2023@latest", "alias:al2023@latest"] } } },
    problems: [
      'nodeGroups.gpu.images[0]: AMI alias, got "al2023@latest"; aliases are not available with amiFamily Custom, and an image must be ami-…, ssm:<parameter>, <name> or <owner>/<name>',
      'nodeGroups.gpu.images[1]: AMI alias, got "alias:al2023@latest"; aliases are not available with amiFamily Custom, and an image must be ami-…, ssm:<parameter>, <name> or <owner>/<name>',
    ],
  },
  {
    name: "an image URL",
    input: { nodeGroups: { gpu: { images: ["ssm://path"] } } },
    problems: [
      'nodeGroups.gpu.images[0]: invalid image, got "ssm://path"; must be ami-…, ssm:<parameter>, <name> or <owner>/<name>',
    ],
  },
  {
    name: "malformed images",
    input: { nodeGroups: { gpu: { images: ["ami-XYZ", "ssm:", "/name", "owner/"] } } },
    problems: [
      'nodeGroups.gpu.images[0]: invalid image, got "ami-XYZ"; must be ami-…, ssm:<parameter>, <name> or <owner>/<name>',
      'nodeGroups.gpu.images[1]: invalid image, got "ssm:"; must be ami-…, ssm:<parameter>, <name> or <owner>/<name>',
      'nodeGroups.gpu.images[2]: invalid image, got "/name"; must be ami-…, ssm:<parameter>, <name> or <owner>/<name>',
      'nodeGroups.gpu.images[3]: invalid image, got "owner/"; must be ami-…, ssm:<parameter>, <name> or <owner>/<name>',
    ],
  },
  {
    name: "no images",
    input: { nodeGroups: { gpu: { images: [] } } },
    problems: ["nodeGroups.gpu.images: must not be empty; list at least one image, or omit it"],
  },
  {
    name: "a size below nothing",
    input: { nodeGroups: { gpu: { minSize: -1 } } },
    problems: ["nodeGroups.gpu.minSize: out of range, got -1; must be at least 0"],
  },
  {
    name: "maxSize of nothing",
    input: { nodeGroups: { gpu: { maxSize: 0 } } },
    problems: ["nodeGroups.gpu.maxSize: out of range, got 0; must be at least 1"],
  },
  {
    name: "maxSize below minSize",
    input: { nodeGroups: { gpu: { minSize: 5, maxSize: 3 } } },
    problems: ["nodeGroups.gpu.maxSize: below minSize, got 3; must be at least 5"],
  },
  {
    name: "a group in a strange zone",
    input: { nodeGroups: { gpu: { zones: ["us-east-1c"] } } },
    problems: ['nodeGroups.gpu.zones[0]: not a zone of the cluster, got "us-east-1c"; must be one of "us-east-1a"'],
  },
  {
    name: "a group in no zone",
    input: { nodeGroups: { gpu: { zones: [] } } },
    problems: ["nodeGroups.gpu.zones: must not be empty; list at least one zone, or omit it"],
  },
  {
    name: "Karpenter's labels",
    input: {
      nodeGroups: {
        gpu: {
          labels: {
            "karpenter.sh/nodepool": "x",
            "karpenter.k8s.aws/instance-family": "y",
            "kubernetes.io/hostname": "z",
          },
        },
      },
    },
    problems: [
      'nodeGroups.gpu.labels["karpenter.k8s.aws/instance-family"]: reserved label, got "karpenter.k8s.aws/instance-family"; Karpenter sets it',
      'nodeGroups.gpu.labels["karpenter.sh/nodepool"]: reserved label, got "karpenter.sh/nodepool"; Karpenter sets it',
      'nodeGroups.gpu.labels["kubernetes.io/hostname"]: reserved label, got "kubernetes.io/hostname"; Karpenter sets it',
    ],
  },
  {
    name: "kOps's labels",
    input: {
      nodeGroups: { gpu: { labels: { "kops.k8s.io/instancegroup": "x", "node-role.kubernetes.io/node": "" } } },
    },
    problems: [
      'nodeGroups.gpu.labels["kops.k8s.io/instancegroup"]: reserved label, got "kops.k8s.io/instancegroup"; kOps sets it',
      'nodeGroups.gpu.labels["node-role.kubernetes.io/node"]: reserved label, got "node-role.kubernetes.io/node"; kOps sets it',
    ],
  },
  {
    name: "malformed labels",
    input: { nodeGroups: { gpu: { labels: { "a/b/c": "x", team: "a b" } } } },
    problems: [
      'nodeGroups.gpu.labels["a/b/c"]: invalid label key, got "a/b/c"; must be a Kubernetes name: at most 63 letters, digits, -, _ and ., with an optional DNS prefix and /',
      'nodeGroups.gpu.labels.team: invalid label value, got "a b"; must be at most 63 letters, digits, -, _ and ., starting and ending with a letter or digit, or empty',
    ],
  },
  {
    name: "malformed taints",
    input: {
      nodeGroups: {
        gpu: {
          taints: [
            { key: "a b", effect: "NoSchedule" },
            { key: "a", value: "=", effect: "NoSchedule" },
          ],
        },
      },
    },
    problems: [
      'nodeGroups.gpu.taints[0].key: invalid taint key, got "a b"; must be a Kubernetes name: at most 63 letters, digits, -, _ and ., with an optional DNS prefix and /',
      'nodeGroups.gpu.taints[1].value: invalid taint value, got "="; must be at most 63 letters, digits, -, _ and ., starting and ending with a letter or digit, or empty',
    ],
  },
  {
    name: "Karpenter's taint",
    input: { nodeGroups: { gpu: { taints: [{ key: "karpenter.sh/unregistered", effect: "NoExecute" }] } } },
    problems: ['nodeGroups.gpu.taints[0].key: reserved taint, got "karpenter.sh/unregistered"; Karpenter sets it'],
  },
  {
    name: "a taint given twice",
    input: {
      nodeGroups: {
        gpu: {
          taints: [
            { key: "gpu", effect: "NoSchedule" },
            { key: "gpu", value: "x", effect: "NoSchedule" },
          ],
        },
      },
    },
    problems: ['nodeGroups.gpu.taints[1]: duplicate taint "gpu:NoSchedule"; first used at nodeGroups.gpu.taints[0]'],
  },
  {
    name: "a group's reserved tag",
    input: { nodeGroups: { gpu: { tags: { "k8s.io/role/node": "1" } } } },
    problems: [
      'nodeGroups.gpu.tags["k8s.io/role/node"]: reserved tag key, got "k8s.io/role/node"; the component sets it to tie resources to the cluster',
    ],
  },
  {
    name: "a node class name used twice",
    input: { nodeGroups: { a: { nodeClassName: "shared" }, b: { nodeClassName: "shared" } } },
    problems: [
      'nodeGroups.b.nodeClassName: duplicate node class name "shared"; first used at nodeGroups.a.nodeClassName',
    ],
  },
  {
    name: "a node class name with capitals",
    input: { nodeGroups: { a: { nodeClassName: "GPU_class" } } },
    problems: [
      'nodeGroups.a.nodeClassName: invalid node class name, got "GPU_class"; must be lowercase letters, digits, - and ., starting and ending with a letter or digit',
    ],
  },
]);

describeBadInputs("checks of groups in Auto Scaling groups", [
  {
    name: "inputs of Karpenter's objects",
    input: {
      nodeGroups: {
        web: {
          manager: "CloudGroup",
          nodePools: { web: {} },
          nodeClassName: "web",
          ipPrefixCount: 1,
          metadataOptions: { httpProtocolIpv6: "enabled" },
          volumes: [{ deviceName: "/dev/sdf", snapshotId: "snap-0123456789abcdef0" }],
        },
      },
    },
    problems: [
      'nodeGroups.web.nodeClassName: allowed only with manager Karpenter, got "web"; omit it: the group has no Karpenter objects',
      "nodeGroups.web.nodePools: allowed only with manager Karpenter, got an object; omit it: the group has no Karpenter objects; set labels, taints, instanceTypes and maxSize on the group",
      "nodeGroups.web.ipPrefixCount: allowed only with manager Karpenter, got 1; omit it: kOps's launch templates have no such setting",
      'nodeGroups.web.metadataOptions.httpProtocolIpv6: allowed only with manager Karpenter, got "enabled"; omit it: kOps disables the endpoint\'s IPv6 address',
      'nodeGroups.web.volumes[0].snapshotId: allowed only with manager Karpenter, got "snap-0123456789abcdef0"; omit it: a volume of a kOps instance group has no such field',
    ],
  },
  {
    name: "settings of an Auto Scaling group in a group of Karpenter's",
    input: { nodeGroups: { web: { cloudGroup: { maxPrice: "0.05" } } } },
    problems: [
      'nodeGroups.web.cloudGroup: allowed only with manager CloudGroup, got an object; omit it, or set manager to "CloudGroup"',
    ],
  },
  {
    name: "several images, and sizes in the wrong order",
    input: {
      nodeGroups: { web: { manager: "CloudGroup", images: ["ami-0a", "ami-0b"], minSize: 3, maxSize: 2 } },
    },
    problems: [
      "nodeGroups.web.maxSize: below minSize, got 2; must be at least 3",
      "nodeGroups.web.images: several images, got 2; must be one, that of the launch template",
    ],
  },
  {
    name: "settings that Auto Scaling or kOps does not take",
    input: {
      nodeGroups: {
        web: {
          manager: "CloudGroup",
          minSize: 1,
          maxSize: 3,
          cloudGroup: {
            maxInstanceLifetime: 60,
            maxPrice: "cheap",
            mixedInstancesPolicy: { onDemandBase: 4, onDemandAboveBase: 101, spotInstancePools: 2 },
            rollingUpdate: { maxSurge: "0", maxUnavailable: "0%" },
            suspendProcesses: ["Sleep"],
            targetGroupArns: ["web"],
          },
        },
      },
    },
    problems: [
      'nodeGroups.web.cloudGroup.maxPrice: invalid price, got "cheap"; must be US dollars per hour, as in 0.05',
      "nodeGroups.web.cloudGroup.maxInstanceLifetime: out of range, got 60; must be between 86400 and 31536000 seconds",
      'nodeGroups.web.cloudGroup.suspendProcesses[0]: unknown process, got "Sleep"; must be one of "AddToLoadBalancer", "AlarmNotification", "AZRebalance", "HealthCheck", "InstanceRefresh", "Launch", "ReplaceUnhealthy", "ScheduledActions", "Terminate"',
      'nodeGroups.web.cloudGroup.targetGroupArns[0]: invalid target group, got "web"; must be the ARN of a target group',
      "nodeGroups.web.cloudGroup.mixedInstancesPolicy.onDemandBase: out of range, got 4; must be between 0 and 3 (maxSize)",
      "nodeGroups.web.cloudGroup.mixedInstancesPolicy.onDemandAboveBase: out of range, got 101; must be between 0 and 100 percent",
      "nodeGroups.web.cloudGroup.mixedInstancesPolicy.spotInstancePools: allowed only when spotAllocationStrategy is lowest-price, got 2; omit it",
      'nodeGroups.web.cloudGroup.rollingUpdate.maxSurge: no instance could be replaced, got "0"; must be above 0 if maxUnavailable is 0',
    ],
  },
  {
    name: "a warm pool that kOps does not take, and one of spot instances",
    input: {
      nodeGroups: {
        site: { manager: "CloudGroup", cloudGroup: { maxPrice: "0.05", warmPool: { maxSize: 0 } } },
        spot: { manager: "CloudGroup", cloudGroup: { maxPrice: "0.05", warmPool: {} } },
        web: {
          manager: "CloudGroup",
          cloudGroup: {
            warmPool: { minSize: 3, maxSize: 2, lifecycleHookTimeout: 5, additionalImages: ["a:1", "a:1"] },
          },
        },
      },
    },
    problems: [
      "nodeGroups.spot.cloudGroup.warmPool: conflicts with maxPrice, got an object; omit it: spot instances cannot be stopped",
      "nodeGroups.web.cloudGroup.warmPool.minSize: out of range, got 3; must be between 0 and 2 (maxSize)",
      "nodeGroups.web.cloudGroup.warmPool.lifecycleHookTimeout: allowed only when enableLifecycleHook is true, got 5; omit it",
      "nodeGroups.web.cloudGroup.warmPool.lifecycleHookTimeout: out of range, got 5; must be between 30 and 7200 seconds",
      'nodeGroups.web.cloudGroup.warmPool.additionalImages[1]: duplicate value "a:1"; first used at nodeGroups.web.cloudGroup.warmPool.additionalImages[0]',
    ],
  },
  {
    name: "a share that is none",
    input: { nodeGroups: { web: { manager: "CloudGroup", cloudGroup: { rollingUpdate: { maxSurge: "half" } } } } },
    problems: [
      'nodeGroups.web.cloudGroup.rollingUpdate.maxSurge: invalid number of instances, got "half"; must be a number or a percentage, as in 2 or 10%',
    ],
  },
  {
    name: "a manager that kOps does not have",
    input: { nodeGroups: { web: { manager: "AutoScaling" } } },
    problems: ['nodeGroups.web.manager: unknown value, got "AutoScaling"; must be one of "Karpenter", "CloudGroup"'],
  },
]);
