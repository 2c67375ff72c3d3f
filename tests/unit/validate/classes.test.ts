/** Settings of node classes and pools, and what Karpenter or EC2 would refuse of them. */
import { describeBadInputs } from "./badInputs";

describeBadInputs("checks of node classes", [
  {
    name: "reserved capacity without reservations",
    input: { nodeGroups: { gpu: { nodePools: { a: { capacityTypes: ["on-demand", "reserved"] } } } }, karpenter: {} },
    problems: [
      'nodeGroups.gpu.nodePools.a.capacityTypes[1]: reserved capacity without reservations, got "reserved"; nodeGroups.gpu.capacityReservationSelectorTerms must select the reservations',
    ],
  },
  {
    name: "reserved capacity that Karpenter is told to ignore",
    input: {
      nodeGroups: { gpu: { capacityReservationSelectorTerms: [{ id: "cr-1" }] } },
      karpenter: { featureGates: { ReservedCapacity: false } },
    },
    problems: [
      "karpenter.featureGates.ReservedCapacity: required by capacity reservations, got false; must be true or omitted while a group has capacityReservationSelectorTerms",
    ],
  },
  {
    name: "capacity reservations that select wrongly",
    input: {
      nodeGroups: {
        gpu: {
          capacityReservationSelectorTerms: [
            {},
            { ownerId: "self", instanceMatchCriteria: "open" },
            { id: "cr-1", tags: { team: "ml" } },
            { tags: { team: "", "": "x" } },
          ],
        },
      },
      karpenter: {},
    },
    problems: [
      "nodeGroups.gpu.capacityReservationSelectorTerms[0]: selects no reservation; set id, tags or instanceMatchCriteria",
      'nodeGroups.gpu.capacityReservationSelectorTerms[1].ownerId: invalid account id, got "self"; must be the 12 digits of an AWS account',
      "nodeGroups.gpu.capacityReservationSelectorTerms[2].tags: conflicts with nodeGroups.gpu.capacityReservationSelectorTerms[2].id, got an object; set only one",
      'nodeGroups.gpu.capacityReservationSelectorTerms[3].tags[""]: empty tag, got "=x"; must have a key, and a value or *',
      'nodeGroups.gpu.capacityReservationSelectorTerms[3].tags.team: empty tag, got "team="; must have a key, and a value or *',
    ],
  },
  {
    name: "a misspelt way of matching a reservation",
    input: {
      nodeGroups: { gpu: { capacityReservationSelectorTerms: [{ instanceMatchCriteria: "Open" }] } },
      karpenter: {},
    },
    problems: [
      'nodeGroups.gpu.capacityReservationSelectorTerms[0].instanceMatchCriteria: unknown value, got "Open"; must be one of "open", "targeted"',
    ],
  },
  {
    name: "volumes that EC2 would refuse",
    input: {
      nodeGroups: {
        gpu: {
          volumes: [
            { deviceName: "sda", size: 0 },
            { deviceName: "/dev/sdf" },
            { deviceName: "/dev/sdf", size: 10, type: "io1" },
            { deviceName: "/dev/sdg", size: 10, type: "gp3", iops: 6000, throughput: 1600 },
            { deviceName: "/dev/sdh", size: 10, volumeInitializationRate: 50 },
            {
              deviceName: "/dev/sdi",
              snapshotId: "vol-1",
              encrypted: false,
              kmsKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1",
            },
          ],
        },
      },
      karpenter: {},
    },
    problems: [
      'nodeGroups.gpu.volumes[2].deviceName: duplicate device name "/dev/sdf"; first used at nodeGroups.gpu.volumes[1].deviceName',
      'nodeGroups.gpu.volumes[0].deviceName: invalid device name, got "sda"; must be a name that EC2 leaves for data volumes, as in /dev/sdf or /dev/xvdba',
      "nodeGroups.gpu.volumes[0].size: out of range, got 0; must be between 1 and 59000 GiB for type gp3",
      "nodeGroups.gpu.volumes[1].size: required when snapshotId is not set; must be a size in GiB",
      "nodeGroups.gpu.volumes[2].iops: required when type is io1; must be a number of operations per second",
      "nodeGroups.gpu.volumes[3].iops: too many for the size, got 6000 on 10 GiB; must be at most 500 per GiB",
      "nodeGroups.gpu.volumes[3].throughput: too high for the iops, got 1600 with 6000 iops; must be at most a quarter of iops",
      "nodeGroups.gpu.volumes[4].volumeInitializationRate: allowed only when snapshotId is set, got 50; omit it",
      'nodeGroups.gpu.volumes[5].snapshotId: invalid snapshot id, got "vol-1"; must be an id such as snap-0123456789abcdef0',
      'nodeGroups.gpu.volumes[5].kmsKeyArn: key of another region, got "arn:aws:kms:eu-west-1:123456789012:key/1"; must be in region us-east-1, like the cluster',
      "nodeGroups.gpu.volumes[5].kmsKeyArn: conflicts with encrypted, got a key and encrypted false; omit the key, or encrypt the volume",
    ],
  },
  {
    name: "two volumes for the kubelet",
    input: {
      nodeGroups: {
        gpu: {
          volumes: [
            { deviceName: "/dev/sdf", size: 10, kubeletRoot: true },
            { deviceName: "/dev/sdg", size: 10, kubeletRoot: true },
          ],
        },
      },
      karpenter: {},
    },
    problems: [
      "nodeGroups.gpu.volumes[1].kubeletRoot: true for several volumes; at most one holds the kubelet's directory",
    ],
  },
  {
    name: "a volume without a device",
    input: { nodeGroups: { gpu: { volumes: [{ size: 10 }] } }, karpenter: {} },
    problems: ["nodeGroups.gpu.volumes[0].deviceName: required, got nothing; must be a string"],
  },
  {
    name: "placement groups that select nothing or twice",
    input: {
      nodeGroups: {
        a: { placementGroupSelector: {} },
        b: { placementGroupSelector: { name: "x", id: "x" } },
        c: { placementGroupSelector: { name: "" } },
      },
    },
    problems: [
      "nodeGroups.a.placementGroupSelector: selects no placement group; set name or id",
      'nodeGroups.b.placementGroupSelector.name: conflicts with nodeGroups.b.placementGroupSelector.id, got "x"; set only one',
      'nodeGroups.b.placementGroupSelector.id: invalid placement group id, got "x"; must be an id such as pg-0123456789abcdef0',
      'nodeGroups.c.placementGroupSelector.name: invalid placement group name, got ""; must not be empty',
    ],
  },
  {
    name: "network interfaces that EC2 or Karpenter would refuse",
    input: {
      nodeGroups: {
        gpu: {
          associatePublicIp: false,
          networkInterfaces: [
            { networkCardIndex: 0, deviceIndex: 1, interfaceType: "interface" },
            { networkCardIndex: 0, deviceIndex: 1, interfaceType: "interface" },
            { networkCardIndex: 1, deviceIndex: -1, interfaceType: "efa-only" },
            { networkCardIndex: 1, deviceIndex: 1, interfaceType: "efa-only" },
          ],
        },
      },
      karpenter: {},
    },
    problems: [
      "nodeGroups.gpu.networkInterfaces[2].deviceIndex: out of range, got -1; must be at least 0",
      'nodeGroups.gpu.networkInterfaces: no primary network interface; one must have networkCardIndex 0, deviceIndex 0 and interfaceType "interface"',
      'nodeGroups.gpu.networkInterfaces[1]: duplicate network interface "card 0, device 1"; first used at nodeGroups.gpu.networkInterfaces[0]',
      'nodeGroups.gpu.networkInterfaces[3]: duplicate efa-only interface of "card 1"; first used at nodeGroups.gpu.networkInterfaces[2]',
    ],
  },
  {
    name: "several network interfaces on nodes with public addresses",
    input: {
      nodeGroups: {
        gpu: {
          networkInterfaces: [
            { networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" },
            { networkCardIndex: 1, deviceIndex: 0, interfaceType: "interface" },
          ],
        },
      },
      karpenter: {},
    },
    problems: [
      "nodeGroups.gpu.networkInterfaces: several interfaces on nodes with public addresses, got 2; set associatePublicIp to false, and see that the nodes reach the internet another way",
    ],
  },
  {
    name: "timeouts out of range",
    input: {
      nodeGroups: { gpu: { connectionTracking: { tcpEstablishedTimeout: 59, udpStreamTimeout: 181, udpTimeout: 29 } } },
      karpenter: {},
    },
    problems: [
      "nodeGroups.gpu.connectionTracking.tcpEstablishedTimeout: out of range, got 59; must be between 60 and 432000 seconds",
      "nodeGroups.gpu.connectionTracking.udpStreamTimeout: out of range, got 181; must be between 60 and 180 seconds",
      "nodeGroups.gpu.connectionTracking.udpTimeout: out of range, got 29; must be between 30 and 60 seconds",
    ],
  },
  {
    name: "connection tracking without a timeout",
    input: { nodeGroups: { gpu: { connectionTracking: {} } }, karpenter: {} },
    problems: [
      "nodeGroups.gpu.connectionTracking: sets no timeout; set at least one of tcpEstablishedTimeout, udpStreamTimeout, udpTimeout",
    ],
  },
  {
    name: "fewer prefixes than none",
    input: { nodeGroups: { gpu: { ipPrefixCount: -1 } }, karpenter: {} },
    problems: ["nodeGroups.gpu.ipPrefixCount: out of range, got -1; must be at least 0"],
  },
  {
    name: "enclaves that are neither on nor off",
    input: { nodeGroups: { gpu: { enclaveOptions: {} } }, karpenter: {} },
    problems: ["nodeGroups.gpu.enclaveOptions.enabled: required, got nothing; must be a boolean"],
  },
  {
    name: "annotations that Karpenter writes, or that are no names",
    input: {
      nodeGroups: {
        gpu: { nodePools: { a: { annotations: { "karpenter.k8s.aws/ec2nodeclass-hash": "1", "a b": "1" } } } },
      },
      karpenter: {},
    },
    problems: [
      'nodeGroups.gpu.nodePools.a.annotations["a b"]: invalid annotation key, got "a b"; must be a Kubernetes name: at most 63 letters, digits, -, _ and ., with an optional DNS prefix and /',
      'nodeGroups.gpu.nodePools.a.annotations["karpenter.k8s.aws/ec2nodeclass-hash"]: reserved annotation, got "karpenter.k8s.aws/ec2nodeclass-hash"; Karpenter sets it',
    ],
  },
  {
    name: "a negative grace period",
    input: { nodeGroups: { gpu: { kubelet: { evictionMaxPodGracePeriod: -1 } } }, karpenter: {} },
    problems: ["nodeGroups.gpu.kubelet.evictionMaxPodGracePeriod: out of range, got -1; must be at least 1"],
  },
  {
    name: "kubelet settings that are not a group's",
    input: { nodeGroups: { gpu: { kubelet: { podsPerCore: 10, clusterDNS: ["10.0.0.10"] } } }, karpenter: {} },
    problems: [
      "nodeGroups.gpu.kubelet.clusterDNS: clusterDNS is not an input; the component sets it to the cluster's DNS service",
      "nodeGroups.gpu.kubelet.podsPerCore: podsPerCore is not an input, because kOps nodes have no such setting; set kubelet.maxPods",
    ],
  },
  {
    name: "block device mappings",
    input: { nodeGroups: { gpu: { blockDeviceMappings: [] } }, karpenter: {} },
    problems: [
      "nodeGroups.gpu.blockDeviceMappings: blockDeviceMappings is not an input; set rootVolume and volumes on the node group",
    ],
  },
  {
    name: "what Karpenter 1.13, the default, does not have yet",
    input: {
      nodeGroups: {
        gpu: {
          enclaveOptions: { enabled: true },
          nodePools: {
            a: {
              disruption: {
                consolidationPolicy: "Balanced",
                budgets: [{ nodes: "1", reasons: ["Empty", "Unhealthy"] }],
              },
            },
          },
        },
      },
      karpenter: {},
    },
    problems: [
      'nodeGroups.gpu.enclaveOptions: too new for Karpenter 1.13.0, got "enclaveOptions"; karpenter.version must be 1.15 or later',
      'nodeGroups.gpu.nodePools.a.disruption.consolidationPolicy: too new for Karpenter 1.13.0, got "Balanced"; karpenter.version must be 1.14 or later',
      'nodeGroups.gpu.nodePools.a.disruption.budgets[0].reasons[1]: too new for Karpenter 1.13.0, got "Unhealthy"; karpenter.version must be 1.15 or later',
    ],
  },
  {
    name: "static capacity by the group's size with a Karpenter that has none",
    input: {
      kubernetesVersion: "1.34.8",
      nodeGroups: { nodes: { minSize: 2, nodeClassName: "default", nodePools: { default: {} } } },
      karpenter: { version: "1.7.0" },
    },
    problems: ["nodeGroups.nodes.minSize: too new for Karpenter 1.7.0, got 2; karpenter.version must be 1.8 or later"],
  },
  {
    name: "what Karpenter 1.6 does not have yet",
    input: {
      kubernetesVersion: "1.34.8",
      nodeGroups: {
        gpu: {
          networkInterfaces: [{ networkCardIndex: 0, deviceIndex: 0, interfaceType: "interface" }],
          placementGroupSelector: { name: "a" },
          ipPrefixCount: 1,
          connectionTracking: { udpTimeout: 30 },
          cpuOptions: { nestedVirtualization: "enabled" },
          nodePools: {
            a: { replicas: 1 },
            b: {
              requirements: [
                { key: "karpenter.k8s.aws/instance-tenancy", operator: "In", values: ["dedicated"] },
                { key: "karpenter.k8s.aws/instance-cpu", operator: "Gte", values: ["4"] },
                { key: "karpenter.k8s.aws/placement-group-partition", operator: "Exists" },
              ],
            },
          },
        },
      },
      karpenter: { version: "1.6.0" },
    },
    problems: [
      'karpenter.version: too old for node groups beside the default one, got "1.6.0"; must be 1.9 or later, which accepts kOps\'s node labels on pools',
      'nodeGroups.gpu.ipPrefixCount: too new for Karpenter 1.6.0, got "ipPrefixCount"; karpenter.version must be 1.8 or later',
      'nodeGroups.gpu.networkInterfaces: too new for Karpenter 1.6.0, got "networkInterfaces"; karpenter.version must be 1.11 or later',
      'nodeGroups.gpu.placementGroupSelector: too new for Karpenter 1.6.0, got "placementGroupSelector"; karpenter.version must be 1.11 or later',
      'nodeGroups.gpu.connectionTracking: too new for Karpenter 1.6.0, got "connectionTracking"; karpenter.version must be 1.13 or later',
      'nodeGroups.gpu.cpuOptions: too new for Karpenter 1.6.0, got "cpuOptions"; karpenter.version must be 1.13 or later',
      'nodeGroups.gpu.nodePools.a.replicas: too new for Karpenter 1.6.0, got "replicas"; karpenter.version must be 1.8 or later',
      'nodeGroups.gpu.nodePools.b.requirements[0].key: too new for Karpenter 1.6.0, got "karpenter.k8s.aws/instance-tenancy"; karpenter.version must be 1.9 or later',
      'nodeGroups.gpu.nodePools.b.requirements[1].operator: too new for Karpenter 1.6.0, got "Gte"; karpenter.version must be 1.9 or later',
      'nodeGroups.gpu.nodePools.b.requirements[2].key: too new for Karpenter 1.6.0, got "karpenter.k8s.aws/placement-group-partition"; karpenter.version must be 1.11 or later',
    ],
  },
]);
