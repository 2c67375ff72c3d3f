/** A VPC, subnets and security groups of the user's own, and the hosted zone. */
import type { ResolvedCluster, ResolvedSubnet } from "../../model/cluster";
import { apiLoadBalancerSettings } from "../../model/spec/apiLoadBalancer";
import { show, showList } from "../report/display";
import { at, below } from "../report/report";
import { subnetTagProblems } from "../rules/subnetTags";
import { foundIn, type Answer, type AwsQueries, type FoundSubnet, type HostedZoneQuery } from "./aws";
import { eachValue, known, type Entry, type LookupProblem } from "./entries";

export async function checkVpc(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const path = "network.vpcId";
  const [entry] = known(cluster.network.vpcId, path);
  if (entry === undefined) {
    return [];
  }
  const [vpc, gateway] = await Promise.all([
    aws.vpc(entry.value, path),
    needsInternetGateway(cluster) ? aws.internetGateway(entry.value, path) : ("unanswered" as const),
  ]);
  const given = `got ${show(entry.value)}`;
  if (vpc === "none") {
    return [{ path, reason: `no such VPC in ${cluster.region}, ${given}; must be a VPC of the account` }];
  }
  const problems: LookupProblem[] = [];
  const { ranges, dnsSupport, dnsHostnames } = foundIn(vpc) ?? {};
  const { cidr, additionalCidrs } = cluster.network;
  const further = additionalCidrs.map((each, index) => [each, at("network.additionalCidrs", index)] as const);
  for (const [range, rangePath] of [[cidr, "network.cidr"] as const, ...further]) {
    if (ranges === undefined || ranges.includes(range)) continue;
    const reason = `not a range of the VPC, got ${show(range)}; must be one of ${showList(ranges)}`;
    problems.push({ path: rangePath, reason });
  }
  if (dnsSupport === false) {
    problems.push({ path, reason: `VPC without DNS support, ${given}; must have enableDnsSupport switched on` });
  }
  // A private hosted zone resolves only in a VPC that has both (Amazon Route 53 Developer Guide, "Considerations when
  // working with a private hosted zone"); without one, kOps does without (kops pkg/model/awsmodel/network.go:70).
  if (dnsHostnames === false && cluster.dns.type === "private") {
    const rule = "must have enableDnsHostnames switched on, which a private hosted zone requires";
    problems.push({ path, reason: `VPC without DNS hostnames, ${given}; ${rule}` });
  }
  if (gateway === "none") {
    const rule = "must have one attached, for the subnets that are created or the public load balancer";
    problems.push({ path, reason: `VPC without an internet gateway, ${given}; ${rule}` });
  }
  return problems;
}

function needsInternetGateway({ network, api }: ResolvedCluster): boolean {
  return network.subnets.some(({ id }) => id === undefined) || api.loadBalancer === "public";
}

export async function checkSubnets(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const answers = await Promise.all(
    cluster.network.subnets.map(async (subnet, index) => {
      const path = at("network.subnets", index);
      const [entry] = known(subnet.id, `${path}.id`);
      const answer = entry === undefined ? "unanswered" : await aws.subnet(entry.value, entry.path);
      return { subnet, path, id: entry?.value ?? "", answer };
    }),
  );
  const tags = answers.map(({ subnet, answer }) => [subnet.name, foundIn(answer)?.tags ?? []] as const);
  return [
    ...answers.flatMap((answer) => subnetProblems(cluster, answer)),
    ...subnetTagProblems(cluster, new Map(tags)),
  ];
}

interface SubnetAnswer {
  readonly subnet: ResolvedSubnet;
  readonly path: string;
  readonly id: string;
  readonly answer: Answer<FoundSubnet>;
}

