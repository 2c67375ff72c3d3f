/** Classes that the component and the API server refuse alike. */
import { manyVolumes, networkInterface, terms, type Rejected } from "./parts";

export const rejectedClasses: readonly Rejected[] = [
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
  {
    name: "a reservation by the name of something else",
    group: { capacityReservationSelectorTerms: [{ id: "vpc-0123456789abcdef0" }] },
    ours: "invalid capacity reservation id",
    theirs: /capacityReservationSelectorTerms.*id.*should match/,
  },
  {
    name: "a term that selects nothing",
    group: { capacityReservationSelectorTerms: [{ ownerId: "123456789012" }] },
    ours: "selects no reservation",
    theirs: /expected at least one, got none/,
  },
  {
    name: "a reservation by id and owner",
    group: { capacityReservationSelectorTerms: [{ id: "cr-0123456789abcdef0", ownerId: "123456789012" }] },
    ours: "conflicts with",
    theirs: /'id' is mutually exclusive/,
  },
  {
    name: "an owner with letters",
    group: { capacityReservationSelectorTerms: [{ instanceMatchCriteria: "open", ownerId: "self" }] },
    ours: "invalid account id",
    theirs: /ownerID.*should match/,
  },
  {
    name: "a tag of a reservation without a value",
    group: { capacityReservationSelectorTerms: [{ tags: { team: "" } }] },
    ours: "empty tag",
    theirs: /empty tag keys or values/,
  },
  {
    name: "21 tags of a reservation",
    group: {
      capacityReservationSelectorTerms: [
        { tags: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`tag${String(index)}`, "*"])) },
      ],
    },
    ours: "must be at most 20",
    theirs: /tags.*at most 20/,
  },
  {
    name: "31 terms",
    group: { capacityReservationSelectorTerms: terms(31) },
    ours: "must be at most 30",
    theirs: /capacityReservationSelectorTerms.*at most 30/,
  },
  {
    name: "a volume without size or snapshot",
    group: { volumes: [{ deviceName: "/dev/sdf" }] },
    ours: "size: required when snapshotId is not set",
    theirs: /snapshotID or volumeSize must be defined/,
  },
  {
    name: "a volume too large",
    group: { volumes: [{ deviceName: "/dev/sdf", size: 60_000 }] },
    ours: "out of range",
    theirs: /volumeSize.*should match/,
  },
  {
    name: "an unknown volume type",
    group: { volumes: [{ deviceName: "/dev/sdf", size: 10, type: "gp4" }] },
    ours: "unknown volume type",
    theirs: /volumeType.*Unsupported value/,
  },
  {
    name: "an initialization rate without a snapshot",
    group: { volumes: [{ deviceName: "/dev/sdf", size: 10, volumeInitializationRate: 100 }] },
    ours: "allowed only when snapshotId is set",
    theirs: /snapshotID must be set when volumeInitializationRate is set/,
  },
  {
    name: "an initialization rate too high",
    group: {
      volumes: [{ deviceName: "/dev/sdf", snapshotId: "snap-0123456789abcdef0", volumeInitializationRate: 301 }],
    },
    ours: "must be between 100 and 300",
    theirs: /volumeInitializationRate.*less than or equal to 300/,
  },
  {
    name: "an initialization rate too low",
    group: {
      volumes: [{ deviceName: "/dev/sdf", snapshotId: "snap-0123456789abcdef0", volumeInitializationRate: 99 }],
    },
    ours: "must be between 100 and 300",
    theirs: /volumeInitializationRate.*greater than or equal to 100/,
  },
  {
    name: "two volumes for the kubelet",
    group: {
      volumes: [
        { deviceName: "/dev/sdf", size: 10, kubeletRoot: true },
        { deviceName: "/dev/sdg", size: 10, kubeletRoot: true },
      ],
    },
    ours: "at most one holds the kubelet's directory",
    theirs: /only one blockDeviceMappings with rootVolume/,
  },
  {
    name: "50 volumes beside the root volume",
    group: { volumes: manyVolumes(50) },
    ours: "must be at most 49",
    theirs: /blockDeviceMappings.*at most 50 items/,
  },
  {
    name: "a placement group by name and id",
    group: { placementGroupSelector: { name: "close", id: "pg-0123456789abcdef0" } },
    ours: "conflicts with",
    theirs: /'name' and 'id' are mutually exclusive/,
  },
  {
    name: "a placement group by nothing",
    group: { placementGroupSelector: {} },
    ours: "selects no placement group",
    theirs: /expected at least one, got none, \['name', 'id'\]/,
  },
  {
    name: "a placement group without a name",
    group: { placementGroupSelector: { name: "" } },
    ours: "invalid placement group name",
    theirs: /placementGroupSelector\.name.*at least 1 chars/,
  },
  {
    name: "a placement group by the name of something else",
    group: { placementGroupSelector: { id: "cr-0123456789abcdef0" } },
    ours: "invalid placement group id",
    theirs: /placementGroupSelector\.id.*should match/,
  },
  {
    name: "network interfaces without a primary one",
    group: { networkInterfaces: [networkInterface(0, 0, "efa-only")] },
    ours: "no primary network interface",
    theirs: /must include a primary interface/,
  },
  {
    name: "a network interface given twice",
    group: { networkInterfaces: [networkInterface(0, 0), networkInterface(0, 0)] },
    ours: "duplicate network interface",
    theirs: /must not have duplicate networkCardIndex and deviceIndex pairs/,
  },
  {
    name: "two EFA adapters on a network card",
    group: {
      networkInterfaces: [
        networkInterface(0, 0),
        networkInterface(1, 0, "efa-only"),
        networkInterface(1, 1, "efa-only"),
      ],
    },
    ours: "duplicate efa-only interface",
    theirs: /at most one efa device per network card/,
  },
  {
    name: "a negative device index",
    group: { networkInterfaces: [networkInterface(0, 0), networkInterface(0, -1)] },
    ours: "must be at least 0",
    theirs: /deviceIndex.*greater than or equal to 0/,
  },
  {
    name: "151 network interfaces",
    group: { networkInterfaces: Array.from({ length: 151 }, (_, index) => networkInterface(0, index)) },
    ours: "must be at most 150",
    theirs: /networkInterfaces.*at most 150/,
  },
  {
    name: "fewer prefixes than none",
    group: { ipPrefixCount: -1 },
    ours: "must be at least 0",
    theirs: /ipPrefixCount.*greater than or equal to 0/,
  },
  {
    name: "connection tracking without a timeout",
    group: { connectionTracking: {} },
    ours: "sets no timeout",
    theirs: /at least one of tcpEstablishedTimeout, udpStreamTimeout, or udpTimeout must be set/,
  },
  {
    name: "a TCP timeout too short",
    group: { connectionTracking: { tcpEstablishedTimeout: 59 } },
    ours: "must be between 60 and 432000 seconds",
    theirs: /tcpEstablishedTimeout.*greater than or equal to 60/,
  },
  {
    name: "a timeout of UDP streams too long",
    group: { connectionTracking: { udpStreamTimeout: 181 } },
    ours: "must be between 60 and 180 seconds",
    theirs: /udpStreamTimeout.*less than or equal to 180/,
  },
  {
    name: "a UDP timeout too long",
    group: { connectionTracking: { udpTimeout: 61 } },
    ours: "must be between 30 and 60 seconds",
    theirs: /udpTimeout.*less than or equal to 60/,
  },
  {
    name: "a hard threshold of an unknown signal",
    group: { kubelet: { evictionHard: "disk.available<10%" } },
    ours: "invalid eviction threshold",
    theirs: /valid keys for evictionHard/,
  },
  {
    name: "a hard threshold that is no quantity",
    group: { kubelet: { evictionHard: "memory.available<little" } },
    ours: "invalid eviction threshold",
    theirs: /evictionHard.*should match/,
  },
  {
    name: "a threshold in thousandths of a percent",
    group: { kubelet: { evictionHard: "memory.available<5.125%" } },
    ours: "invalid eviction threshold",
    theirs: /evictionHard.*should match/,
  },
  {
    name: "enclaves, which this Karpenter does not have yet",
    group: { enclaveOptions: { enabled: true } },
    ours: "karpenter.version must be 1.15 or later",
    theirs: /unknown field "spec\.enclaveOptions"/,
  },
];
