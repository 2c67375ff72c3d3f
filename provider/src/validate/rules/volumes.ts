/** EBS volumes. */
import type { DataVolumeType, ResolvedNodeVolume, ResolvedVolume, VolumeType } from "../../model/cluster";
import type { EtcdVolume, NodeVolume, RootVolume } from "../../schema/types.gen";
import { known, type Checks } from "../kit/checks";
import { kmsKeyArn, pattern } from "../kit/formats";

interface TypeLimits {
  readonly size: Range;
  /** Undefined: cannot be set. */
  readonly iops: Range | undefined;
  readonly iopsPerGib: number;
  /** Operations that a volume has whatever its size. */
  readonly includedIops: number;
  readonly throughput: Range | undefined;
}

interface Range {
  readonly least: number;
  readonly most: number;
}

/** What EBS accepts; the ratios are those that kOps checks (kops pkg/model/master_volumes.go:209). */
const limits: Readonly<Record<DataVolumeType, TypeLimits>> = {
  gp3: {
    size: { least: 1, most: 65536 },
    iops: { least: 3000, most: 80000 },
    iopsPerGib: 500,
    includedIops: 3000,
    throughput: { least: 125, most: 2000 },
  },
  gp2: sizeOnly({ least: 1, most: 16384 }),
  io1: {
    size: { least: 4, most: 16384 },
    iops: { least: 100, most: 64000 },
    iopsPerGib: 50,
    includedIops: 0,
    throughput: undefined,
  },
  io2: {
    size: { least: 4, most: 65536 },
    iops: { least: 100, most: 256000 },
    iopsPerGib: 500,
    includedIops: 0,
    throughput: undefined,
  },
  st1: sizeOnly({ least: 125, most: 16384 }),
  sc1: sizeOnly({ least: 125, most: 16384 }),
  standard: sizeOnly({ least: 1, most: 1024 }),
};
const bootable: readonly VolumeType[] = ["gp3", "gp2", "io1", "io2"];
const throughputPerIops = 0.25;

function sizeOnly(size: Range): TypeLimits {
  return { size, iops: undefined, iopsPerGib: 0, includedIops: 0, throughput: undefined };
}

/** GiB. */
export const volumeSizes = {
  root: { least: 8, most: 65536 },
  /** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: the pattern of ebs.volumeSize */
  nodeRoot: { least: 8, most: 59000 },
  nodeData: { least: 1, most: 59000 },
  etcd: { least: 1, most: 65536 },
};

type AnyVolume = Pick<ResolvedVolume | ResolvedNodeVolume, "type" | "size" | "iops" | "throughput">;

interface VolumeContext {
  readonly resolved: AnyVolume | undefined;
  readonly sizes: Range;
  readonly region: string;
  /** Undefined: those that an instance can boot from. */
  readonly types?: readonly DataVolumeType[];
}

export function checkVolume(
  path: string,
  declared: RootVolume | EtcdVolume | NodeVolume | undefined,
  { resolved, sizes, region, types = bootable }: VolumeContext,
  checks: Checks,
): void {
  if (declared === undefined || resolved === undefined) {
    return;
  }
  checkKey(path, declared, region, checks);
  checks.oneOf(`${path}.type`, resolved.type, types, "unknown volume type");
  if (!types.includes(resolved.type)) {
    checks.between(`${path}.size`, declared.size, { ...sizes, unit: "GiB" });
    return;
  }
  const { type } = resolved;
  const { size, iops, throughput } = limits[type];
  const least = Math.max(sizes.least, size.least);
  const scope = `for type ${type}`;
  checks.between(`${path}.size`, declared.size, { least, most: Math.min(sizes.most, size.most), unit: "GiB", scope });
  checkPerformance(`${path}.iops`, declared.iops, { range: iops, unit: "operations per second", type }, checks);
  checkPerformance(`${path}.throughput`, declared.throughput, { range: throughput, unit: "MiB/s", type }, checks);
  if (checks.report.isSound(`${path}.size`, `${path}.iops`, `${path}.throughput`, `${path}.type`)) {
    checkRatios(path, resolved, checks);
  }
}

const dataTypes = Object.keys(limits) as readonly DataVolumeType[];
/** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: 50 mappings, one of them of the root volume. */
const mostVolumes = 49;
const initializationRates = { least: 100, most: 300, unit: "MiB/s" };
const deviceName = pattern(
  "device name",
  /^(\/dev\/)?(sd|xvd)[b-z][a-z]?[0-9]{0,2}$/,
  "a name that EC2 leaves for data volumes, as in /dev/sdf or /dev/xvdba",
);
const snapshotId = pattern("snapshot id", /^snap-[0-9a-z]{1,32}$/, "an id such as snap-0123456789abcdef0");

