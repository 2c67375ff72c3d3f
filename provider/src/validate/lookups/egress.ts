/** The ways out of private subnets that the user has: a transit gateway, a NAT gateway, the elastic IP of a new one. */
import type { ResolvedCluster } from "../../model/cluster";
import { isElasticIp, isNatGateway, isTransitGateway } from "../../model/egress";
import { show } from "../report/display";
import { at } from "../report/report";
import { foundIn, type AwsQueries } from "./aws";
import { eachValue, known, type LookupProblem } from "./entries";

/** A route to a NAT gateway in another state is a black hole (Amazon VPC User Guide, "NAT gateway basics"). */
const natGatewayStates = ["pending", "available"];

export function checkEgress(cluster: ResolvedCluster, aws: AwsQueries): Promise<readonly LookupProblem[]> {
  const entries = cluster.network.subnets.flatMap(({ egress }, index) =>
    known(egress, `${at("network.subnets", index)}.egress`),
  );
  return eachValue(entries, async (id, input) => {
    const reason = await reasonOf(cluster, aws, { id, input });
    return reason === undefined ? [] : [reason];
  });
}

interface Egress {
  readonly id: string;
  readonly input: string;
}

async function reasonOf(cluster: ResolvedCluster, aws: AwsQueries, egress: Egress): Promise<string | undefined> {
  const { id, input } = egress;
  if (isNatGateway(id)) return wrongNatGateway(cluster, aws, egress);
  if (isElasticIp(id)) return wrongElasticIp(cluster, aws, egress);
  if (!isTransitGateway(id) || (await aws.transitGateway(id, input)) !== "none") return undefined;
  return `no such transit gateway in ${cluster.region}, got ${show(id)}; must be one that the account has or shares`;
}

async function wrongNatGateway({ network, region }: ResolvedCluster, aws: AwsQueries, { id, input }: Egress) {
  const answer = await aws.natGateway(id, input);
  const given = `got ${show(id)}`;
  if (answer === "none") return `no such NAT gateway in ${region}, ${given}; must be one of network.vpcId`;
  const found = foundIn(answer);
  if (found === undefined) return undefined;
  const [vpc] = known(network.vpcId, "network.vpcId");
  if (vpc !== undefined && found.vpcId !== vpc.value) {
    return `in another VPC, ${found.vpcId}, ${given}; must be in ${vpc.value}`;
  }
  return natGatewayStates.includes(found.state)
    ? undefined
    : `NAT gateway in state ${show(found.state)}, ${given}; must be available`;
}

/** A cluster that is up has given the address to a NAT gateway of its own. */
async function wrongElasticIp(cluster: ResolvedCluster, aws: AwsQueries, { id, input }: Egress) {
  const answer = await aws.elasticIp(id, input);
  const given = `got ${show(id)}`;
  if (answer === "none") {
    return `no such elastic IP in ${cluster.region}, ${given}; must be the allocation id of one of the account`;
  }
  if (foundIn(answer)?.associated !== true) return undefined;
  const ids = foundIn(await aws.natGatewaysOf(cluster.name, input));
  if (ids === undefined) return undefined;
  const own = await Promise.all(ids.map((each) => aws.natGateway(each, input)));
  // Nothing is refused on a guess.
  if (own.some((each) => each === "unanswered" || foundIn(each)?.allocationId === id)) return undefined;
  return `elastic IP that is associated already, ${given}; must be free, since a NAT gateway of the cluster takes it`;
}
