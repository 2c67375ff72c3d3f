/** How a rule of a security group becomes a row. */
import type { SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc/securityGroupIngressRule";
import { anyIpv4, anyIpv6, pmtu } from "../model/aws";
import type { ResolvedCluster } from "../model/cluster";
import { securityGroupName } from "../model/names";
import type { SecurityGroupRef } from "./rows";
import { ownedTags } from "../model/tags";

export type SecurityGroupRuleRow = ReturnType<ReturnType<typeof ruleMaker>>;

/** What is outside the cluster, or another of its groups. */
type Peer = Address | { readonly securityGroup: SecurityGroupRef };
type Address = { readonly cidrIpv4: string } | { readonly cidrIpv6: string } | { readonly prefixListId: string };

/** `-1` is all protocols, and `4` IP in IP: they have no ports. */
interface Traffic {
  readonly ipProtocol: "-1" | "4" | "tcp" | "udp" | "icmp" | "icmpv6";
  readonly fromPort: number | undefined;
  readonly toPort: number | undefined;
}

export interface Rule {
  readonly key: string;
  readonly direction: "ingress" | "egress";
  readonly securityGroup: SecurityGroupRef;
  readonly peer: Peer;
  readonly traffic: Traffic;
  /** kOps names some rules by tags and leaves the others without. */
  readonly isTagged: boolean;
}

export const allPorts: Traffic = { ipProtocol: "-1", fromPort: undefined, toPort: undefined };

export const ipInIp: Traffic = { ipProtocol: "4", fromPort: undefined, toPort: undefined };

export function portRange(ipProtocol: "tcp" | "udp", fromPort: number, toPort: number): Traffic {
  return { ipProtocol, fromPort, toPort };
}

export function tcpPort(port: number): Traffic {
  return portRange("tcp", port, port);
}

/** For ICMP, AWS's port fields hold type and code. */
export function icmp(ipProtocol: "icmp" | "icmpv6", type: number, code: number): Traffic {
  return { ipProtocol, fromPort: type, toPort: code };
}

/** kops upup/pkg/fi/cloudup/awstasks/securitygrouprule.go:145 */
export function sourcePeer(source: string): Address {
  if (source.startsWith("pl-")) {
    return { prefixListId: source };
  }
  return source.includes(":") ? { cidrIpv6: source } : { cidrIpv4: source };
}

export function egressRules(securityGroup: SecurityGroupRef, role: string): readonly Rule[] {
  const common = { direction: "egress", securityGroup, traffic: allPorts, isTagged: true } as const;
  return [
    { ...common, key: `ipv4-${role}-egress`, peer: { cidrIpv4: anyIpv4 } },
    { ...common, key: `ipv6-${role}-egress`, peer: { cidrIpv6: anyIpv6 } },
  ];
}

/** Traffic between two groups. */
export function between(
  key: string,
  source: SecurityGroupRef,
  target: SecurityGroupRef,
  traffic: Traffic,
  isTagged = true,
): Rule {
  return { key, direction: "ingress", securityGroup: target, peer: { securityGroup: source }, traffic, isTagged };
}

/**
 * Traffic from outside to a load balancer, and what path-MTU discovery needs beside it. A prefix list may hold
 * addresses of both families, so it gets both ICMP rules (api_loadbalancer.go:509, bastion.go:225).
 */
export function accessRules(
  securityGroup: SecurityGroupRef,
  name: string,
  source: string,
  [protocol, traffic]: readonly [string, Traffic],
): readonly Rule[] {
  const peer = sourcePeer(source);
  const key = sourceKey(source);
  const common = { direction: "ingress", securityGroup, peer } as const;
  const rules: Rule[] = [{ ...common, key: `${protocol}-${name}-${key}`, traffic, isTagged: true }];
  if (!("cidrIpv4" in peer)) {
    const unreachable = icmp("icmpv6", pmtu.icmpv6, pmtu.icmpv6);
    rules.push({ ...common, key: `icmpv6-pmtu-${name}-${key}`, traffic: unreachable, isTagged: false });
  }
  if (!("cidrIpv6" in peer)) {
    const unreachable = icmp("icmp", pmtu.icmpType, pmtu.icmpCode);
    rules.push({ ...common, key: `icmp-pmtu-${name}-${key}`, traffic: unreachable, isTagged: false });
  }
  return rules;
}

/** A source as part of a logical name, which should hold neither slash nor colon. */
export function sourceKey(source: string): string {
  return source.replaceAll("/", "-").replaceAll(":", "_");
}

export function unique(sources: readonly string[]): readonly string[] {
  return [...new Set(sources)];
}

/** A rule of another group is the `peer`; the addresses are among the args. */
export function ruleMaker(cluster: ResolvedCluster) {
  return (rule: Rule) => {
    const { peer } = rule;
    const isGroup = "securityGroup" in peer;
    return {
      key: `rule-${rule.key}`,
      securityGroup: rule.securityGroup,
      peer: isGroup ? peer.securityGroup : undefined,
      args: {
        ...(isGroup ? {} : peer),
        ...rule.traffic,
        tags: rule.isTagged ? ownedTagsOf(cluster, rule) : undefined,
      } satisfies Omit<SecurityGroupIngressRuleArgs, "securityGroupId">,
    };
  };
}

/** kOps gives a rule its group's tags, and then its own name whatever the user's tags say (firewall.go:462). */
function ownedTagsOf(cluster: ResolvedCluster, rule: Rule): Readonly<Record<string, string>> {
  return { ...ownedTags(cluster, ""), Name: ruleName(cluster, rule) };
}

/** kops pkg/model/awsmodel/firewall.go:474 */
function ruleName(cluster: ResolvedCluster, { direction, securityGroup, peer, traffic }: Rule): string {
  const own = securityGroupName(cluster.name, securityGroup);
  const other = peerName(cluster, peer);
  const [source, target] = direction === "ingress" ? [other, own] : [own, other];
  const protocol = traffic.ipProtocol === "-1" ? "all" : traffic.ipProtocol;
  const portsPart = `${traffic.fromPort ?? 0}to${traffic.toPort ?? 0}`;
  return `from-${source}-${direction}-${protocol}-${portsPart}-${target}`;
}

function peerName(cluster: ResolvedCluster, peer: Peer): string {
  if ("securityGroup" in peer) {
    return securityGroupName(cluster.name, peer.securityGroup);
  }
  if ("cidrIpv4" in peer) {
    return peer.cidrIpv4;
  }
  // A prefix list is not among the names that kOps uses here.
  return "cidrIpv6" in peer ? peer.cidrIpv6 : "0.0.0.0/0";
}
