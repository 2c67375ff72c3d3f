/** EBS volumes with the values that AWS gets for them. */
import { volumeDefaults } from "../releases/1.36/releases";
import type { EtcdVolume, RootVolume } from "../schema/types.gen";
import type { ResolvedVolume, VolumeType } from "../model/cluster";

/**
 * Operations and throughput below what EC2 takes become the least it does, and a type without them has none
 * (kops v1.36.2 pkg/model/master_volumes.go:139, pkg/model/awsmodel/autoscalinggroup.go:331).
 */
export function resolveVolume(declared: RootVolume | EtcdVolume | undefined, defaultSize: number): ResolvedVolume {
  const volume = declared ?? {};
  const type = (volume.type ?? volumeDefaults.type) as VolumeType;
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
        iops: Math.max(volume.iops ?? 0, volumeDefaults.gp3Iops),
        throughput: Math.max(volume.throughput ?? 0, volumeDefaults.gp3Throughput),
      };
    case "io1":
    case "io2":
      return { ...common, iops: Math.max(volume.iops ?? 0, volumeDefaults.provisionedIops), throughput: undefined };
    case "gp2":
      return { ...common, iops: undefined, throughput: undefined };
  }
}
