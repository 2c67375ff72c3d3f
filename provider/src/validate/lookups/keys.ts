/** The KMS keys of volumes, and the key pair for SSH. */
import type { ResolvedCluster } from "../../model/cluster";
import { show } from "../report/display";
import { at, below } from "../report/report";
import { foundIn, type AwsQueries } from "./aws";
import { eachValue, known, type LookupProblem } from "./entries";

export function checkKeys(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const [first] = cluster.controlPlaneGroups;
  const [etcd] = cluster.etcdClusters.flatMap(({ members }) => members);
  const entries = [
    ...known(first?.rootVolume.kmsKeyArn, "controlPlane.rootVolume.kmsKeyArn"),
    ...known(etcd?.volume.kmsKeyArn, "controlPlane.etcdVolume.kmsKeyArn"),
    ...cluster.nodeGroups.flatMap(({ name, rootVolume, volumes }) => {
      const path = below("nodeGroups", name);
      return [
        ...known(rootVolume.kmsKeyArn, `${path}.rootVolume.kmsKeyArn`),
        ...volumes.flatMap(({ kmsKeyArn }, index) => known(kmsKeyArn, `${at(`${path}.volumes`, index)}.kmsKeyArn`)),
      ];
    }),
  ];
  return eachValue(entries, async (arn, input) => {
    const answer = await aws.key(arn, input);
    if (answer === "none") {
      return [`no such KMS key in ${cluster.region}, got ${show(arn)}; must be the ARN of a key there`];
    }
    const key = foundIn(answer);
    return key === undefined || key.enabled
      ? []
      : [`KMS key in state ${show(key.state)}, got ${show(arn)}; must be enabled`];
  });
}

export function checkKeyPair(
  { clusterSpec, region }: ResolvedCluster,
  aws: AwsQueries,
): Promise<readonly LookupProblem[]> {
  return eachValue(known(clusterSpec.sshKeyName, "clusterSpec.sshKeyName"), async (name, input) =>
    (await aws.keyPair(name, input)) === "none"
      ? [`no such key pair in ${region}, got ${show(name)}; must be the name of an EC2 key pair there`]
      : [],
  );
}
