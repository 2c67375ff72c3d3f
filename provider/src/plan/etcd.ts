/** The volumes that etcd's members keep their data on (kops pkg/model/master_volumes.go:57). */
import type { VolumeArgs } from "@pulumi/aws/ebs/volume";
import type { Tags } from "../model/tags";
import { tagKeys } from "../model/kopsKeys";
import type { ResolvedCluster, ResolvedEtcdCluster, ResolvedEtcdMember } from "../model/cluster";
import { etcdVolumeName } from "../model/names";

type VolumeRow = ReturnType<typeof volumeRow>;

export function volumeRows(cluster: ResolvedCluster): readonly VolumeRow[] {
  return cluster.etcdClusters.flatMap((etcd) => etcd.members.map((member) => volumeRow(cluster, etcd, member)));
}

function volumeRow(cluster: ResolvedCluster, etcd: ResolvedEtcdCluster, member: ResolvedEtcdMember) {
  const { size, type, iops, throughput, encrypted, kmsKeyArn: kmsKeyId } = member.volume;
  const tags = volumeTags(cluster, etcd, member);
  return {
    key: `etcd-volume-${etcd.name}-${member.name}`,
    args: {
      availabilityZone: member.zone,
      size,
      type,
      iops,
      throughput,
      encrypted,
      kmsKeyId,
      tags,
    } satisfies VolumeArgs,
  };
}

/** etcd-manager finds its volume, and its peers, by these; here kOps's tags win over the user's (master_volumes.go:143). */
function volumeTags(cluster: ResolvedCluster, etcd: ResolvedEtcdCluster, member: ResolvedEtcdMember): Tags {
  const members = etcd.members.map(({ name }) => name).sort();
  return {
    ...cluster.tags,
    [tagKeys.etcdCluster(etcd.name)]: `${member.name}/${members.join(",")}`,
    [tagKeys.role("control-plane")]: "1",
    [tagKeys.role("master")]: "1",
    [tagKeys.ownership(cluster.name)]: "owned",
    [tagKeys.name]: etcdVolumeName(cluster.name, etcd.name, member.name),
    [tagKeys.cluster]: cluster.name,
  };
}
