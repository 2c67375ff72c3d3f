/** Whether the account has a cluster of that name: kOps knows its resources by the tag, and would take them for one cluster's. */
import type { ResolvedCluster } from "../../model/cluster";
import { show } from "../report/display";
import { foundIn, type Answer, type AwsQueries } from "./aws";
import type { LookupProblem } from "./entries";

const mostShown = 3;

export async function checkSameName(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const path = "clusterName";
  const [vpcs, volumes, groups] = await Promise.all([
    aws.vpcsOf(cluster.name, path),
    aws.etcdVolumesOf(cluster.name, path),
    aws.scalingGroupsOf(cluster.name, path),
  ]);
  const found = [...listed("VPC", vpcs), ...listed("etcd volume", volumes), ...listed("Auto Scaling group", groups)];
  if (found.length === 0) {
    return [];
  }
  const shown = found.slice(0, mostShown).join(", ");
  const more = found.length > mostShown ? ` and ${found.length - mostShown} more` : "";
  const rule = "must be a name that nothing in the account carries";
  const reason = `resources of a cluster of that name exist (${shown}${more}), got ${show(cluster.name)}; ${rule}`;
  return [{ path, reason, whenNew: true }];
}

function listed(kind: string, answer: Answer<readonly string[]>): readonly string[] {
  return [...(foundIn(answer) ?? [])].sort().map((id) => `${kind} ${id}`);
}
