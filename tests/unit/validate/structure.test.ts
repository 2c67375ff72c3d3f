import { describeBadInputs, output } from "./badInputs";

describeBadInputs("the structure of inputs", [
  {
    name: "a misspelt key at the top",
    input: { zoness: ["us-east-1a"] },
    problems: ['zoness: unknown key "zoness"; did you mean "zones"?'],
  },
  {
    name: "a misspelt key in a group",
    input: { nodeGroups: { gpu: { instanceType: ["g5.xlarge"] } } },
    problems: ['nodeGroups.gpu.instanceType: unknown key "instanceType"; did you mean "instanceTypes"?'],
  },
  {
    name: "a key that is near to nothing",
    input: { dns: { somethingElse: 1 } },
    problems: ['dns.somethingElse: unknown key "somethingElse"; must be one of "type", "zone"'],
  },
  {
    name: "amiFamily",
    input: { nodeGroups: { gpu: { amiFamily: "AL2023" } } },
    problems: ["nodeGroups.gpu.amiFamily: amiFamily is always Custom and is not an input"],
  },
  {
    name: "instanceStorePolicy",
    input: { nodeGroups: { gpu: { instanceStorePolicy: "RAID0" } } },
    problems: [
      "nodeGroups.gpu.instanceStorePolicy: instanceStorePolicy is not available on a node class with amiFamily Custom and is not an input",
    ],
  },
  {
    name: "userData",
    input: { nodeGroups: { gpu: { userData: "#!/bin/sh" } } },
    problems: [
      "nodeGroups.gpu.userData: userData is not an input; the component sets it to the group's bootstrap script, and additionalUserData on the node group adds to it",
    ],
  },
  {
    name: "role",
    input: { nodeGroups: { gpu: { role: "KarpenterNodeRole" } } },
    problems: ["nodeGroups.gpu.role: role is not an input; the component sets it to the role of the worker nodes"],
  },
  {
    name: "kubelet on a pool",
    input: { nodeGroups: { gpu: { nodePools: { gpu: { kubelet: { maxPods: 20 } } } } } },
    problems: [
      "nodeGroups.gpu.nodePools.gpu.kubelet: kubelet is set on a node group (nodeGroups.*.kubelet), nowhere else",
    ],
  },
  {
    name: "kubelet, labels and taints of the controller",
    input: { karpenter: { kubelet: {}, labels: {}, taints: [] } },
    problems: [
      "karpenter.kubelet: kubelet is set on a node group (nodeGroups.*.kubelet), nowhere else",
      "karpenter.labels: labels are set on a node group, a node pool or the control plane, nowhere else",
      "karpenter.taints: taints are set on a node group, a node pool or the control plane, nowhere else",
    ],
  },
  {
    name: "a manager",
    input: { controlPlane: { manager: "Karpenter" } },
    problems: [
      "controlPlane.manager: manager is set on a node group (nodeGroups.*.manager), nowhere else; the control plane is always in Auto Scaling groups",
    ],
  },
  {
    name: "the switch of IRSA",
    input: { useServiceAccountExternalPermissions: false },
    problems: [
      "useServiceAccountExternalPermissions: useServiceAccountExternalPermissions is not an input; IAM roles for service accounts are always on",
    ],
  },
  {
    name: "a missing required input",
    input: { clusterName: undefined },
    problems: ["clusterName: required, got nothing; must be a string"],
  },
  {
    name: "null for a required input",
    input: { zones: null },
    problems: ["zones: required, got null; must be a list"],
  },
  {
    name: "a missing field of a list element",
    input: { nodeGroups: { gpu: { taints: [{ key: "gpu" }] } } },
    problems: [
      'nodeGroups.gpu.taints[0].effect: required, got nothing; must be one of "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
  },
  {
    name: "a number for a string",
    input: { kubernetesVersion: 1.35 },
    problems: ["kubernetesVersion: wrong type, got 1.35; must be a string"],
  },
  {
    name: "a string for a list",
    input: { zones: "us-east-1a" },
    problems: ['zones: wrong type, got "us-east-1a"; must be a list'],
  },
  {
    name: "a string for an integer",
    input: { readiness: { timeoutSeconds: "900" } },
    problems: ['readiness.timeoutSeconds: wrong type, got "900"; must be an integer'],
  },
  {
    name: "a fraction for an integer",
    input: { nodeGroups: { gpu: { rootVolume: { size: 50.5 } } } },
    problems: ["nodeGroups.gpu.rootVolume.size: not a whole number, got 50.5; must be an integer"],
  },
  {
    name: "infinity for an integer",
    input: { kubeconfig: { lifetimeHours: Infinity } },
    problems: ["kubeconfig.lifetimeHours: not a whole number, got Infinity; must be an integer"],
  },
  {
    name: "a string for a boolean",
    input: { karpenter: { interruptionHandling: "yes" } },
    problems: ['karpenter.interruptionHandling: wrong type, got "yes"; must be a boolean'],
  },
  {
    name: "a list for a map",
    input: { nodeGroups: [{ minSize: 1 }] },
    problems: ["nodeGroups: wrong type, got a list; must be a map"],
  },
  {
    name: "a string for an object",
    input: { network: "172.20.0.0/16" },
    problems: ['network: wrong type, got "172.20.0.0/16"; must be an object'],
  },
  {
    name: "a group without a body",
    input: { nodeGroups: { gpu: null } },
    problems: ["nodeGroups.gpu: wrong type, got null; must be an object"],
  },
  {
    name: "a number in a list of strings",
    input: { zones: ["us-east-1a", 2] },
    problems: ["zones[1]: wrong type, got 2; must be a string"],
  },
  {
    name: "null in a list",
    input: { sshAccess: ["10.0.0.0/8", null] },
    problems: ["sshAccess[1]: wrong type, got null; must be a string"],
  },
  {
    name: "an unknown enum value",
    input: { cni: "flannel" },
    problems: ['cni: unknown value, got "flannel"; must be one of "amazonvpc", "cilium", "calico", "kindnet", "none"'],
  },
  {
    name: "an enum value in the wrong case",
    input: { nodeGroups: { gpu: { taints: [{ key: "gpu", effect: "noSchedule" }] } } },
    problems: [
      'nodeGroups.gpu.taints[0].effect: unknown value, got "noSchedule"; must be one of "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
  },
  {
    name: "an output where a plain value is due",
    input: { clusterName: output("c.example.com") },
    problems: ["clusterName: must be a plain value, not an output: it decides which resources exist"],
  },
  {
    name: "an output in a plain list",
    input: { zones: ["us-east-1a", output("us-east-1b")] },
    problems: ["zones[1]: must be a plain value, not an output: it decides which resources exist"],
  },
  {
    name: "an output for a group's size",
    input: { nodeGroups: { gpu: { minSize: output(3) } } },
    problems: ["nodeGroups.gpu.minSize: must be a plain value, not an output: it decides which resources exist"],
  },
  {
    name: "a secret of the wrong type",
    input: { stateStoreAccess: { endpoint: "http://127.0.0.1:5000", accessKeyId: "a", secretAccessKey: 12345678 } },
    problems: ["stateStoreAccess.secretAccessKey: wrong type, got a number; must be a string"],
  },
  {
    name: "inputs that are no object",
    input: "us-east-1a",
    problems: ['wrong type, got "us-east-1a"; must be an object'],
  },
]);

describeBadInputs("one mistake, which gives one problem", [
  {
    name: "an output as the network's range",
    input: {
      network: {
        cidr: output("10.0.0.0/16"),
        vpcId: "vpc-1",
        subnets: [{ zone: "us-east-1a", id: "subnet-1", cidr: "10.0.1.0/24" }],
      },
    },
    problems: ["network.cidr: must be a plain value, not an output: it decides which resources exist"],
  },
  {
    name: "an output among the zones",
    input: { zones: [output("us-east-1a"), "us-east-1b"], nodeGroups: { a: { zones: ["us-east-1a"] } } },
    problems: ["zones[0]: must be a plain value, not an output: it decides which resources exist"],
  },
  {
    name: "a misspelt key for a required one",
    input: { clusterName: undefined, clusterNames: "c.example.com" },
    problems: ['clusterNames: unknown key "clusterNames"; did you mean "clusterName"?'],
  },
  {
    name: "no cluster name, below a hosted zone",
    input: { clusterName: 5, dns: { type: "private", zone: "example.com" } },
    problems: ["clusterName: wrong type, got 5; must be a string"],
  },
  {
    name: "an unknown topology",
    input: { network: { topology: "Private", natGateways: "single", bastion: {} } },
    problems: ['network.topology: unknown value, got "Private"; must be one of "public", "private"'],
  },
  {
    name: "a reserved label that is malformed as well",
    input: { nodeGroups: { a: { labels: { "karpenter.sh/a b": "x" } } } },
    problems: ['nodeGroups.a.labels["karpenter.sh/a b"]: reserved label, got "karpenter.sh/a b"; Karpenter sets it'],
  },
  {
    name: "a long key",
    input: { dns: { ["x".repeat(300)]: 1 } },
    problems: [`dns.${"x".repeat(300)}: unknown key "${"x".repeat(80)}…"; must be one of "type", "zone"`],
  },
]);

describeBadInputs("nulls where values are due", [
  {
    name: "a group, a pool and a label without a body",
    input: { nodeGroups: { web: null, api: { nodePools: { spot: null }, labels: { team: null } } } },
    problems: [
      "nodeGroups.web: wrong type, got null; must be an object",
      "nodeGroups.api.labels.team: wrong type, got null; must be a string",
      "nodeGroups.api.nodePools.spot: wrong type, got null; must be an object",
    ],
  },
  {
    name: "elements of lists",
    input: { network: { subnets: [null, { cidr: "172.20.0.0/20" }] }, serviceAccountRoles: [null] },
    problems: [
      "network.subnets[0]: wrong type, got null; must be an object",
      "network.subnets[1].zone: required, got nothing; must be a string",
      "serviceAccountRoles[0]: wrong type, got null; must be an object",
    ],
  },
  {
    name: "a chart value",
    input: { karpenter: { values: { settings: null } } },
    problems: ["karpenter.values.settings: wrong type, got null; must be a value, or omit the key"],
  },
]);