function subnetProblems(
  { network, region }: ResolvedCluster,
  { subnet, path, id, answer }: SubnetAnswer,
): readonly LookupProblem[] {
  if (answer === "none") {
    const reason = `no such subnet in ${region}, got ${show(id)}; must be a subnet of network.vpcId`;
    return [{ path: `${path}.id`, reason }];
  }
  const found = foundIn(answer);
  if (found === undefined) {
    return [];
  }
  const problems: LookupProblem[] = [];
  const [vpc] = known(network.vpcId, "network.vpcId");
  if (vpc !== undefined && found.vpcId !== vpc.value) {
    const reason = `in another VPC, ${found.vpcId}, got ${show(id)}; must be in ${vpc.value}`;
    problems.push({ path: `${path}.id`, reason });
  }
  if (found.zone !== subnet.zone) {
    const reason = `not the subnet's zone, got ${show(subnet.zone)}; must be ${show(found.zone)}, where ${id} is`;
    problems.push({ path: `${path}.zone`, reason });
  }
  if (found.cidr !== subnet.cidr) {
    const reason = `not the subnet's range, got ${show(subnet.cidr)}; must be ${show(found.cidr)}, that of ${id}`;
    problems.push({ path: `${path}.cidr`, reason });
  }
  if (found.freeAddresses < leastFreeAddresses) {
    const reason = `${found.freeAddresses} free addresses, got ${show(id)}; must have at least ${leastFreeAddresses}`;
    problems.push({ path: `${path}.id`, reason, whenNew: true });
  }
  return problems;
}

/** Elastic Load Balancing asks for that many in each subnet of a load balancer (its user guide, "Availability Zones"). */
const leastFreeAddresses = 8;

export function checkSecurityGroups(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const [vpc] = known(cluster.network.vpcId, "network.vpcId");
  const listed = (ids: readonly unknown[], owner: string, list = "additionalSecurityGroupIds"): readonly Entry[] =>
    ids.flatMap((id, index) => known(id, at(`${owner}.${list}`, index)));
  const { additionalSecurityGroups } = apiLoadBalancerSettings(cluster);
  const [first] = cluster.controlPlaneGroups;
  const entries = [
    ...listed(first?.additionalSecurityGroupIds ?? [], "controlPlane"),
    ...listed(additionalSecurityGroups, "clusterSpec.api.loadBalancer", "additionalSecurityGroups"),
    ...cluster.nodeGroups.flatMap((group) => listed(group.additionalSecurityGroupIds, below("nodeGroups", group.name))),
  ];
  return eachValue(entries, async (id, input) => {
    const answer = await aws.securityGroup(id, input);
    if (answer === "none") {
      return [`no such security group in ${cluster.region}, got ${show(id)}; must be one of the cluster's VPC`];
    }
    const vpcId = foundIn(answer)?.vpcId;
    // The VPC that the component creates is not known here.
    return vpc === undefined || vpcId === undefined || vpcId === vpc.value
      ? []
      : [`in another VPC, ${vpcId}, got ${show(id)}; must be in ${vpc.value}`];
  });
}

export async function checkHostedZone(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const { type, zone } = cluster.dns;
  if (type === "none" || zone === undefined) {
    return [];
  }
  const path = "dns.zone";
  const answer = await aws.hostedZone(zoneQuery(cluster, zone), path);
  const given = `got ${show(zone)}`;
  if (answer === "none") {
    const seen =
      type === "private" && cluster.network.vpcId !== undefined ? " that network.vpcId is associated with" : "";
    return [{ path, reason: `no such hosted zone, ${given}; must be a ${type} hosted zone of the account${seen}` }];
  }
  if (answer === "several") {
    return [{ path, reason: `several hosted zones of that name, ${given}; must be the id of one` }];
  }
  const found = foundIn(answer);
  if (found === undefined) {
    return [];
  }
  if (found.isPrivate !== (type === "private")) {
    const kind = found.isPrivate ? "private" : "public";
    return [{ path, reason: `${kind} hosted zone, ${given}; must be ${type}, or dns.type must be ${show(kind)}` }];
  }
  const name = found.name.replace(/\.$/, "");
  if (cluster.name !== name && !cluster.name.endsWith(`.${name}`)) {
    const reason = `hosted zone of another domain, ${name}, ${given}; must be a parent domain of the cluster name`;
    return [{ path, reason }];
  }
  return [];
}

/** As kOps tells a name from an id (kops pkg/model/awsmodel/dns.go:60). */
function zoneQuery({ dns, network }: ResolvedCluster, zone: string): HostedZoneQuery {
  if (!zone.includes(".")) {
    return { id: zone };
  }
  const isPrivate = dns.type === "private";
  const [vpc] = isPrivate ? known(network.vpcId, "network.vpcId") : [];
  return { name: zone, isPrivate, vpcId: vpc?.value };
}
