/** EBS volumes. */
import type { VolumeDefaults } from "../../releases/release";
import { resolveVolume } from "../../resolve/volumes";
import type { VolumeType } from "../../model/cluster";
import type { EtcdVolume, RootVolume } from "../../schema/types.gen";
import { show, showList } from "../report/display";
import { plain } from "./entries";
import type { Problems } from "../report/problem";

interface TypeLimits {
  readonly size: readonly [number, number];
  /** Undefined: not to be chosen. */
  readonly iops: readonly [number, number] | undefined;
  readonly iopsPerGib: number;
  readonly throughput: readonly [number, number] | undefined;
}

/** What EBS takes; the ratios are those that kOps checks (kops v1.36.2 pkg/model/master_volumes.go:209). */
const limits: Readonly<Record<VolumeType, TypeLimits>> = {
  gp3: { size: [1, 65536], iops: [3000, 80000], iopsPerGib: 500, throughput: [125, 2000] },
  gp2: { size: [1, 16384], iops: undefined, iopsPerGib: 0, throughput: undefined },
  io1: { size: [4, 16384], iops: [100, 64000], iopsPerGib: 50, throughput: undefined },
  io2: { size: [4, 65536], iops: [100, 256000], iopsPerGib: 500, throughput: undefined },
};
const throughputPerIops = 0.25;

/** Karpenter v1.14.1 pkg/apis/crds/karpenter.k8s.aws_ec2nodeclasses.yaml: the pattern of ebs.volumeSize */
export const largestNodeVolume = 59000;

export interface VolumeRole {
  readonly defaultSize: number;
  readonly smallest: number;
  readonly largest: number;
  readonly defaults: VolumeDefaults;
}

const rootVolume = { smallest: 8, largest: 65536 };
export function volumeRoles(defaults: VolumeDefaults) {
  return {
    controlPlaneRoot: { ...rootVolume, defaultSize: defaults.controlPlaneSize, defaults },
    nodeRoot: { smallest: 8, largest: largestNodeVolume, defaultSize: defaults.nodeSize, defaults },
    etcd: { smallest: 1, largest: 65536, defaultSize: defaults.etcdSize, defaults },
  } satisfies Record<string, VolumeRole>;
}

export function checkVolume(
  volume: RootVolume | EtcdVolume | undefined,
  role: VolumeRole,
  path: string,
  problems: Problems,
): void {
  if (volume === undefined) {
    return;
  }
  checkKey(volume, path, problems);
  const type = volume.type ?? role.defaults.type;
  if (!Object.hasOwn(limits, type)) {
    problems.add(
      `${path}.type`,
      `unknown volume type, got ${show(type)}; must be one of ${showList(Object.keys(limits))}`,
    );
    return;
  }
  const known = type as VolumeType;
  const rule = limits[known];
  const size: readonly [number, number] = [Math.max(role.smallest, rule.size[0]), Math.min(role.largest, rule.size[1])];
  const before = problems.all.length;
  checkRange(volume.size, size, "GiB", known, `${path}.size`, problems);
  checkRange(volume.iops, rule.iops, "operations per second", known, `${path}.iops`, problems);
  checkRange(volume.throughput, rule.throughput, "MiB/s", known, `${path}.throughput`, problems);
  if (problems.all.length === before) {
    checkRatios(volume, role, rule, path, problems);
  }
}

function checkRange(
  value: number | undefined,
  range: readonly [number, number] | undefined,
  unit: string,
  type: VolumeType,
  path: string,
  problems: Problems,
): void {
  if (value === undefined) {
    return;
  }
  if (range === undefined) {
    problems.add(path, `not for volumes of type ${type}, got ${value}; leave it out`);
  } else if (value < range[0] || value > range[1]) {
    problems.add(path, `out of range for type ${type}, got ${value}; must be ${range[0]} to ${range[1]} ${unit}`);
  }
}

function checkRatios(
  volume: RootVolume,
  { defaults, defaultSize }: VolumeRole,
  rule: TypeLimits,
  path: string,
  problems: Problems,
): void {
  const { size, iops, throughput } = resolveVolume(defaults, volume, defaultSize);
  // The operations that every gp3 volume has do not count.
  const counts = iops !== undefined && iops > (rule.throughput === undefined ? 0 : defaults.gp3Iops);
  if (counts && iops > size * rule.iopsPerGib) {
    const most = `must be at most ${rule.iopsPerGib} per GiB`;
    problems.add(`${path}.iops`, `too many for the size, got ${iops} on ${size} GiB; ${most}`);
  }
  if (iops !== undefined && throughput !== undefined && throughput > iops * throughputPerIops) {
    const most = `must be at most a quarter of iops`;
    problems.add(`${path}.throughput`, `too much for the operations, got ${throughput} with ${iops} iops; ${most}`);
  }
}

function checkKey(volume: RootVolume, path: string, problems: Problems): void {
  if (volume.kmsKeyArn === undefined) {
    return;
  }
  const arn = plain(volume.kmsKeyArn);
  if (arn !== undefined && !/^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)\/[A-Za-z0-9/_-]+$/.test(arn)) {
    const rule = "must be the ARN of a KMS key such as arn:aws:kms:us-east-1:123456789012:key/…";
    problems.add(`${path}.kmsKeyArn`, `not a KMS key, got ${show(arn)}; ${rule}`);
  }
  if (volume.encrypted === false) {
    problems.add(
      `${path}.kmsKeyArn`,
      `key of a volume that is not encrypted, got encrypted false; must be without it or encrypted`,
    );
  }
}
