import type { ResolvedCluster } from "../../model/cluster";
import { show, showList } from "../report/display";
import { at } from "../report/report";
import { foundIn, type AwsQueries } from "./aws";
import type { LookupProblem } from "./entries";

export async function checkRegion(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const region = foundIn(await aws.region("zones"));
  if (region === undefined || region === cluster.region) {
    return [];
  }
  const [zone] = cluster.declared.zones;
  const reason = `in another region than the AWS provider, got ${show(zone)}; must be in ${region}, or the provider's region must be ${cluster.region}`;
  return [{ path: "zones", reason }];
}

/** `open`: the zones that the account can use; undefined if AWS did not answer. */
export function checkZones(cluster: ResolvedCluster, open: readonly string[] | undefined): readonly LookupProblem[] {
  if (open === undefined) {
    return [];
  }
  return cluster.declared.zones.flatMap((zone, index) =>
    open.includes(zone)
      ? []
      : [
          {
            path: at("zones", index),
            reason: `not a zone that this account can use, got ${show(zone)}; must be one of ${showList([...open].sort())}`,
          },
        ],
  );
}
