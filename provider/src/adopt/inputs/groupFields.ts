/** Inputs that control plane and node groups both have, from an instance group's spec. */
import { nodeLabels } from "../../model/kopsKeys";
import type { Fields } from "../../encode/fields";
import { fieldsOf, listOf, present, textOf } from "../fields";

export function commonInputs(spec: Fields): Fields {
  const { [nodeLabels.instanceGroup]: _own, ...labels } = fieldsOf(spec["nodeLabels"]);
  return {
    rootVolume: present({
      size: spec["rootVolumeSize"],
      type: spec["rootVolumeType"],
      iops: spec["rootVolumeIops"],
      throughput: spec["rootVolumeThroughput"],
      encrypted: spec["rootVolumeEncryption"],
      kmsKeyArn: spec["rootVolumeEncryptionKey"],
    }),
    labels: present(labels),
    taints: spec["taints"] === undefined ? undefined : listOf(spec["taints"]).map(taint),
    additionalSecurityGroupIds: spec["additionalSecurityGroups"],
    additionalUserData: spec["additionalUserData"],
  };
}

/** `key=value:effect` or `key:effect`. */
function taint(text: unknown): Fields {
  const [, key, value, effect] = /^([^=:]*)(?:=([^:]*))?:(.*)$/.exec(textOf(text) ?? "") ?? [];
  return present({ key, value, effect }) ?? {};
}
