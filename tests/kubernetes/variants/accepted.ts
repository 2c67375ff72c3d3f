/** Groups whose objects the component and the API server take. */
import type { NodeGroup } from "../../../provider/src/schema/types.gen";
import { manyVolumes, networkInterface, pool, terms } from "./parts";

export const accepted: readonly { readonly name: string; readonly group: NodeGroup }[] = [
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
  {
    name: "reserved capacity",
    group: {
      capacityReservationSelectorTerms: [{ id: "cr-0123456789abcdef0" }],
      nodePools: { pool: { capacityTypes: ["reserved", "on-demand"] } },
    },
  },
  {
    name: "reservations by tags, owner and match",
    group: {
      capacityReservationSelectorTerms: [
        { tags: { team: "ml", purpose: "*" }, ownerId: "123456789012", instanceMatchCriteria: "targeted" },
        { instanceMatchCriteria: "open" },
      ],
    },
  },
  {
    name: "a capacity block, in a pool of reserved capacity alone",
    group: {
      capacityReservationSelectorTerms: [{ tags: { block: "july" } }],
      nodePools: {
        pool: {
          capacityTypes: ["reserved"],
          requirements: [
            { key: "karpenter.k8s.aws/capacity-reservation-type", operator: "In", values: ["capacity-block"] },
            { key: "karpenter.k8s.aws/capacity-reservation-interruptible", operator: "DoesNotExist" },
          ],
        },
      },
    },
  },
  { name: "30 terms", group: { capacityReservationSelectorTerms: terms(30) } },
  {
    name: "volumes of every type",
    group: {
      volumes: [
        { deviceName: "/dev/sdb", size: 1 },
        { deviceName: "/dev/sdc", size: 59_000, type: "gp3", iops: 80_000, throughput: 2000 },
        { deviceName: "/dev/sdd", size: 16_384, type: "gp2" },
        { deviceName: "/dev/sde", size: 4, type: "io1", iops: 100 },
        { deviceName: "/dev/sdf", size: 600, type: "io2", iops: 256_000, encrypted: false },
        { deviceName: "/dev/sdg", size: 125, type: "st1" },
        { deviceName: "/dev/sdh", size: 16_384, type: "sc1", deleteOnTermination: false },
        { deviceName: "/dev/xvdba", size: 1024, type: "standard" },
      ],
    },
  },
  {
    name: "volumes from snapshots",
    group: {
      volumes: [
        { deviceName: "/dev/sdf", snapshotId: "snap-0123456789abcdef0" },
        { deviceName: "/dev/sdg", snapshotId: "snap-0123456789abcdef0", size: 50, volumeInitializationRate: 300 },
      ],
    },
  },
  {
    name: "a volume for the kubelet, under a key of its own",
    group: {
      volumes: [
        {
          deviceName: "/dev/sdf",
          size: 500,
          kubeletRoot: true,
          kmsKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1",
        },
      ],
    },
  },
  { name: "49 volumes", group: { volumes: manyVolumes(49) } },
  { name: "a placement group by name", group: { placementGroupSelector: { name: "close together" } } },
  { name: "a placement group by id", group: { placementGroupSelector: { id: "pg-0123456789abcdef0" } } },
  {
    name: "the partition of a placement group",
    group: {
      placementGroupSelector: { name: "parts" },
      nodePools: {
        pool: {
          requirements: [{ key: "karpenter.k8s.aws/placement-group-partition", operator: "In", values: ["1", "2"] }],
        },
      },
    },
  },
  { name: "one network interface", group: { networkInterfaces: [networkInterface(0, 0)] } },
  {
    name: "a network interface and an EFA adapter on each of four cards",
    group: {
      associatePublicIp: false,
      networkInterfaces: [
        networkInterface(0, 0),
        networkInterface(0, 1, "efa-only"),
        ...[1, 2, 3].map((card) => networkInterface(card, 0, "efa-only")),
      ],
    },
  },
  { name: "no network interfaces", group: { networkInterfaces: [] } },
  { name: "prefixes", group: { ipPrefixCount: 2 } },
  { name: "no prefixes", group: { ipPrefixCount: 0 } },
  {
    name: "the longest idle timeouts",
    group: { connectionTracking: { tcpEstablishedTimeout: 432_000, udpStreamTimeout: 180, udpTimeout: 60 } },
  },
  {
    name: "the shortest idle timeouts",
    group: { connectionTracking: { tcpEstablishedTimeout: 60, udpStreamTimeout: 60, udpTimeout: 30 } },
  },
  { name: "one idle timeout", group: { connectionTracking: { udpTimeout: 45 } } },
  { name: "detailed monitoring", group: { detailedMonitoring: true } },
  { name: "nested virtualization", group: { cpuOptions: { nestedVirtualization: "enabled" } } },
  { name: "CPU options that say nothing", group: { cpuOptions: {} } },
  { name: "a context", group: { context: "as AWS support said" } },
  { name: "an IPv6 endpoint of instance metadata", group: { metadataOptions: { httpProtocolIpv6: "enabled" } } },
  {
    name: "hard eviction thresholds of every kind",
    group: {
      kubelet: {
        evictionHard:
          "memory.available<5%,nodefs.available<10.25%,nodefs.inodesFree<5%,imagefs.available<1.5Gi,pid.available<100",
      },
    },
  },
  {
    name: "annotations",
    group: pool({ annotations: { "karpenter.sh/do-not-disrupt": "true", "example.com/note": "any text, even this" } }),
  },
  { name: "balanced consolidation", group: pool({ disruption: { consolidationPolicy: "Balanced" } }) },
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