/** Volumes of a node beside its root volume. */
export function checkNodeVolumes(
  path: string,
  declared: readonly NodeVolume[] | undefined,
  { resolved, region }: { readonly resolved: readonly ResolvedNodeVolume[]; readonly region: string },
  checks: Checks,
): void {
  const entries = checks.items(path, declared);
  checks.fewerThan(path, declared?.length ?? 0, mostVolumes, "volumes");
  checks.unique(
    entries.map(([volume, volumePath]) => [volume.deviceName, `${volumePath}.deviceName`] as const),
    "device name",
  );
  const roots = entries.filter(([volume]) => volume.kubeletRoot === true);
  for (const [, rootPath] of roots.slice(1)) {
    checks.report.add(`${rootPath}.kubeletRoot`, "true for several volumes; at most one holds the kubelet's directory");
  }
  for (const [index, volume] of (declared ?? []).entries()) {
    const entry = entries.find(([each]) => each === volume);
    if (entry !== undefined) {
      checkNodeVolume(entry[1], volume, { resolved: resolved[index], region }, checks);
    }
  }
}

function checkNodeVolume(
  path: string,
  volume: NodeVolume,
  context: { readonly resolved: ResolvedNodeVolume | undefined; readonly region: string },
  checks: Checks,
): void {
  checks.matches(`${path}.deviceName`, volume.deviceName, deviceName);
  checks.matches(`${path}.snapshotId`, volume.snapshotId, snapshotId);
  checkVolume(path, volume, { ...context, sizes: volumeSizes.nodeData, types: dataTypes }, checks);
  const isFromSnapshot = volume.snapshotId !== undefined;
  const withoutSnapshot = { holds: !isFromSnapshot, text: "snapshotId is not set" };
  checks.requiredWhen(`${path}.size`, volume.size, withoutSnapshot, "a size in GiB");
  const type = context.resolved?.type;
  const isProvisioned = { holds: type === "io1" || type === "io2", text: `type is ${type ?? ""}` };
  checks.requiredWhen(`${path}.iops`, volume.iops, isProvisioned, "a number of operations per second");
  const ratePath = `${path}.volumeInitializationRate`;
  checks.onlyIf(ratePath, volume.volumeInitializationRate, { holds: isFromSnapshot, text: "snapshotId is set" });
  checks.between(ratePath, isFromSnapshot ? volume.volumeInitializationRate : undefined, initializationRates);
}

function checkPerformance(
  path: string,
  value: number | undefined,
  { range, unit, type }: { readonly range: Range | undefined; readonly unit: string; readonly type: DataVolumeType },
  checks: Checks,
): void {
  if (range !== undefined) {
    checks.between(path, value, { ...range, unit, scope: `for type ${type}` });
  } else if (value !== undefined) {
    checks.problem(path, `not configurable for volumes of type ${type}`, value, "omit it");
  }
}

function checkRatios(path: string, { type, size, iops, throughput }: AnyVolume, checks: Checks): void {
  const { iopsPerGib, includedIops } = limits[type];
  if (size !== undefined && iops !== undefined && iops > includedIops && iops > size * iopsPerGib) {
    const given = `got ${iops} on ${size} GiB`;
    checks.report.add(`${path}.iops`, `too many for the size, ${given}; must be at most ${iopsPerGib} per GiB`);
  }
  if (iops !== undefined && throughput !== undefined && throughput > iops * throughputPerIops) {
    const given = `got ${throughput} with ${iops} iops`;
    checks.report.add(`${path}.throughput`, `too high for the iops, ${given}; must be at most a quarter of iops`);
  }
}

function checkKey(path: string, { kmsKeyArn: key, encrypted }: RootVolume, region: string, checks: Checks): void {
  const keyPath = `${path}.kmsKeyArn`;
  checks.matches(keyPath, key, kmsKeyArn);
  const keyRegion = known(key)?.split(":")[3];
  const isRegionKnown = region !== "" && checks.report.isUsable("zones");
  if (keyRegion !== undefined && keyRegion !== "" && keyRegion !== region && isRegionKnown) {
    checks.problem(keyPath, "key of another region", known(key), `must be in region ${region}, like the cluster`);
  }
  if (key !== undefined && encrypted === false) {
    checks.report.add(
      keyPath,
      "conflicts with encrypted, got a key and encrypted false; omit the key, or encrypt the volume",
    );
  }
}
