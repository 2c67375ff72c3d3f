import { paginateDescribeSecurityGroupRules, type SecurityGroupRule } from "@aws-sdk/client-ec2";
import type { Inputs } from "../registrations";
import { all, count, ofNothing, oncePer, only, text, type Finder, type Finders, type Place } from "./found";

/** Rules of security groups, by what they allow: kOps does not tag all of them, and their order says nothing. */
export function ruleFinders({ aws: { ec2 } }: Place): Finders {
  const rules = oncePer((group) => {
    const Filters = [{ Name: "group-id", Values: [group] }];
    return all(paginateDescribeSecurityGroupRules({ client: ec2 }, { Filters }), (page) => page.SecurityGroupRules);
  });

  const rule =
    (isEgress: boolean): Finder =>
    async (inputs) => {
      const group = text(inputs, "securityGroupId");
      const peer = peerOf(inputs);
      if (group === undefined || peer === undefined) return ofNothing;
      const found = (await rules(group)).filter(
        (each) => each.IsEgress === isEgress && samePeer(each, peer) && sameTraffic(each, inputs),
      );
      const what = `rule of ${group}, ${trafficText(inputs)} ${isEgress ? "to" : "from"} ${peer}`;
      return only(found, what, ({ SecurityGroupRuleId = "" }) => ({ id: SecurityGroupRuleId }));
    };

  return {
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule(false),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule(true),
  };
}

const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"] as const;

function peerOf(inputs: Inputs): string | undefined {
  return peers.map((name) => text(inputs, name)).find((peer) => peer !== undefined);
}

function samePeer(rule: SecurityGroupRule, peer: string): boolean {
  return [rule.CidrIpv4, rule.CidrIpv6, rule.PrefixListId, rule.ReferencedGroupInfo?.GroupId].includes(peer);
}

/** By numbers, which AWS accepts in the place of the names that it answers with. */
const protocolNames: Readonly<Record<string, string>> = { "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6" };

function protocolOf(name: string): string {
  return protocolNames[name] ?? name.toLowerCase();
}

/** -1 stands for all ports. */
const allPorts = -1;

function sameTraffic(rule: SecurityGroupRule, inputs: Inputs): boolean {
  return (
    protocolOf(rule.IpProtocol ?? "") === protocolOf(text(inputs, "ipProtocol") ?? "") &&
    (rule.FromPort ?? allPorts) === (count(inputs, "fromPort") ?? allPorts) &&
    (rule.ToPort ?? allPorts) === (count(inputs, "toPort") ?? allPorts)
  );
}

function trafficText(inputs: Inputs): string {
  const ports = [count(inputs, "fromPort"), count(inputs, "toPort")].filter((port) => port !== undefined);
  return [text(inputs, "ipProtocol"), ...(ports.length === 0 ? [] : [ports.join("-")])].join(" ");
}
