/** How a rule of a security group becomes a row. */
import type { ResolvedCluster } from "../spec/model";
import { securityGroupName } from "../spec/names";
import type { SecurityGroupRef, SecurityGroupRuleRow } from "./rows";
import { ownedTags } from "./tags";

export interface Traffic {
  readonly ipProtocol: SecurityGroupRuleRow["ipProtocol"];
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
}

export interface Rule {
  readonly key: string;
  readonly direction: "ingress" | "egress";
  readonly securityGroup: SecurityGroupRef;
  readonly peer: SecurityGroupRuleRow["peer"];
  readonly traffic: Traffic;
  /** kOps names some rules by tags and leaves the others without. */
  readonly isTagged: boolean;
}

export const allPorts: Traffic = { ipProtocol: "-1", fromPort: undefined, toPort: undefined };

export function portRange(ipProtocol: "tcp" | "udp", fromPort: number, toPort: number): Traffic {
  return { ipProtocol, fromPort, toPort };
}

/** For ICMP, AWS's port fields hold type and code. */
export function icmp(ipProtocol: "icmp" | "icmpv6", type: number, code: number): Traffic {
  return { ipProtocol, fromPort: type, toPort: code };
}

/** kops v1.36.2 upup/pkg/fi/cloudup/awstasks/securitygrouprule.go:145 */
export function sourcePeer(source: string): SecurityGroupRuleRow["peer"] {
  if (source.startsWith("pl-")) {
    return { prefixListId: source };
  }
  return source.includes(":") ? { cidrIpv6: source } : { cidrIpv4: source };
}

export function ruleMaker(cluster: ResolvedCluster): (rule: Rule) => SecurityGroupRuleRow {
  return (rule) => ({
    key: `rule-${rule.key}`,
    securityGroup: rule.securityGroup,
    peer: rule.peer,
    ...rule.traffic,
    tags: rule.isTagged ? ownedTagsOf(cluster, rule) : undefined,
  });
}

/** kOps gives a rule its group's tags, and then its own name whatever the user's tags say (firewall.go:462). */
function ownedTagsOf(cluster: ResolvedCluster, rule: Rule): Readonly<Record<string, string>> {
  return { ...ownedTags(cluster, ""), Name: ruleName(cluster, rule) };
}

/** kops v1.36.2 pkg/model/awsmodel/firewall.go:474 */
function ruleName(cluster: ResolvedCluster, { direction, securityGroup, peer, traffic }: Rule): string {
  const own = groupName(cluster, securityGroup);
  const other = peerName(cluster, peer);
  const [source, target] = direction === "ingress" ? [other, own] : [own, other];
  const protocol = traffic.ipProtocol === "-1" ? "all" : traffic.ipProtocol;
  const portsPart = `${traffic.fromPort ?? 0}to${traffic.toPort ?? 0}`;
  return `from-${source}-${direction}-${protocol}-${portsPart}-${target}`;
}

function groupName(cluster: ResolvedCluster, ref: SecurityGroupRef): string {
  return ref === "bastionLoadBalancer" ? `bastion-elb.${cluster.name}` : securityGroupName(cluster.name, ref);
}

function peerName(cluster: ResolvedCluster, peer: SecurityGroupRuleRow["peer"]): string {
  if ("securityGroup" in peer) {
    return groupName(cluster, peer.securityGroup);
  }
  if ("cidrIpv4" in peer) {
    return peer.cidrIpv4;
  }
  // A prefix list is not among the names that kOps uses here.
  return "cidrIpv6" in peer ? peer.cidrIpv6 : "0.0.0.0/0";
}
