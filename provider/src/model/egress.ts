/** What a private subnet may name as its way out, told by its id (kops pkg/model/awsmodel/network.go:441). */

type Egress = string | undefined;

export function isTransitGateway(egress: Egress): egress is string {
  return egress?.startsWith("tgw-") === true;
}

export function isNatGateway(egress: Egress): egress is string {
  return egress?.startsWith("nat-") === true;
}

/** For a NAT gateway that the component makes. */
export function isElasticIp(egress: Egress): egress is string {
  return egress?.startsWith("eipalloc-") === true;
}
