/** EBS volumes. */
import type { ResolvedVolume, VolumeType } from "../../model/cluster";
import type { EtcdVolume, RootVolume } from "../../schema/types.gen";
import { known, type Checks } from "../kit/checks";
import { kmsKeyArn } from "../kit/formats";

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
const limits: Readonly<Record<VolumeType, TypeLimits>> = {
  gp3: {
    size: { least: 1, most: 65536 },
    iops: { least: 3000, most: 80000 },
    iopsPerGib: 500,
    includedIops: 3000,
    throughput: { least: 125, most: 2000 },
  },
  gp2: { size: { least: 1, most: 16384 }, iops: undefined, iopsPerGib: 0, includedIops: 0, throughput: undefined },
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
};
const throughputPerIops = 0.25;

/** GiB. */
export const volumeSizes = {
  root: { least: 8, most: 65536 },
  /** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: the pattern of ebs.volumeSize */
  nodeRoot: { least: 8, most: 59000 },
  etcd: { least: 1, most: 65536 },
};

interface VolumeContext {
  readonly resolved: ResolvedVolume | undefined;
  readonly sizes: Range;
  readonly region: string;
}

export function checkVolume(
  path: string,
  declared: RootVolume | EtcdVolume | undefined,
  { resolved, sizes, region }: VolumeContext,
  checks: Checks,
): void {
  if (declared === undefined || resolved === undefined) {
    return;
  }
  checkKey(path, declared, region, checks);
  checks.oneOf(`${path}.type`, resolved.type, Object.keys(limits), "unknown volume type");
  if (!Object.hasOwn(limits, resolved.type)) {
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

function checkPerformance(
  path: string,
  value: number | undefined,
  { range, unit, type }: { readonly range: Range | undefined; readonly unit: string; readonly type: VolumeType },
  checks: Checks,
): void {
  if (range !== undefined) {
    checks.between(path, value, { ...range, unit, scope: `for type ${type}` });
  } else if (value !== undefined) {
    checks.problem(path, `not configurable for volumes of type ${type}`, value, "omit it");
  }
}

function checkRatios(path: string, { type, size, iops, throughput }: ResolvedVolume, checks: Checks): void {
  const { iopsPerGib, includedIops } = limits[type];
  if (iops !== undefined && iops > includedIops && iops > size * iopsPerGib) {
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
