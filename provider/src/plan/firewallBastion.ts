/** Who reaches the bastion, and what it reaches (kops pkg/model/awsmodel/bastion.go:73). */
import { pmtu } from "../model/aws";
import type { ResolvedCluster } from "../model/cluster";
import { accessRules, between, egressRules, icmp, tcpPort, unique, type Rule } from "./firewallRules";

export function bastionRules(cluster: ResolvedCluster): readonly Rule[] {
  const ssh = tcpPort(cluster.release.ports.ssh);
  const unreachable = icmp("icmp", pmtu.icmpType, pmtu.icmpCode);
  return [
    ...egressRules("bastion", "bastion"),
    between("bastion-to-master-ssh", "bastion", "controlPlane", ssh),
    between("bastion-to-node-ssh", "bastion", "nodes", ssh),
    ...egressRules("bastionLoadBalancer", "bastion-elb"),
    ...sources(cluster).flatMap((source) => accessRules("bastionLoadBalancer", "ssh-nlb", source, ["tcp", ssh])),
    between("ssh-to-bastion", "bastionLoadBalancer", "bastion", ssh),
    between("icmp-to-bastion", "bastionLoadBalancer", "bastion", unreachable),
    between("icmp-from-bastion", "bastion", "bastionLoadBalancer", unreachable),
  ];
}

/** The load balancer's own subnets too, from which it checks the bastion's health (bastion.go:219). */
function sources(cluster: ResolvedCluster): readonly string[] {
  const own = cluster.network.subnets.filter(({ type }) => type !== "Private").map(({ cidr }) => cidr);
  return unique([...own, ...cluster.ssh.access]);
}
