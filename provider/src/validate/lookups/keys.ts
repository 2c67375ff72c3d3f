/** The KMS keys of volumes. */
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
