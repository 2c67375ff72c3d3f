/** The control plane's inputs, from its instance groups and the etcd clusters. */
import type { Fields } from "../../encode/fields";
import { fieldsOf, listOf, present } from "../fields";
import { controlPlaneRoles, groupsOfRole, type StoredCluster } from "../store/storedCluster";
import { commonInputs } from "./groupFields";
import { zonesOfSubnets } from "./network";
import { groupSections } from "./sections";

/** Of the first group: the component's are alike, and another differs. */
export function controlPlane(stored: StoredCluster): Fields | undefined {
  const groups = groupsOfRole(stored, ...controlPlaneRoles);
  const [first] = groups;
  if (first === undefined) return undefined;
  const { spec } = stored.cluster;
  const members = etcdMembers(spec);
  const zones = members.flatMap(({ instanceGroup }) => {
    const group = groups.find(({ name }) => name === instanceGroup);
    return group === undefined ? [] : zonesOfSubnets(spec, listOf(group.spec["subnets"]));
  });
  return present({
    zones,
    instanceType: first.spec["machineType"],
    image: first.spec["image"],
    ...commonInputs(first.spec),
    etcdVolume: etcdVolume(members[0] ?? {}),
    instanceGroupSpec: groupSections(first.spec, "controlPlane.instanceGroupSpec"),
  });
}

/** In the order in which kOps was given the zones. */
function etcdMembers(spec: Fields): readonly Fields[] {
  const [main] = listOf(spec["etcdClusters"]).map(fieldsOf);
  return listOf(main?.["etcdMembers"]).map(fieldsOf);
}

function etcdVolume(member: Fields): Fields | undefined {
  return present({
    size: member["volumeSize"],
    type: member["volumeType"],
    iops: member["volumeIops"],
    throughput: member["volumeThroughput"],
    // An absent field is an unencrypted volume (kops upup/pkg/fi/cloudup/new_cluster.go:1634).
    encrypted: member["encryptedVolume"] ?? false,
    kmsKeyArn: member["kmsKeyId"],
  });
}
