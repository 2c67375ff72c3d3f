/** What only AWS can tell of a cluster's inputs: all of it asked at once, each distinct fact once. */
import type { ResolvedCluster } from "../../model/cluster";
import { type AwsQueries, foundIn } from "./aws";
import { checkEgress } from "./egress";
import type { LookupProblem } from "./entries";
import { checkImages } from "./images";
import { askInstanceTypes, checkInstanceTypes } from "./instanceTypes";
import { checkKeyPair, checkKeys } from "./keys";
import { checkHostedZone, checkSecurityGroups, checkSubnets, checkVpc } from "./network";
import { checkSubnetRanges } from "./subnetRanges";
import { checkRegion, checkZones } from "./region";
import { checkSameName } from "./sameName";
import type { ChangedKey } from "./storeKeys";

export type { LookupProblem } from "./entries";
export { checkStoreKeys, type ChangedKey } from "./storeKeys";

/** What the guard is told of the account. */
export interface Findings {
  readonly problems: readonly LookupProblem[];
  /** Keys in the state store that somebody else wrote. */
  readonly changedKeys: readonly ChangedKey[];
  /** Id of the account that the credentials are of, where AWS could be asked. */
  readonly account?: string;
}

export async function lookUp(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const types = askInstanceTypes(cluster, aws);
  const zones = aws.openZones("zones").then(foundIn);
  const [region, ...others] = await Promise.all([
    checkRegion(cluster, aws),
    zones.then((open) => checkZones(cluster, open)),
    Promise.all([types, zones]).then(([facts, open]) => checkInstanceTypes(cluster, facts, open)),
    checkImages(cluster, aws, types),
    checkVpc(cluster, aws),
    checkSubnets(cluster, aws),
    checkSubnetRanges(cluster, aws),
    checkEgress(cluster, aws),
    checkSecurityGroups(cluster, aws),
    checkHostedZone(cluster, aws),
    checkKeys(cluster, aws),
    checkKeyPair(cluster, aws),
    checkSameName(cluster, aws),
  ]);
  // In the wrong region nothing is found: that is one mistake.
  return region.length > 0 ? region : others.flat();
}
