/** Whether the subnets that the component creates in a VPC of the user's have room beside those that are there. */
import type { ResolvedCluster } from "../../model/cluster";
import { parseIpv4Range, rangesOverlap } from "../../model/cidr";
import { show } from "../report/display";
import { at } from "../report/report";
import { foundIn, type AwsQueries } from "./aws";
import { known, type LookupProblem } from "./entries";

export async function checkSubnetRanges(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const { network, declared, name } = cluster;
  const path = "network.subnets";
  const [vpc] = known(network.vpcId, "network.vpcId");
  if (vpc === undefined || network.subnets.every(({ id }) => id !== undefined)) {
    return [];
  }
  const ids = foundIn(await aws.subnetsOf(vpc.value, path)) ?? [];
  const answers = await Promise.all(ids.map(async (id) => ({ id, found: foundIn(await aws.subnet(id, path)) })));
  const others = answers.flatMap(({ id, found }) => {
    const range = found === undefined || found.cluster === name ? undefined : parseIpv4Range(found.cidr);
    return range === undefined || found === undefined ? [] : [{ text: `${id} (${found.cidr})`, range }];
  });
  return network.subnets.flatMap((subnet, index) => {
    const range = subnet.id === undefined ? parseIpv4Range(subnet.cidr) : undefined;
    const overlapping = range === undefined ? undefined : others.find((other) => rangesOverlap(range, other.range));
    if (overlapping === undefined) return [];
    const rule = `${show(subnet.name)} must have a range that no other subnet of ${vpc.value} uses`;
    return [
      {
        path: declared.network?.subnets === undefined ? path : `${at(path, index)}.cidr`,
        reason: `overlaps ${overlapping.text}, got ${show(subnet.cidr)}; ${rule}`,
      },
    ];
  });
}
