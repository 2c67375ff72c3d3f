/** Effects of changes on the network, names and access to the API. */
import { type ChangeRow, everyChange, everyChangeFromDefault, rollsAll, row } from "../effects";
import { balancerMoved } from "../stops/balancer";
import { balancerReplaced, subnetsMoved, vpcFinding } from "../stops/network";

const newCluster = "create a new cluster beside this one and move the workloads";

export const networkRows: readonly ChangeRow[] = [
  row(
    "network.cidr",
    "needs acknowledgement",
    "AWS cannot change the range of a VPC or a subnet: they are replaced, which fails while instances use them; so is the API load balancer",
    everyChange("network.cidr", "needs acknowledgement", {
      why: `AWS cannot change the range of a VPC or a subnet: they are replaced, which fails while instances use them; ${balancerReplaced}`,
    }),
  ),
  row(
    "network.topology",
    "needs acknowledgement",
    "the subnets of all nodes are replaced or change their route to the internet, and the API load balancer is replaced",
    everyChange("network.topology", "needs acknowledgement", {
      why: `the subnets of all nodes are replaced or change their route to the internet; running nodes lose connections; ${balancerReplaced}`,
    }),
  ),
  row(
    "network.subnets",
    "in place",
    "new subnets are created; another egress changes a route, and open connections break",
    subnetsMoved,
    balancerMoved,
  ),
  row("network.vpcId", "refused", "every subnet, security group and instance is bound to its VPC", {
    effect: "refused",
    find: vpcFinding,
  }),
  row(
    "network.additionalCidrs",
    "in place",
    "a VPC of the component gets or loses the ranges; nodes do not depend on them",
  ),
  row("network.nonMasqueradeCidr", rollsAll, "it is in the configuration that nodes boot with"),
  row(
    "network.podCidr",
    "refused",
    "nodes and pods keep the addresses that they have",
    everyChangeFromDefault("network.podCidr", "refused", {
      why: "each node has its part of the range for as long as it runs, and the others route pods by it",
      instead: newCluster,
    }),
  ),
  row(
    "network.serviceCidr",
    "refused",
    "services keep the addresses that they have",
    everyChangeFromDefault("network.serviceCidr", "refused", {
      why: "services keep their addresses, and the API server refuses those outside the range, its own and the DNS service's among them",
      instead: newCluster,
    }),
  ),
  row(
    "network.clusterDomain",
    "needs acknowledgement",
    "names of services change at once, while running pods keep the old domain until they are replaced",
    everyChangeFromDefault("network.clusterDomain", "needs acknowledgement", {
      why: "names of services in the old domain no longer resolve, and running pods look names up in it until they are replaced",
    }),
  ),
  row("network.natGateways", "in place", "private subnets get another route out; open connections break"),
  row("network.bastion.instanceType", "in place", "the next bastion has it; a running one stays until it is replaced"),
  row("network.bastion.image", "in place", "the next bastion has it; a running one stays until it is replaced"),
  row(
    "dns.type",
    "needs acknowledgement",
    "nodes and kubeconfigs find the API by another name",
    everyChange("dns.type", "needs acknowledgement", {
      why: "nodes and kubeconfigs find the API by another name, and running nodes keep the old one until they are replaced",
    }),
  ),
  row("dns.zone", "rolls the control plane", "the records move to the other hosted zone"),
  row("api.access", "in place", "security group rules are created and deleted"),
  row(
    "api.loadBalancer",
    "needs acknowledgement",
    "the load balancer is replaced",
    everyChange("api.loadBalancer", "needs acknowledgement", {
      why: "the load balancer is replaced, and with it the API's address, which nodes and kubeconfigs hold",
    }),
  ),
  row("api.endpoint", "in place", "the kubeconfig and Pulumi's own connection to the cluster have the other address"),
];
