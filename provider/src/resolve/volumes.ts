/** EBS volumes with the values that AWS gets for them. */
import type { VolumeDefaults } from "../releases/release";
import type { EtcdVolume, NodeVolume, RootVolume } from "../schema/types.gen";
import type { DataVolumeType, ResolvedNodeVolume, ResolvedVolume, VolumeType } from "../model/cluster";

/**
 * Operations and throughput below what EC2 takes become the least it does, and a type without them has none
 * (kops pkg/model/master_volumes.go:139, pkg/model/awsmodel/autoscalinggroup.go:331).
 */
export function resolveVolume(
  defaults: VolumeDefaults,
  declared: RootVolume | EtcdVolume | undefined,
  defaultSize: number,
): ResolvedVolume {
  const volume = declared ?? {};
  const type = (volume.type ?? defaults.type) as VolumeType;
  const common = {
    size: volume.size ?? defaultSize,
    type,
    encrypted: volume.encrypted ?? true,
    kmsKeyArn: volume.kmsKeyArn,
  };
  switch (type) {
    case "gp3":
      return {
        ...common,
        iops: Math.max(volume.iops ?? 0, defaults.gp3Iops),
        throughput: Math.max(volume.throughput ?? 0, defaults.gp3Throughput),
      };
    case "io1":
    case "io2":
      return { ...common, iops: Math.max(volume.iops ?? 0, defaults.provisionedIops), throughput: undefined };
    case "gp2":
      return { ...common, iops: undefined, throughput: undefined };
    // An unknown type, which validation reports.
    default:
      return { ...common, iops: volume.iops, throughput: volume.throughput };
  }
}

/** A snapshot has a size and encryption of its own. */
export function resolveNodeVolume(defaults: VolumeDefaults, volume: NodeVolume): ResolvedNodeVolume {
  return {
    deviceName: volume.deviceName,
    size: volume.size,
    type: (volume.type ?? defaults.type) as DataVolumeType,
    iops: volume.iops,
    throughput: volume.throughput,
    encrypted: volume.encrypted ?? (volume.snapshotId === undefined ? true : undefined),
    kmsKeyArn: volume.kmsKeyArn,
    snapshotId: volume.snapshotId,
    volumeInitializationRate: volume.volumeInitializationRate,
    deleteOnTermination: volume.deleteOnTermination ?? true,
    kubeletRoot: volume.kubeletRoot ?? false,
  };
}
