import type { VolumeType } from "@aws-sdk/client-ec2";
import type { Volume, VolumeArgs } from "@pulumi/aws/ebs/volume";
import type { KeyPair, KeyPairArgs } from "@pulumi/aws/ec2/keyPair";
import { replace, required, type ResourceType, unsupported, update } from "../../host/rules";
import { type Aws, found, ignoreGone } from "../clients";
import { awsType, sure } from "../table";
import { retagEc2, specification, tagMap } from "../tags";

const keyPair = awsType<KeyPairArgs, KeyPair>({
  inputs: { keyName: replace, keyNamePrefix: unsupported, publicKey: required(replace), region: replace, tags: update },
  naming: { property: "keyName", maxLength: 255 },
  // The real provider does not ask for it.
  unread: ["publicKey"],
  create: async (aws, inputs, created) => {
    const KeyName = sure(inputs.keyName, "a key name");
    await aws.ec2.importKeyPair({
      KeyName,
      PublicKeyMaterial: Buffer.from(inputs.publicKey.trim()),
      TagSpecifications: specification("key-pair", inputs.tags),
    });
    created(KeyName);
  },
  read: async (aws, id) => {
    const one = (await found(aws.ec2.describeKeyPairs({ KeyNames: [id] })))?.KeyPairs?.[0];
    if (one === undefined) return undefined;
    return {
      arn: await aws.arn("ec2", `key-pair/${id}`),
      fingerprint: one.KeyFingerprint,
      keyName: one.KeyName,
      keyPairId: one.KeyPairId,
      keyType: one.KeyType ?? "rsa",
      tags: tagMap(one.Tags),
    };
  },
  update: async (aws, _id, inputs, previous) =>
    retagEc2(aws, sure(previous.state.keyPairId, "a key pair id"), inputs.tags),
  remove: (aws, id) => ignoreGone(aws.ec2.deleteKeyPair({ KeyName: id })),
});

const volume = awsType<VolumeArgs, Volume>({
  inputs: {
    availabilityZone: required(replace),
    encrypted: replace,
    iops: update,
    kmsKeyId: replace,
    size: update,
    snapshotId: replace,
    throughput: update,
    type: update,
    tags: update,
    multiAttachEnabled: unsupported,
    outpostArn: unsupported,
    finalSnapshot: unsupported,
    region: replace,
    volumeInitializationRate: unsupported,
  },
  defaults: { type: "gp2" },
  create: async (aws, inputs, created) => {
    const answer = await aws.ec2.createVolume({
      AvailabilityZone: inputs.availabilityZone,
      Encrypted: inputs.encrypted,
      Iops: inputs.iops,
      KmsKeyId: inputs.kmsKeyId,
      Size: inputs.size,
      SnapshotId: inputs.snapshotId,
      Throughput: inputs.throughput,
      VolumeType: inputs.type as VolumeType | undefined,
      TagSpecifications: specification("volume", inputs.tags),
    });
    created(sure(answer.VolumeId, "a volume id"));
  },
  read: async (aws, id) => {
    const one = (await found(aws.ec2.describeVolumes({ VolumeIds: [id] })))?.Volumes?.[0];
    if (one === undefined) return undefined;
    return {
      arn: await aws.arn("ec2", `volume/${id}`),
      availabilityZone: one.AvailabilityZone,
      createTime: one.CreateTime?.toISOString(),
      encrypted: one.Encrypted ?? false,
      ...(one.Iops === undefined ? {} : { iops: one.Iops }),
      ...(one.KmsKeyId === undefined ? {} : { kmsKeyId: one.KmsKeyId }),
      size: one.Size,
      snapshotId: one.SnapshotId ?? "",
      ...(one.Throughput === undefined ? {} : { throughput: one.Throughput }),
      type: one.VolumeType,
      tags: tagMap(one.Tags),
    };
  },
  update: async (aws, id, inputs, previous) => {
    const before = previous.inputs;
    const changed = (["iops", "size", "throughput", "type"] as const).some((name) => inputs[name] !== before[name]);
    if (changed) {
      const { iops: Iops, size: Size, throughput: Throughput, type } = inputs;
      await aws.ec2.modifyVolume({ VolumeId: id, Iops, Size, Throughput, VolumeType: type as VolumeType | undefined });
    }
    await retagEc2(aws, id, inputs.tags);
  },
  remove: (aws, id) => ignoreGone(aws.ec2.deleteVolume({ VolumeId: id })),
});

export const instanceTypes: Readonly<Record<string, ResourceType<Aws>>> = {
  "aws:ec2/keyPair:KeyPair": keyPair,
  "aws:ebs/volume:Volume": volume,
};
