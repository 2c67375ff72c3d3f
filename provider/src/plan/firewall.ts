/**
 * Security groups and their rules, as kOps makes them (kops pkg/model/awsmodel/firewall.go:44,
 * external_access.go:40 and api_loadbalancer.go:458). A rule's `key` is what kOps calls it in its model.
 */
import type { SecurityGroupArgs } from "@pulumi/aws/ec2/securityGroup";
import { pmtu } from "../model/aws";
import type { ResolvedCluster } from "../model/cluster";
import { securityGroupName } from "../model/names";
import { usesVpcAddresses } from "../model/podNetwork";
import { nodePortRange } from "../model/spec/nodePorts";
import { bastionRules } from "./firewallBastion";
import {
  accessRules,
  allPorts,
  between,
  egressRules,
  icmp,
  ipInIp,
  portRange,
  ruleMaker,
  sourceKey,
  sourcePeer,
  tcpPort,
  unique,
  type Rule,
} from "./firewallRules";
import type { SecurityGroupRef } from "./rows";
import { ownedTags } from "../model/tags";

/** With DNS none, workers reach kops-controller through the API's load balancer (kops pkg/apis/kops/cluster.go:989). */
export function usesLoadBalancerForKopsController(cluster: Pick<ResolvedCluster, "dns">): boolean {
  return cluster.dns.type === "none";
}

const descriptions: Readonly<Record<SecurityGroupRef, string>> = {
  controlPlane: "Security group for masters",
  nodes: "Security group for nodes",
  api: "Security group for api ELB",
  bastion: "Security group for bastion",
  bastionLoadBalancer: "Security group for bastion ELB",
};

export function firewallRows(cluster: ResolvedCluster) {
  const rule = ruleMaker(cluster);
  const rules = [
    ...nodeRules(),
    ...controlPlaneRules(),
    ...nodeToControlPlaneRules(cluster),
    ...podToControlPlaneRules(cluster),
    ...sshRules(cluster),
    ...nodePortRules(cluster),
    ...apiRules(cluster),
    ...(usesLoadBalancerForKopsController(cluster) ? kopsControllerRules(cluster) : []),
    ...(cluster.network.bastion === undefined ? [] : bastionRules(cluster)),
  ];
  return {
    securityGroups: [
      securityGroup(cluster, "controlPlane"),
      securityGroup(cluster, "nodes"),
      securityGroup(cluster, "api"),
      ...(cluster.network.bastion === undefined
        ? []
        : [securityGroup(cluster, "bastion"), securityGroup(cluster, "bastionLoadBalancer")]),
    ],
    ingressRules: rules.filter(({ direction }) => direction === "ingress").map(rule),
    egressRules: rules.filter(({ direction }) => direction === "egress").map(rule),
  };
}

const groupKeys = {
  controlPlane: "control-plane",
  nodes: "nodes",
  api: "api",
  bastion: "bastion",
  bastionLoadBalancer: "bastion-load-balancer",
} as const;

function securityGroup(cluster: ResolvedCluster, ref: SecurityGroupRef) {
  const name = securityGroupName(cluster.name, ref);
  return {
    key: `security-group-${groupKeys[ref]}`,
    ref,
    args: { name, description: descriptions[ref], tags: ownedTags(cluster, name) } satisfies SecurityGroupArgs,
  };
}

function nodeRules(): readonly Rule[] {
  return [...egressRules("nodes", "node"), between("all-node-to-node", "nodes", "nodes", allPorts)];
}

function controlPlaneRules(): readonly Rule[] {
  return [
    ...egressRules("controlPlane", "master"),
    between("all-master-to-master", "controlPlane", "controlPlane", allPorts),
    between("all-master-to-node", "controlPlane", "nodes", allPorts),
  ];
}

/** Workers reach every port of the control plane but etcd's (firewall.go:112), and its pods through Calico's tunnels. */
function nodeToControlPlaneRules({ cni, release: { etcd } }: ResolvedCluster): readonly Rule[] {
  const closed = Object.values(etcd.ports).flatMap(({ client, peer }) => [client, peer]);
  const ranges = [["udp", 1, 65535] as const, ...openRanges(closed).map(([from, to]) => ["tcp", from, to] as const)];
  return [
    ...ranges.map(([protocol, from, to]) =>
      between(`node-to-master-${protocol}-${from}-${to}`, "nodes", "controlPlane", portRange(protocol, from, to)),
    ),
    ...(cni === "calico" ? [between("node-to-master-protocol-ipip", "nodes", "controlPlane", ipInIp)] : []),
  ];
}

/** Pods of workers share their security group, and reach pods of the control plane on all ports (firewall.go:224). */
function podToControlPlaneRules(cluster: ResolvedCluster): readonly Rule[] {
  return usesVpcAddresses(cluster) ? [between("all-nodes-to-master", "nodes", "controlPlane", allPorts)] : [];
}

/** The ranges between the closed ports, from 1 to 65535. */
export function openRanges(closedPorts: readonly number[]): readonly (readonly [number, number])[] {
  const edges = [0, ...[...closedPorts].sort((left, right) => left - right), 65536];
  return edges
    .slice(1)
    .map((next, index) => [(edges[index] ?? 0) + 1, next - 1] as const)
    .filter(([from, to]) => from <= to);
}

/** A bastion closes the nodes' own ports to the outside (external_access.go:55). */
function sshRules(cluster: ResolvedCluster): readonly Rule[] {
  if (cluster.network.bastion !== undefined) {
    return [];
  }
  const targets = [
    ["master", "controlPlane"],
    ["node", "nodes"],
  ] as const;
  return unique(cluster.ssh.access).flatMap((source) =>
    targets.map(([role, securityGroup]): Rule => ({
      key: `ssh-external-to-${role}-${sourceKey(source)}`,
      direction: "ingress",
      securityGroup,
      peer: sourcePeer(source),
      traffic: tcpPort(cluster.release.ports.ssh),
      isTagged: true,
    })),
  );
}

/** kops pkg/model/awsmodel/external_access.go:93 */
function nodePortRules(cluster: ResolvedCluster): readonly Rule[] {
  const { first, last } = nodePortRange(cluster);
  return unique(cluster.clusterSpec.nodePortAccess ?? []).flatMap((source) =>
    (["tcp", "udp"] as const).map((protocol): Rule => ({
      key: `nodeport-${protocol}-external-to-node-${sourceKey(source)}`,
      direction: "ingress",
      securityGroup: "nodes",
      peer: sourcePeer(source),
      traffic: portRange(protocol, first, last),
      isTagged: false,
    })),
  );
}

function apiRules(cluster: ResolvedCluster): readonly Rule[] {
  const https = tcpPort(cluster.release.ports.kubeApiServer);
  return [
    ...egressRules("api", "api-elb"),
    ...unique(cluster.api.access).flatMap((source) => accessRules("api", "api-elb", source, ["https", https])),
    between("https-elb-to-master", "api", "controlPlane", https, false),
    between("icmp-pmtu-elb-to-cp", "api", "controlPlane", icmp("icmp", pmtu.icmpType, pmtu.icmpCode), false),
    between("icmp-pmtu-cp-to-elb", "controlPlane", "api", icmp("icmp", pmtu.icmpType, pmtu.icmpCode), false),
  ];
}

function kopsControllerRules(cluster: ResolvedCluster): readonly Rule[] {
  const traffic = tcpPort(cluster.release.ports.kopsController);
  return [
    between("node-to-elb", "nodes", "api", allPorts, false),
    between("kops-controller-elb-to-cp", "api", "controlPlane", traffic, false),
  ];
}
