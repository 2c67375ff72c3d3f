/** Groups that only the component refuses. */
import { networkInterface, pool, type Rejected } from "./parts";

/** What the API server takes, and what AWS, Karpenter or the node would fail with or ignore later. */
export const stricter: readonly Pick<Rejected, "name" | "group" | "ours">[] = [
  {
    // The rule of the resource definition holds only where every term breaks it.
    name: "a reservation by id and owner beside another term",
    group: {
      capacityReservationSelectorTerms: [
        { id: "cr-0123456789abcdef0", ownerId: "123456789012" },
        { id: "cr-0123456789abcdef1" },
      ],
    },
    ours: "conflicts with",
  },
  {
    name: "reserved capacity without reservations",
    group: pool({ capacityTypes: ["reserved"] }),
    ours: "reserved capacity without reservations",
  },
  {
    name: "several network interfaces on nodes with public addresses",
    group: { networkInterfaces: [networkInterface(0, 0), networkInterface(0, 1)] },
    ours: "several interfaces on nodes with public addresses",
  },
  {
    name: "a device given twice",
    group: {
      volumes: [
        { deviceName: "/dev/sdf", size: 1 },
        { deviceName: "/dev/sdf", size: 2 },
      ],
    },
    ours: "duplicate device name",
  },
  {
    name: "a device that EC2 does not name so",
    group: { volumes: [{ deviceName: "/dev/nvme1n1", size: 1 }] },
    ours: "invalid device name",
  },
  {
    name: "provisioned operations without their number",
    group: { volumes: [{ deviceName: "/dev/sdf", size: 10, type: "io2" }] },
    ours: "iops: required when type is io2",
  },
  {
    name: "throughput of a volume that has none to set",
    group: { volumes: [{ deviceName: "/dev/sdf", size: 200, type: "st1", throughput: 200 }] },
    ours: "not configurable for volumes of type st1",
  },
  {
    name: "a snapshot by the name of something else",
    group: { volumes: [{ deviceName: "/dev/sdf", snapshotId: "vol-0123456789abcdef0" }] },
    ours: "invalid snapshot id",
  },
  {
    name: "an annotation that Karpenter writes itself",
    group: pool({ annotations: { "karpenter.sh/nodepool-hash": "1" } }),
    ours: "reserved annotation",
  },
  {
    name: "no pods",
    group: { kubelet: { maxPods: 0 } },
    ours: "must be at least 1",
  },
];
